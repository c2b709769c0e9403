"""The faults in force in a world: asks each, in the order of the plan, what is to happen to a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard, cast

import msgspec

from ..simulators.interference import AnswerEffect, Message, OnTheWire, RequestEffect, Sendings
from ..simulators.world import World
from .address import Address
from .fault import Fault

if TYPE_CHECKING:  # a world in which nothing stands in between needs none of it
    from .wire.proxied import Ahead
    from .wire.proxy_effect import AnyEffect
    from .wire.strike import Strike
    from .wire.wire import Wire
    from .wire_fault import WireFault


@dataclass(slots=True)
class ArmedFault:
    """A fault of a scenario, armed. `fired` counts the messages that it struck; `begun` says that it was called upon,
    which on the wire may be earlier.
    """

    scenario: str
    id: str
    fault: Fault
    address: Address | None = field(init=False)
    fired: int = 0
    begun: bool = False

    def __post_init__(self) -> None:
        self.address = self.fault.address()

    def description(self) -> str:
        """Where and how it strikes: its parameters that differ from the usual."""
        values = [(field, getattr(self.fault, field.name)) for field in msgspec.structs.fields(self.fault)]
        return ", ".join(f"{field.name}={value}" for field, value in values if value != field.default)

    def count(self) -> None:
        """It has struck once more."""
        self.fired += 1


@dataclass(slots=True)
class Faults:
    """Implements the simulators' `Interference`, and decides for the proxy. `order_name` gives (scenario, order name)
    behind a CRM order id, `subject_name` the same behind what a message is about that names no order: a customer, an
    item, a count. Without a `wire` nothing stands between the layer and the parties.
    """

    world: World
    order_name: Callable[[str], tuple[str, str] | None]
    subject_name: Callable[[str], tuple[str, str] | None] = lambda _subject: None
    wire: Wire | None = None
    armed: list[ArmedFault] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.wire is not None:
            self.wire.proxied.decider = self

    def arm(self, fault: ArmedFault) -> None:
        """Raises: ValueError when it strikes on the wire, or the broker, and there is none."""
        if fault.fault.on_the_wire and self.wire is None:
            raise ValueError(
                f"{fault.id} strikes between the layer and the parties, where nothing stands in this world: "
                "use it in a scenario, with `crossdock run`"
            )
        if fault.fault.on_broker and "queue" not in self.world.outbox.transports:
            raise ValueError(f"{fault.id} strikes the broker, and this world has none")
        self.armed.append(fault)

    def heal(self, scenario: str) -> None:
        """End the faults of a scenario."""
        for armed in self.armed:
            if armed.scenario == scenario:
                armed.fault.end(self.world)
                if self.wire is not None and _on_the_wire(armed.fault):
                    armed.fault.cease(self.wire)

    @property
    def lasting(self) -> bool:
        """Whether something on the wire lasts that will end by itself."""
        return self.wire is not None and self.wire.busy

    def before(self, message: Message) -> RequestEffect | None:
        if self.wire is not None and (ahead := self.wire.ahead(message)):
            message.marks.append(ahead)
        for armed in self._meant(message):
            message.marks.append(armed)
            if _on_the_wire(armed.fault):
                effect = armed.fault.asked(*self._called_upon(armed, message))
            elif effect := armed.fault.request(self.world, message):
                armed.count()
            if effect is not None:
                return effect
        return None

    def committed(self, message: Message, status: int) -> AnswerEffect | None:
        for mark in message.marks:
            effect: AnswerEffect | None = None
            if isinstance(mark, ArmedFault):
                effect = self._answered(mark, message, status)
            elif status < 400:
                ahead = cast("Ahead", mark)
                effect = OnTheWire(ahead.strike.fault) if ahead.effect.at == "answer" else None
            if effect is not None:
                return effect
        return None

    def deliver(self, message: Message) -> Sendings | None:
        for armed in self._meant(message):
            if _on_the_wire(armed.fault):
                wire, _, strike = self._called_upon(armed, message)
                sendings = armed.fault.announced(wire, message, strike)
            else:
                armed.count()
                sendings = armed.fault.event(self.world, message)
            if sendings is not None:
                return sendings
        return None

    def passing(self, message: Message) -> tuple[AnyEffect, Strike] | None:
        """What the proxy is to do with a request that has come to it, and what it tells when that is done."""
        for armed in self._meant(message, proxied=True):
            assert _on_the_wire(armed.fault)
            if effect := armed.fault.passing():
                return effect, self._called_upon(armed, message)[2]
        return None

    def _answered(self, armed: ArmedFault, message: Message, status: int) -> AnswerEffect | None:
        if _on_the_wire(armed.fault):
            wire, _, strike = self._called_upon(armed, message)
            return armed.fault.answered(wire, message, status, strike)
        effect = armed.fault.committed(self.world, message, status)
        if effect is not None:
            armed.count()
        return effect

    def _called_upon(self, armed: ArmedFault, message: Message) -> tuple[Wire, Message, Strike]:
        from .wire.strike import Strike

        assert self.wire is not None
        armed.begun = True
        party: str = getattr(armed.fault, "party", "") or message.party
        return self.wire, message, Strike(self.world.journal, armed.id, party, message, armed.count)

    def _meant(self, message: Message, *, proxied: bool = False) -> list[ArmedFault]:
        """The armed faults that strike this message: those of the proxy, or all others."""
        if not self.armed:
            return []
        named = self.order_name(message.order_id)
        if named is None and not message.order_id:
            named = next((found for key in message.about if (found := self.subject_name(key)) is not None), None)
        if named is None:
            return []
        scenario, order = named
        return [
            armed
            for armed in self.armed
            if armed.scenario == scenario
            and _in_the_proxy(armed.fault) == proxied
            and armed.fault.order in ("", order)
            and armed.address is not None
            and not (armed.fault.once and (armed.fired or armed.begun))
            and armed.address.strikes(message)
        ]


def _on_the_wire(fault: Fault) -> TypeGuard[WireFault]:
    return fault.on_the_wire


def _in_the_proxy(fault: Fault) -> bool:
    return _on_the_wire(fault) and fault.place == "proxy"

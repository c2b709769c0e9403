"""The faults in force in a world: asks each, in the order of the plan, what is to happen to a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeGuard, cast

import msgspec

from ..simulators.interference import AnswerEffect, Message, OnTheWire, RequestEffect, Sendings
from ..simulators.world import World
from .address import Address, Addressed
from .fault import Fault
from .layer import Layer, NoLayer
from .layer_fault import LayerFault
from .layer_watch import LayerWatch

if TYPE_CHECKING:  # a world in which nothing stands in between needs none of it
    from .wire.proxied import Ahead
    from .wire.proxy_effect import AnyEffect
    from .wire.strike import Strike
    from .wire.wire import Wire
    from .wire_fault import WireFault


@dataclass(slots=True)
class ArmedFault:
    """A fault of a scenario, armed. `fired` counts the messages that it struck; `begun` says that it was called upon,
    which on the wire may be earlier; `struck_at` is when an event first began it, in wire seconds, None before and once
    it is healed; `over` once the scenario has healed.
    """

    scenario: str
    id: str
    fault: Fault
    address: Address | None = field(init=False)
    fired: int = 0
    over: bool = False
    begun: bool = False
    struck_at: float | None = None

    def __post_init__(self) -> None:
        self.address = self.fault.address()

    def description(self) -> str:
        """Where and how it strikes: its parameters that differ from the usual."""
        values = [(field, getattr(self.fault, field.name)) for field in msgspec.structs.fields(self.fault)]
        return ", ".join(f"{field.name}={value}" for field, value in values if value != field.default)

    def count(self) -> None:
        """It has struck once more."""
        self.fired += 1

    def spare(self, message: Message) -> None:
        """There was nothing to strike in it: it does not count as the occurrence that is meant."""
        self.begun = False
        if self.address is not None:
            self.address.take_back(message)


@dataclass(slots=True)
class Faults:
    """Implements the simulators' `Interference`, and decides for the proxy. `order_name` gives (scenario, order name)
    behind a CRM order id, `subject_name` the same behind what a message is about that names no order: a customer, an
    item, a count. Without a `wire` nothing stands between the layer and the parties. `layer_watch` is to be fed with
    the journal, for the faults that end the process of `layer`.
    """

    world: World
    order_name: Callable[[str], tuple[str, str] | None]
    subject_name: Callable[[str], tuple[str, str] | None] = lambda _subject: None
    wire: Wire | None = None
    layer: Layer = field(default_factory=NoLayer)
    armed: list[ArmedFault] = field(default_factory=list)
    layer_watch: LayerWatch = field(init=False)
    _of_scenario: dict[str, list[ArmedFault]] = field(default_factory=dict)
    _struck: list[ArmedFault] = field(default_factory=list)  # those with `struck_at`

    def __post_init__(self) -> None:
        self.layer_watch = LayerWatch(self.world, self.layer)
        if self.wire is not None:
            self.wire.proxied.decider = self

    def arm(self, fault: ArmedFault) -> None:
        """Raises: ValueError when what it strikes is not there: the wire, the broker, or the layer that it needs."""
        if fault.fault.on_the_wire and self.wire is None:
            raise ValueError(
                f"{fault.id} strikes between the layer and the parties, where nothing stands in this world: "
                "use it in a scenario, with `crossdock run`"
            )
        if fault.fault.needs - self.layer.offers:
            raise ValueError(
                f"{fault.id} needs a layer that a run has started: use it in a scenario, with `crossdock run`"
            )
        if fault.fault.on_broker and "queue" not in self.world.outbox.transports:
            raise ValueError(f"{fault.id} strikes the broker, and this world has none")
        self.armed.append(fault)
        self._of_scenario.setdefault(fault.scenario, []).append(fault)

    def heal(self, scenario: str) -> None:
        """End the faults of a scenario."""
        for armed in self._of_scenario.get(scenario, ()):
            armed.over = True
            armed.fault.end(self.world)
            armed.struck_at = None
            if self.wire is not None and _on_the_wire(armed.fault):
                armed.fault.cease(self.wire)
        self._struck = [armed for armed in self._struck if armed.struck_at is not None]
        self.layer_watch.heal(scenario)

    @property
    def lasting(self) -> bool:
        """Whether something on the wire lasts that will end by itself."""
        return self.wire is not None and self.wire.busy

    def before(self, message: Message) -> RequestEffect | None:
        if self.wire is not None and (ahead := self.wire.ahead(message)):
            message.marks.append(ahead)
        for armed in () if message.in_vain else self._meant(message):
            self.layer_watch.begin(armed, message)
            if _on_the_wire(armed.fault):
                effect = armed.fault.asked(*self._called_upon(armed, message))
            elif effect := armed.fault.request(self.world, message):
                armed.count()
            if effect is not None:
                return effect
            message.marks.append(armed)
        return self._everywhere(message) or self.layer_watch.hold(message)

    def _everywhere(self, message: Message) -> RequestEffect | None:
        now = self.world.clock.wire()
        for armed in self._struck:
            if armed.struck_at is not None and (effect := armed.fault.everywhere(message, now - armed.struck_at)):
                return effect
        return None

    def committed(self, message: Message, status: int) -> AnswerEffect | None:
        for mark in message.marks:
            effect: AnswerEffect | None = None
            if isinstance(mark, ArmedFault):
                effect = self._answered(mark, message, status)
                if effect is None and status >= 400:
                    mark.spare(message)
            elif status < 400:
                ahead = cast("Ahead", mark)
                effect = OnTheWire(ahead.strike.fault) if ahead.effect.at == "answer" else None
            if effect is not None:
                return effect
        return None

    def deliver(self, message: Message) -> Sendings | None:
        for armed in self._meant(message):
            if armed.fault.by_webhook and message.channel != "webhook":
                continue
            if _on_the_wire(armed.fault):
                wire, _, strike = self._called_upon(armed, message)
                sendings = armed.fault.announced(wire, message, strike)
            elif isinstance(armed.fault, LayerFault):
                self.layer_watch.begin(armed, message)
                continue
            else:
                armed.count()
                if armed.struck_at is None:
                    armed.struck_at = self.world.clock.wire()
                    self._struck.append(armed)
                sendings = armed.fault.event(self.world, message)
            if sendings is not None:
                return sendings
        return None

    def meant(self, message: Addressed) -> list[ArmedFault]:
        """The faults that a message is meant by that travels in another way. Counts it, so ask once per message."""
        return self._meant(message)

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
        if effect is not None and not isinstance(armed.fault, LayerFault):  # that one has struck with the commit
            armed.count()
        return effect

    def _called_upon(self, armed: ArmedFault, message: Message) -> tuple[Wire, Message, Strike]:
        from .wire.strike import Strike

        assert self.wire is not None
        armed.begun = True
        party: str = getattr(armed.fault, "party", "") or message.party
        return (
            self.wire,
            message,
            Strike(self.world.journal, armed.id, party, message, armed.count, partial(armed.spare, message)),
        )

    def _meant(self, message: Addressed, *, proxied: bool = False) -> list[ArmedFault]:
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
            for armed in self._of_scenario.get(scenario, ())
            if _in_the_proxy(armed.fault) == proxied
            and armed.fault.order in ("", order)
            and armed.address is not None
            and not (armed.fault.once and (armed.fired or armed.begun))
            and armed.address.strikes(message)
        ]


def _on_the_wire(fault: Fault) -> TypeGuard[WireFault]:
    return fault.on_the_wire


def _in_the_proxy(fault: Fault) -> bool:
    return _on_the_wire(fault) and fault.place == "proxy"

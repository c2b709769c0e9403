"""The faults in force in a world: asks each, in the order of the plan, what is to happen to a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from ..simulators.interference import Message, RequestEffect, Sendings
from ..simulators.world import World
from .address import Address
from .fault import Fault
from .layer import Layer, NoLayer
from .layer_fault import LayerFault
from .layer_watch import LayerWatch


@dataclass(slots=True)
class ArmedFault:
    """A fault of a scenario, armed. `fired` counts the messages that it struck; `struck_at` is when an event first
    began it, in wire seconds, None before and once it is healed.
    """

    scenario: str
    id: str
    fault: Fault
    address: Address | None = field(init=False)
    fired: int = 0
    struck_at: float | None = None

    def __post_init__(self) -> None:
        self.address = self.fault.address()

    def description(self) -> str:
        """Where and how it strikes: its parameters that differ from the usual."""
        values = [(field, getattr(self.fault, field.name)) for field in msgspec.structs.fields(self.fault)]
        return ", ".join(f"{field.name}={value}" for field, value in values if value != field.default)


@dataclass(slots=True)
class Faults:
    """Implements the simulators' `Interference`. `order_name` gives (scenario, order name) behind a CRM order id,
    `subject_name` the same behind what a message is about that names no order: a customer, an item, a count.
    `layer_watch` is to be fed with the journal, for the faults that end the layer's process.
    """

    world: World
    order_name: Callable[[str], tuple[str, str] | None]
    subject_name: Callable[[str], tuple[str, str] | None] = lambda _subject: None
    layer: Layer = field(default_factory=NoLayer)
    armed: list[ArmedFault] = field(default_factory=list)
    layer_watch: LayerWatch = field(init=False)

    def __post_init__(self) -> None:
        self.layer_watch = LayerWatch(self.world, self.layer)

    def arm(self, fault: ArmedFault) -> None:
        self.armed.append(fault)

    def heal(self, scenario: str) -> None:
        """End the faults of a scenario."""
        for armed in self.armed:
            if armed.scenario == scenario:
                armed.fault.end(self.world)
                armed.struck_at = None
        self.layer_watch.heal(scenario)

    def before(self, message: Message) -> RequestEffect | None:
        for armed in self._meant(message):
            message.marks.append(armed)
            self.layer_watch.begin(armed, message)
            effect = armed.fault.request(self.world, message)
            if effect is not None:
                armed.fired += 1
                return effect
        return self._everywhere(message) or self.layer_watch.hold(message)

    def _everywhere(self, message: Message) -> RequestEffect | None:
        now = self.world.clock.wire()
        lasting = (armed for armed in self.armed if armed.fault.exclusive and armed.struck_at is not None)
        for armed in lasting:
            effect = armed.fault.everywhere(message, now - (armed.struck_at or 0.0))
            if effect is not None:
                return effect
        return None

    def committed(self, message: Message, status: int) -> RequestEffect | None:
        for armed in message.marks:
            assert isinstance(armed, ArmedFault)
            effect = armed.fault.committed(self.world, message, status)
            if effect is not None:
                armed.fired += not isinstance(armed.fault, LayerFault)  # that one has struck with the commit
                return effect
        return None

    def deliver(self, message: Message) -> Sendings | None:
        for armed in self._meant(message):
            if isinstance(armed.fault, LayerFault):
                self.layer_watch.begin(armed, message)
                continue
            armed.fired += 1
            if armed.struck_at is None:
                armed.struck_at = self.world.clock.wire()
            sendings = armed.fault.event(self.world, message)
            if sendings is not None:
                return sendings
        return None

    def _meant(self, message: Message) -> list[ArmedFault]:
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
            and armed.fault.order in ("", order)
            and armed.address is not None
            and not (armed.fault.once and armed.fired)
            and armed.address.strikes(message)
        ]

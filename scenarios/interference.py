"""The faults in force in a world: asks each, in the order of the plan, what is to happen to a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from ..simulators.interference import Message, RequestEffect, Sendings
from ..simulators.world import World
from .address import Address
from .fault import Fault


@dataclass(slots=True)
class ArmedFault:
    """A fault of a scenario, armed. `fired` counts the messages that it struck."""

    scenario: str
    id: str
    fault: Fault
    address: Address | None = field(init=False)
    fired: int = 0

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
    """

    world: World
    order_name: Callable[[str], tuple[str, str] | None]
    subject_name: Callable[[str], tuple[str, str] | None] = lambda _subject: None
    armed: list[ArmedFault] = field(default_factory=list)

    def arm(self, fault: ArmedFault) -> None:
        self.armed.append(fault)

    def heal(self, scenario: str) -> None:
        """End the faults of a scenario."""
        for armed in self.armed:
            if armed.scenario == scenario:
                armed.fault.end(self.world)

    def before(self, message: Message) -> RequestEffect | None:
        for armed in self._meant(message):
            message.marks.append(armed)
            effect = armed.fault.request(self.world, message)
            if effect is not None:
                armed.fired += 1
                return effect
        return None

    def committed(self, message: Message, status: int) -> RequestEffect | None:
        for armed in message.marks:
            assert isinstance(armed, ArmedFault)
            effect = armed.fault.committed(self.world, message, status)
            if effect is not None:
                armed.fired += 1
                return effect
        return None

    def deliver(self, message: Message) -> Sendings | None:
        for armed in self._meant(message):
            armed.fired += 1
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

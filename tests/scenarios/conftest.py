"""A world in which a fault is armed, and messages that may be struck."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from crossdock.scenarios.interference import ArmedFault, Faults
from crossdock.scenarios.scenario import fault_of
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.interference import AnswerEffect, Message, Sendings
from crossdock.simulators.world import World

SCENARIO = "some-scenario"
# CRM order → the scenario and the order's name in it.
ORDERS = {"CO-A": (SCENARIO, "A"), "CO-A2": (SCENARIO, "A"), "CO-B": (SCENARIO, "B"), "CO-X": ("another-scenario", "A")}


@dataclass
class Wire:
    """What goes over it; each call says what became of the message."""

    clock: ManualClock = field(default_factory=ManualClock)
    world: World = field(init=False)
    faults: Faults = field(init=False)

    def __post_init__(self) -> None:
        self.world = World("test", self.clock, Ids("T", 1))
        self.faults = Faults(self.world, ORDERS.get)
        self.world.set_interference(self.faults)

    def arm(self, name: str, **parameters: object) -> ArmedFault:
        armed = ArmedFault(SCENARIO, name, fault_of({"fault": name, **parameters}))
        self.faults.arm(armed)
        return armed

    def request(self, party: str, operation: str, order_id: str = "CO-A", *, status: int = 201) -> AnswerEffect | None:
        """A request that is carried out with this outcome, unless something happens before."""
        message = Message("request", party, operation, order_id)
        effect = self.faults.before(message)
        return effect if effect is not None else self.faults.committed(message, status)

    def event(self, party: str, event_type: str, order_id: str = "CO-A") -> Sendings | None:
        return self.faults.deliver(Message("event", party, event_type, order_id))

    def reply(self, party: str, operation: str, order_id: str = "CO-A") -> Sendings | None:
        return self.faults.deliver(Message("reply", party, operation, order_id))

    def others(self, name: str, party: str, operation: str) -> Iterator[AnswerEffect | None]:
        """Requests that are like the one meant in all but one thing."""
        self.arm(name, party=party, operation=operation, order="A")
        other = "west" if party != "west" else "east"
        yield self.request(other, operation)
        yield self.request(party, f"{operation}s")
        yield self.request(party, operation, "CO-B")
        yield self.request(party, operation, "CO-X")
        yield self.request(party, operation, "CO-UNKNOWN")
        yield self.request(party, operation, "")


@pytest.fixture
def wire() -> Wire:
    return Wire()

"""A world with something in front of its parties that does nothing and keeps what it is told to do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, cast

from crossdock.scenarios.interference import Faults
from crossdock.scenarios.wire.line import Line
from crossdock.scenarios.wire.proxy_effect import AnyEffect
from crossdock.scenarios.wire.relay import Relay
from crossdock.scenarios.wire.rule import Aim, Rule, Way
from crossdock.scenarios.wire.wire import Wire as Between
from crossdock.simulators.interference import Message
from crossdock.simulators.journal import Entry
from crossdock.tests.scenarios.conftest import ORDERS, Wire


@dataclass
class Laid:
    """A rule that was laid on a connection; call `struck` for it to strike."""

    rule: Rule
    way: Way
    struck: Callable[[], None]
    one_answer: bool


@dataclass
class IdleLine:
    """A connection."""

    laid: list[Laid] = field(default_factory=list)
    resets: int = 0

    def follow(
        self, rule: Rule, way: Way, struck: Callable[[], None] = lambda: None, *, one_answer: bool = False
    ) -> None:
        self.laid.append(Laid(rule, way, struck, one_answer))

    def reset(self) -> None:
        self.resets += 1


@dataclass
class IdleRelay:
    """A relay with one connection. `done` is what it was told, in order; `armed` the aims in force."""

    the_line: IdleLine = field(default_factory=IdleLine)
    done: list[str] = field(default_factory=list)
    armed: dict[Aim, Callable[[Any], None]] = field(default_factory=dict)

    @property
    def lines(self) -> list[IdleLine]:
        return [self.the_line]

    def line(self, port: int) -> IdleLine:
        return self.the_line

    def arm(self, aim: Aim, struck: Callable[[Any], None]) -> Aim:
        self.armed[aim] = struck
        return aim

    def disarm(self, aim: Aim) -> None:
        del self.armed[aim]

    def refuse(self) -> None:
        self.done.append("refuse")

    def deafen(self) -> None:
        self.done.append("deafen")

    def accept(self) -> None:
        self.done.append("accept")

    def reset_all(self) -> None:
        self.done.append("reset all")


@dataclass
class Struck(Wire):
    """What goes over it, with something in between."""

    entries: list[Entry] = field(default_factory=list)
    relay: IdleRelay = field(default_factory=IdleRelay)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.between = Between(self.world, {}, Path(), Random(1))
        self.between.relays = dict.fromkeys(self.world.parties, cast("Relay", self.relay))
        self.faults = Faults(self.world, ORDERS.get, wire=self.between)
        self.world.set_interference(self.faults)
        self.world.journal.subscribe(self.entries.append)

    @property
    def line(self) -> IdleLine:
        return self.relay.the_line

    def in_the_proxy(self, party: str, operation: str, order_id: str = "CO-A") -> AnyEffect | None:
        """What the proxy is to do with a request; it does it at once."""
        found = self.faults.passing(Message("request", party, operation, order_id))
        if found is None:
            return None
        effect, strike = found
        strike(place="proxy")
        return effect

    def others_in_the_proxy(self, name: str, party: str, operation: str) -> list[AnyEffect | None]:
        """Requests in the proxy that are like the one meant in all but one thing."""
        self.arm(name, party=party, operation=operation, order="A")
        other = "west" if party != "west" else "east"
        asked = [(other, operation, "CO-A"), (party, f"{operation}s", "CO-A"), (party, "", "CO-A")]
        asked += [(party, operation, order_id) for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", "")]
        return [self.in_the_proxy(*each) for each in asked]

    def begun_by_others(self, name: str, party: str, event_type: str, **parameters: object) -> bool:
        """Whether an event that is like the one meant in all but one thing begins a line fault."""
        self.arm(name, party=party, begins_with=event_type, order="A", **parameters)
        self.event("erp", f"{event_type}s")
        for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", ""):
            self.event("erp", event_type, order_id)
        return self.between.busy or bool(self.relay.done or self.relay.armed or self.line.laid)

    def told(self) -> list[tuple[str, str, str, dict[str, Any]]]:
        """(fault, party, order, detail) of every entry about a fault."""
        return [(entry.name, entry.party, entry.order_id, entry.detail) for entry in self.entries]

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))


def as_line(line: IdleLine) -> Line:
    """For where a real one is asked for."""
    return cast("Line", line)

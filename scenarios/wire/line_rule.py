"""A rule laid on every connection to a party, those that are open and those that are still to come."""

from __future__ import annotations

from collections.abc import Callable, Collection

from .line import Line
from .relay import Armed, Relay
from .rule import Aim, Rule, Way
from .strike import Strike


def lay_on_all(relay: Relay, rule: Rule, ways: Collection[Way], strike: Strike) -> Callable[[], None]:
    """Lay it, and return what lifts it again. Each connection on which it does something is a strike."""
    effect = type(rule).__name__.lower()

    def arm(way: Way) -> Armed:
        def struck(_line: Line) -> None:
            strike(order_known=False, place="relay", effect=effect, way=way)

        return relay.arm(Aim(rule, way, open_ones=True), struck)

    armed = [arm(way) for way in ways]

    def lift() -> None:
        for each in armed:
            relay.disarm(each)

    return lift

"""stale-connection: connections that were kept open are dead, and nobody has said so."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from ..fault import faults
from ..wire.rule import Cut, Rule, Silence
from ..wire.strike import Strike
from ..wire.wire import Wire
from ..wire_fault import LineFault


@faults.register("stale-connection")
class StaleConnection(LineFault):
    """With the addressed event every connection to the party that is open at that moment dies. What the layer says over
    it is `swallowed`, or answered with a reset (`reset`). New connections are as good as ever.

    So do firewalls with connections that lie idle. A layer must try again over a new connection (E3), and may not take
    its first request for not sent (E1).
    """

    unreachable: ClassVar[bool] = False

    how: Literal["swallowed", "reset"] = "swallowed"

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        rule: Rule = Silence() if self.how == "swallowed" else Cut()
        relay = wire.relays[self.party]
        dead = relay.lines
        for line in dead:
            line.follow(Silence(), "down")
            line.follow(rule, "up", lambda: strike(order_known=False, place="relay", effect=self.how))

        def bury() -> None:
            for line in dead:
                line.reset()

        return bury

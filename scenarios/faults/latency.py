"""latency: everything to and from a party takes longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from ..fault import faults
from ..wire.line_rule import lay_on_all
from ..wire.rule import Pace
from ..wire.strike import Strike
from ..wire.wire import Wire
from ..wire_fault import LineFault


@faults.register("latency")
class Latency(LineFault):
    """From the addressed event on, for `for_s` seconds, all that goes to and comes from the party is `by_s` seconds
    late, and up to `jitter_s` more, either way.

    A layer must do with it: wait for an answer no shorter than its partners may take, have several calls under way
    where one after the other would pile up (L1), and not take slow for broken (R2).
    """

    unreachable: ClassVar[bool] = False

    by_s: float = 0.2
    jitter_s: float = 0.1

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        pace = Pace(delay_s=self.by_s, jitter_s=self.jitter_s)
        return lay_on_all(wire.relays[self.party], pace, ("up", "down"), strike)

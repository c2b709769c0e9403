"""one-way-partition: what one side says does not arrive, what the other says does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from ..fault import faults
from ..wire.line_rule import lay_on_all
from ..wire.rule import Hold
from ..wire.strike import Strike
from ..wire.wire import Wire
from ..wire_fault import LineFault


@faults.register("one-way-partition")
class OneWayPartition(LineFault):
    """From the addressed event on, for `for_s` seconds, nothing gets through between the layer and the party one way.
    `lost` are the `answers` (the party does what it is asked, and the layer never hears of it), or the `requests`. What
    is still under way when the line heals arrives then, late.

    A layer must take silence for "perhaps", repeat with the same idempotency keys and not go on repeating for ever
    (R2), and end where a party is that has done all the work already (E1, E3).
    """

    lost: Literal["answers", "requests"] = "answers"

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        return lay_on_all(wire.relays[self.party], Hold(), ("down" if self.lost == "answers" else "up",), strike)

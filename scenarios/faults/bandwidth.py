"""bandwidth: the line to a party carries little."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from ..fault import faults
from ..wire.line_rule import lay_on_all
from ..wire.rule import Pace
from ..wire.strike import Strike
from ..wire.wire import Wire
from ..wire_fault import LineFault

PIECE_S = 0.02


@faults.register("bandwidth")
class Bandwidth(LineFault):
    """From the addressed event on, for `for_s` seconds, the line to the party carries `octets_per_s` each way. All
    its connections share that.

    A layer must not let what goes to one party hold up the others, must not open ever more connections where each only
    slows down the rest (R2), and must have caught up soon after (R1, E3).
    """

    unreachable: ClassVar[bool] = False

    octets_per_s: int = 4_000

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        pace = Pace(max(1, round(self.octets_per_s * PIECE_S)), PIECE_S)
        return lay_on_all(wire.relays[self.party], pace, ("up", "down"), strike)

"""flapping: the party is there and gone, again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from ...simulators.clock import Timer
from ..fault import faults
from ..wire.strike import Strike
from ..wire.wire import Wire
from ..wire_fault import LineFault


@faults.register("flapping")
class Flapping(LineFault):
    """From the addressed event on, for `for_s` seconds, the line to the party goes down and comes up again every
    `every_s` seconds. Down, every connection is reset and new ones are refused.

    A layer must neither give up at the first failure nor storm the party each time that it is back (R2), and must have
    every effect once when all is over (E1, E3).
    """

    unreachable: ClassVar[bool] = False

    every_s: float = 0.3

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        flaps = _Flaps(wire, self.party, self.every_s, strike)
        flaps.down()
        return flaps.end


class _Flaps:
    """The line going down and up by itself."""

    def __init__(self, wire: Wire, party: str, every_s: float, strike: Strike) -> None:
        self._clock = wire.world.clock
        self._relay = wire.relays[party]
        self._every_s = every_s
        self._strike = strike
        self._next: Timer | None = None

    def down(self) -> None:
        self._relay.refuse()
        self._relay.reset_all()
        self._strike(order_known=False, reachable=False, place="relay")
        self._next = self._clock.after(self._every_s, self.up)

    def up(self) -> None:
        self._relay.accept()
        self._strike.note(order_known=False, reachable=True, place="relay")
        self._next = self._clock.after(self._every_s, self.down)

    def end(self) -> None:
        if self._next is not None:
            self._next.cancel()
        self._relay.accept()
        self._strike.note(order_known=False, reachable=True, place="relay")

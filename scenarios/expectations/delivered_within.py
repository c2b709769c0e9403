"""delivered-within: a deadline for the whole way of the order."""

from __future__ import annotations

from ..ending import Ending
from ..expectation import Expectation, Unmet, expectations


@expectations.register("delivered-within")
class DeliveredWithin(Expectation, kw_only=True, frozen=True):
    """The last parcel of the order is delivered within so many business hours from its placing; what was cancelled need
    not come.
    """

    hours: float

    def described(self) -> str:
        return f"{self.order} is delivered within {self.hours:g} h"

    def unmet(self, ending: Ending) -> Unmet | None:
        took = ending.arrived_after_h
        if took is not None and took <= self.hours:
            return None
        actual = "not delivered whole" if took is None else f"{took:.1f} h"
        return Unmet(f"within {self.hours:g} h", actual, (ending.placed, *([ending.arrived] if ending.arrived else [])))

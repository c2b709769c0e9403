"""cases: how many cases of a category were opened about the order."""

from __future__ import annotations

from ...contracts.objects import CaseCategory
from ..ending import Ending
from ..expectation import Expectation, Unmet, expectations


@expectations.register("cases")
class Cases(Expectation, kw_only=True, frozen=True):
    """About the order so many cases of a category were opened, and so many of these wait in the end (`waiting`, where
    it is said).
    """

    category: CaseCategory
    count: int
    waiting: int | None = None

    def described(self) -> str:
        left = "" if self.waiting is None else f", of which {self.waiting} wait"
        return f"{self.order} has {self.count} × case {self.category}{left}"

    def unmet(self, ending: Ending) -> Unmet | None:
        opened = [fact for fact in ending.cases if fact.what == self.category]
        waiting = [fact for fact in ending.waiting if fact.what == self.category]
        if len(opened) == self.count and self.waiting in (None, len(waiting)):
            return None
        left = "" if self.waiting is None else f", {self.waiting} waiting"
        instead = "" if self.waiting is None else f", {len(waiting)} waiting"
        evidence = tuple(fact.seq for fact in opened) or (ending.placed,)
        return Unmet(f"{self.count} × {self.category}{left}", f"{len(opened)} × {self.category}{instead}", evidence)

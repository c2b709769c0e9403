"""dead-letters: how many messages about the order are set aside in the end."""

from __future__ import annotations

from typing import ClassVar

from ..ending import Ending
from ..expectation import Expectation, Unmet, expectations
from ..layer import Offer


@expectations.register("dead-letters")
class DeadLetters(Expectation, kw_only=True, frozen=True):
    """In the end the layer's list of dead letters has so many messages about the order that are still set aside (with
    `or_fewer` at most so many, as when some layers try again for long): of one type of event (`event`), or in all.
    """

    needs: ClassVar[frozenset[Offer]] = frozenset({"dead-letters"})

    count: int
    or_fewer: bool = False
    event: str = ""

    def described(self) -> str:
        return f"{self.order} has {self._wanted} × {self.event or 'a message'} set aside"

    @property
    def _wanted(self) -> str:
        return f"{self.count} or fewer" if self.or_fewer else str(self.count)

    def unmet(self, ending: Ending) -> Unmet | None:
        left = [fact for fact in ending.set_aside if self.event in ("", fact.what)]
        if len(left) == self.count or (self.or_fewer and len(left) < self.count):
            return None
        named = ", ".join(fact.what for fact in left)
        actual = f"{len(left)} set aside" + (f": {named}" if named else "")
        evidence = tuple(dict.fromkeys(fact.seq for fact in left)) or (ending.placed,)
        return Unmet(f"{self._wanted} set aside", actual, evidence)

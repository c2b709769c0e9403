"""X2: what was acknowledged is kept, and a failure is seen by somebody."""

from __future__ import annotations

from dataclasses import replace

from ..invariant import Invariant, Outcome, Terms, invariant
from ..lost import Lost
from ..seen import Seen
from ..trail import OrderTrail
from .nothing_lost import NothingLost


@invariant
class FailureIsSeen(Invariant):
    """X2 — a delivery that the layer can't use is refused, so that it comes again; or it is acknowledged, and what it
    was to say has its effect all the same, or an open case of category `integrationError` tells somebody.

    A good message that was taken and has no effect is E3's affair. Example: the layer answers 202 before it has read
    the event, finds half a JSON document, writes a line into its log, and the sender takes it for delivered.
    """

    id = "X2"
    title = "What is acknowledged is kept, and failure is seen"
    clause = "order-to-cash, Conventions (events: any 2xx acknowledges) and step 9"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        outcome.judged(trail.refused_garbled + len(trail.garbled))
        if not trail.garbled:
            return
        law = NothingLost()
        known = {lost.key for lost in law.untold(trail, terms, Outcome("E3"))}
        for lost in law.untold(replace(trail, garbled={}), terms, Outcome("E3")):
            if lost.key not in known:
                self._vanished(trail, outcome, lost, list(trail.garbled.values()))

    def _vanished(self, trail: OrderTrail, outcome: Outcome, lost: Lost, taken: list[Seen[str]]) -> None:
        outcome.lacking(
            self.finding(
                trail,
                lost.key,
                f"{lost.missing}: the layer acknowledged what it could not use",
                expected="a refusal, so that it comes again; or the effect, or an open case",
                actual=f"{lost.missing}, and no open case",
                because=[
                    f"{lost.cause.party} made it known at {lost.cause.at:%Y-%m-%d %H:%M} (journal {lost.cause.seq}).",
                    *(f"The layer acknowledged {seen.what}, unusable as it came ({seen.place})." for seen in taken),
                    f"Nobody sends it again. By the deadline: {lost.missing}, and nobody was told: X2 is broken.",
                ],
                evidence=[lost.cause, *taken],
                consequence=lost.consequence,
            )
        )

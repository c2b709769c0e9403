"""X2: what was acknowledged is kept, and a failure is seen by somebody."""

from __future__ import annotations

from dataclasses import replace

from ...contracts.objects import CaseCategory
from ...contracts.result import Finding
from ..complaints import CASE_OVER
from ..goods import customer
from ..invariant import Invariant, Outcome, Terms, invariant
from ..lost import Lost
from ..seen import Seen
from ..set_aside import SetAside
from ..trail import OrderTrail
from .nothing_lost import NothingLost


@invariant
class FailureIsSeen(Invariant):
    """X2 — a delivery that the layer can't use is refused, so that it comes again; or it is acknowledged, and what it
    was to say has its effect all the same, or an open case of category `integrationError` tells somebody.

    Where the layer lists its dead letters, none may be left over of which nobody was told, though all that it can be
    missed by is there; nor one that was replayed and went well, by the layer's own word.

    A good message that was taken and has no effect is E3's affair. Example: the layer answers 202 before it has read
    the event, finds half a JSON document, writes a line into its log, and the sender takes it for delivered.
    """

    id = "X2"
    title = "What is acknowledged is kept, and failure is seen"
    clause = "order-to-cash, Conventions (events: any 2xx acknowledges) and step 9"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        self._dead_letters(trail, terms, outcome)
        outcome.judged(trail.refused_garbled + len(trail.garbled))
        if not trail.garbled:
            return
        law = NothingLost()
        known = {lost.key for lost in law.untold(trail, terms, Outcome("E3"))}
        for lost in law.untold(replace(trail, garbled={}), terms, Outcome("E3")):
            if lost.key not in known:
                self._vanished(trail, outcome, lost, list(trail.garbled.values()))

    def _dead_letters(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        for letter in trail.set_aside.values():
            outcome.judged()
            if letter.kept:
                outcome.violated(self._kept(trail, letter))
            elif letter.waits and terms.cases == "layer" and not _people_know(trail, letter):
                missed = next(NothingLost().untold(trail, terms, Outcome("E3")), None)
                if missed is None:  # else E3 speaks
                    outcome.lacking(self._in_silence(trail, letter))

    def _kept(self, trail: OrderTrail, letter: SetAside) -> Finding:
        what = letter.what
        return self.finding(
            trail,
            f"kept/{letter.letter_id}",
            f"dead letter {letter.letter_id} ({what}) was replayed, and is still set aside",
            expected="replayed, or no longer in the list",
            actual="setAside",
            because=[
                f"The layer said that {letter.letter_id} was replayed (exchange {letter.kept}).",
                f"Its list has it as set aside all the same, since {letter.at} (exchange {letter.listed}).",
                "Whoever looks there replays it again: X2 is broken.",
            ],
            evidence=[letter.kept, letter.listed],
            consequence=f"whoever works through the list gives {what} of {customer(trail)} to the layer once more",
        )

    def _in_silence(self, trail: OrderTrail, letter: SetAside) -> Finding:
        what = letter.what
        return self.finding(
            trail,
            f"silence/{letter.letter_id}",
            f"dead letter {letter.letter_id} ({what}) is left over, and nobody was told",
            expected="an open case of category integrationError while it is set aside",
            actual="no open case",
            because=[
                f"The layer lists {letter.letter_id} as set aside since {letter.at} (exchange {letter.listed}).",
                f"Its reason: {letter.reason}",
                "No open case in the CRM tells anybody of it: X2 is broken.",
            ],
            evidence=[letter.listed],
            consequence=f"{what} of {customer(trail)} stays where it is until somebody happens to look into the list",
        )

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


TELLS = frozenset({CaseCategory.INTEGRATION_ERROR, CaseCategory.ORDER_REJECTED})


def _people_know(trail: OrderTrail, letter: SetAside) -> bool:
    """Whether a case about the order, or one that names the message, is open, or was closed by people."""
    if any(
        (seen.what.category in TELLS or key == letter.case_id)
        and (seen.what.status not in CASE_OVER or not seen.exchange)
        for key, seen in trail.cases.items()
    ):
        return True
    return trail.complaints.name(letter.case_id, letter.letter_id, letter.event_id, letter.subject, trail.order_id)

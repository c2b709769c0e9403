"""X2: what was acknowledged is kept, and a failure is seen by somebody."""

from __future__ import annotations

from dataclasses import replace

from ...contracts.objects import CaseCategory
from ...contracts.result import Finding
from ..complaints import CASE_OVER, Complaints
from ..conduct import Conduct
from ..goods import customer
from ..health_told import OtherNumber
from ..invariant import Invariant, Outcome, Terms, invariant
from ..ledgers import Place
from ..lost import Lost, lost_copies, lost_corrections
from ..master_data import MasterRecord
from ..seen import Seen
from ..set_aside import SetAside
from ..stock import Stock
from ..trail import OrderTrail
from .nothing_lost import NothingLost


@invariant
class FailureIsSeen(Invariant):
    """X2 — a delivery that the layer can't use is refused, so that it comes again; or it is acknowledged, and what it
    was to say has its effect all the same, or an open case of category `integrationError` tells somebody.

    Where the layer lists its dead letters, none may be left over of which nobody was told, though all that it can be
    missed by is there; nor one that was replayed and went well, by the layer's own word. That goes for those about
    stock, customers and items as well. Of one of which nobody can tell what it is about, any open case that names no
    order may tell. The layer's health, where it tells their number, tells that of the list.

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

    def stock(self, place: Place, stock: Stock, terms: Terms, outcome: Outcome) -> None:
        for letter in stock.set_aside.values():
            about = f"{place[1]} at {place[0]}"
            told = _is_told(stock.complaints, letter)
            self._loose(letter, about, terms, outcome, told or any(lost_corrections(place, stock)))

    def record(self, record: MasterRecord, terms: Terms, outcome: Outcome) -> None:
        for letter in record.set_aside.values():
            about = f"{record.kind} {record.key}"
            told = _is_told(record.complaints, letter)
            self._loose(letter, about, terms, outcome, told or any(lost_copies(record, terms.item_places)))

    def conduct(self, conduct: Conduct, terms: Terms, outcome: Outcome) -> None:
        outcome.judged(conduct.health.judged)
        for number in conduct.health.found[-1:]:
            outcome.violated(self._hidden(number))
        for letter in conduct.set_aside.values():
            self._loose(letter, "", terms, outcome, conduct.complaints.any_open or bool(letter.case_id))

    def _loose(self, letter: SetAside, about: str, terms: Terms, outcome: Outcome, excused: bool) -> None:
        """One about no order; `excused` where people know of it, or E3 speaks."""
        outcome.judged()
        if letter.kept:
            outcome.violated(self._kept(None, letter, about))
        elif letter.waits and terms.cases == "layer" and not excused:
            outcome.lacking(self._in_silence(None, letter, about))

    def _dead_letters(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        for letter in trail.set_aside.values():
            outcome.judged()
            if letter.kept:
                outcome.violated(self._kept(trail, letter, customer(trail)))
            elif letter.waits and terms.cases == "layer" and not _people_know(trail, letter):
                missed = next(NothingLost().untold(trail, terms, Outcome("E3")), None)
                if missed is None:  # else E3 speaks
                    outcome.lacking(self._in_silence(trail, letter, customer(trail)))

    def _kept(self, trail: OrderTrail | None, letter: SetAside, about: str) -> Finding:
        what = letter.what
        whose = f"{what} of {about}" if about else what
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
            consequence=f"whoever works through the list gives {whose} to the layer once more",
        )

    def _hidden(self, number: OtherNumber) -> Finding:
        return self.finding(
            None,
            "health",
            f"the layer's health says {number.said} messages are set aside, and its list has {number.listed}",
            expected=f"deadLetters: {number.listed}",
            actual=f"deadLetters: {number.said}",
            because=[
                f"Asked for its health, the layer said deadLetters: {number.said} (exchange {number.asked}).",
                f"Before and after that its list had {number.listed} as set aside (exchange {number.list_asked}).",
                "Whoever watches the health sees another number: X2 is broken.",
            ],
            evidence=[number.asked, number.list_asked],
            consequence=(
                f"nobody who watches the layer's health hears of {number.listed - number.said} of them"
                if number.said < number.listed
                else f"people look for {number.said - number.listed} messages that nobody has set aside"
            ),
        )

    def _in_silence(self, trail: OrderTrail | None, letter: SetAside, about: str) -> Finding:
        what = letter.what
        whose = f"{what} of {about}" if about else what
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
            consequence=f"{whose} stays where it is until somebody happens to look into the list",
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


def _is_told(complaints: Complaints, letter: SetAside) -> bool:
    """Whether a case that names no order tells of it; one that the layer names and that is not there names an order."""
    names = [name for name in (letter.letter_id, letter.event_id, letter.subject) if name]
    elsewhere = bool(letter.case_id) and letter.case_id not in complaints.cases
    named = complaints.name(letter.case_id, *names)
    return elsewhere or named or complaints.speak_of(letter.event_type, *names)


def _people_know(trail: OrderTrail, letter: SetAside) -> bool:
    """Whether a case about the order, or one that names the message, is open, or was closed by people."""
    if any(
        (seen.what.category in TELLS or key == letter.case_id)
        and (seen.what.status not in CASE_OVER or not seen.exchange)
        for key, seen in trail.cases.items()
    ):
        return True
    return trail.complaints.name(letter.case_id, letter.letter_id, letter.event_id, letter.subject, trail.order_id)

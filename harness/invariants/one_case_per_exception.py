"""X1: exactly one case for each exception, none for an order that goes as it should."""

from __future__ import annotations

from ...contracts.objects import Case, CaseCategory
from ..complaints import CASE_OVER
from ..goods import customer, moment
from ..invariant import Invariant, Outcome, Terms, invariant
from ..seen import Seen
from ..trail import OrderTrail
from ..trouble import Trouble, refused_order, troubles_of

# What stays with customer service until people close it.
NEVER_OVER = frozenset({CaseCategory.ORDER_REJECTED, CaseCategory.RETURN_EXCEPTION})


@invariant
class OneCasePerException(Invariant):
    """X1 — each short shipment, failed delivery, rejected order, credit hold and return that is not as announced has
    exactly one case in the CRM; a case is resolved once its exception is over, and not before; an order that went as it
    should has none.

    A layer may open one case for each short line or failed parcel, or one for all of the order. Cases about integration
    errors are allowed where something did go wrong with a message of that order, or a party was down; one that the
    layer names with a dead letter is over when that was replayed. Example: two retries open two cases, two people call
    the same customer.
    """

    id = "X1"
    title = "One case for each exception, and none without"
    clause = "order-to-cash, step 9, and Returns"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        if trail.order is None or terms.cases != "layer":
            return
        outcome.judged()
        troubles = troubles_of(trail)
        if not troubles and not trail.cases:
            return
        for category in CaseCategory:
            cases = [seen for seen in trail.cases.values() if seen.what.category == category]
            if category == CaseCategory.INTEGRATION_ERROR:
                if cases and not trail.disturbed:
                    self._needless(trail, outcome, category, cases, [])
                self._replayed(trail, outcome)
                continue
            if category == CaseCategory.ORDER_REJECTED and refused_order(trail):
                continue  # the ERP would not even take it: a case of either category tells people
            if category == CaseCategory.RETURN_EXCEPTION and any(map(trail.returns.mistold, trail.returns.booked)):
                continue  # the layer misreads what came (Q1): then it looks odd to it as well, or not
            self._compare(trail, outcome, category, [t for t in troubles if t.category == category], cases)

    def _replayed(self, trail: OrderTrail, outcome: Outcome) -> None:
        """The case that the layer itself names with a dead letter is over with it, unless it tells of another too."""
        waits = {letter.case_id for letter in trail.set_aside.values() if letter.waits}
        for letter in trail.set_aside.values():
            seen = trail.cases.get(letter.case_id)
            if seen is None or not letter.replayed or letter.case_id in waits or seen.what.status in CASE_OVER:
                continue
            why = [
                f"{letter.case_id} is the case of {letter.letter_id} by the list (exchange {letter.listed}).",
                f"The layer said that {letter.letter_id} was replayed (exchange {letter.replayed}).",
            ]
            evidence = [letter.listed, letter.replayed]
            self._not_closed(trail, outcome, seen, "its message was replayed", why, evidence)

    def _compare(
        self,
        trail: OrderTrail,
        outcome: Outcome,
        category: CaseCategory,
        troubles: list[Trouble],
        cases: list[Seen[Case]],
    ) -> None:
        lasting = [trouble for trouble in troubles if not trouble.over and trouble.counts]
        if len(cases) > sum(trouble.parts for trouble in troubles) or _twice(trail, cases):
            self._needless(trail, outcome, category, cases, troubles)
        elif lasting and all(seen.what.status in CASE_OVER for seen in cases):
            # One that was over before anybody could act may go without a case; a lasting one may not.
            closed = next((seen for seen in cases if seen.exchange), None)
            if not cases:
                self._nobody_told(trail, outcome, category, lasting)
            elif closed is not None:  # by the layer; people may close a case for reasons of their own
                self._closed_too_early(trail, outcome, closed, lasting)
        elif category not in NEVER_OVER:
            for seen in cases:
                about = [t for t in troubles if t.subject in _subjects(seen.what)] or troubles
                if seen.what.status not in CASE_OVER and all(trouble.over for trouble in about):
                    why = [f"{trouble.what} (journal {trouble.seq}), and it was put right since." for trouble in about]
                    evidence = [trouble.seq for trouble in about]
                    self._not_closed(trail, outcome, seen, "its exception is over", why, evidence)

    def _needless(
        self,
        trail: OrderTrail,
        outcome: Outcome,
        category: CaseCategory,
        cases: list[Seen[Case]],
        troubles: list[Trouble],
    ) -> None:
        opened = [trail.cases_opened[seen.what.case_id] for seen in cases]
        happened = [f"{trouble.what} (journal {trouble.seq})." for trouble in troubles] or [
            "Nothing of the kind happened to this order."
        ]
        outcome.violated(
            self.finding(
                trail,
                f"{category}/many",
                f"{len(cases)} {category} cases for {len(troubles)} such exceptions",
                expected=f"{len(troubles) or 'no'} {'case' if len(troubles) == 1 else 'cases'}",
                actual=", ".join(seen.what.case_id for seen in cases),
                because=[
                    *happened,
                    *(f"{seen.what.case_id} ({seen.what.subject}) was opened in {seen.place}." for seen in opened),
                    "There are more cases than exceptions: X1 is broken.",
                ],
                evidence=[*[trouble.seq for trouble in troubles], *opened],
                consequence=f"{len(cases)} cases about {customer(trail)} are worked on"
                + (f", for {len(troubles)} that went wrong" if troubles else ", and nothing of the kind went wrong"),
            )
        )

    def _nobody_told(
        self, trail: OrderTrail, outcome: Outcome, category: CaseCategory, troubles: list[Trouble]
    ) -> None:
        outcome.lacking(
            self.finding(
                trail,
                f"{category}/none",
                f"{troubles[0].what}, and no {category} case was opened",
                expected=f"one {category} case for order {trail.order_id}",
                actual="none",
                because=[
                    *(f"{trouble.what} (journal {trouble.seq})." for trouble in troubles),
                    "By the deadline no case in the CRM tells anybody: X1 is broken.",
                ],
                evidence=[trouble.seq for trouble in troubles],
                consequence=f"{customer(trail)} finds out before customer service does that {troubles[0].what}",
            )
        )

    def _closed_too_early(self, trail: OrderTrail, outcome: Outcome, seen: Seen[Case], troubles: list[Trouble]) -> None:
        outcome.lacking(
            self.finding(
                trail,
                f"{seen.what.case_id}/closed",
                f"{seen.what.case_id} is {seen.what.status} although its exception is not over",
                expected="open until the exception is over",
                actual=str(seen.what.status),
                because=[
                    *(f"{trouble.what} (journal {trouble.seq}), and nothing has put it right." for trouble in troubles),
                    f"{seen.what.case_id} was set {seen.what.status} in {seen.place}: X1 is broken.",
                ],
                evidence=[*[trouble.seq for trouble in troubles], trail.cases_opened[seen.what.case_id], seen],
                consequence=f"since {moment(seen)} customer service believes that all is well with {customer(trail)}",
            )
        )

    def _not_closed(
        self, trail: OrderTrail, outcome: Outcome, seen: Seen[Case], over: str, why: list[str], evidence: list[int]
    ) -> None:
        opened = trail.cases_opened[seen.what.case_id]
        outcome.lacking(
            self.finding(
                trail,
                f"{seen.what.case_id}/open",
                f"{seen.what.case_id} is still {seen.what.status} although {over}",
                expected="resolved or closed",
                actual=str(seen.what.status),
                because=[*why, f"{seen.what.case_id} is {seen.what.status}: X1 is broken."],
                evidence=[opened, *evidence],
                consequence=f"people chase what is no longer wrong for {customer(trail)}, since {moment(opened)}",
            )
        )


def _subjects(case: Case) -> set[str]:
    """What a case names as its subject."""
    return {about for about in (case.tracking_number, case.shipment_id) if about}


def _twice(trail: OrderTrail, cases: list[Seen[Case]]) -> bool:
    """Whether one case says the very same as another that was open at the time."""
    ends: dict[tuple[object, ...], float] = {}
    for seen in sorted(cases, key=lambda seen: trail.cases_opened[seen.what.case_id].seq):
        case = seen.what
        says = (case.line_id, case.shipment_id, case.tracking_number, case.rma_id, case.reference, case.subject)
        if trail.cases_opened[case.case_id].seq < ends.get(says, 0):
            return True
        ends[says] = seen.seq if case.status in CASE_OVER else float("inf")
    return False

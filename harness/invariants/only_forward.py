"""S1: what customer service sees only moves forward."""

from __future__ import annotations

from datetime import timedelta

from ...contracts.objects import OrderStatus, ReturnRequestStatus, TrackingMilestone
from ...contracts.state_machine import state_machine
from ..consequences import what_is_shown as so
from ..goods import customer, moment
from ..invariant import Invariant, Outcome, Terms, invariant
from ..returns import ReturnShown
from ..seen import Seen
from ..trail import MilestoneShown, OrderTrail, StatusShown

# What may come after each status, however much a layer skips.
ORDER, RETURN_REQUEST = state_machine("order"), state_machine("return-request")
AHEAD = ORDER.ahead_of_each(OrderStatus)
RETURN_AHEAD = RETURN_REQUEST.ahead_of_each(ReturnRequestStatus)

# How exactly a milestone's time can be told: a 214 may give hours and minutes only (X12 element 337).
TOLD_TO = timedelta(minutes=1)


@invariant
class OnlyForward(Invariant):
    """S1 — the status of an order, or of a return request, in the CRM never goes back and never leaves a terminal
    state; a parcel's milestone is never replaced by an older one.

    Which milestone is older is decided by the parcel's own history at the carrier, not by the order of arrival.
    Example: "delivered" is shown, a late "in transit" arrives and is shown after it; the customer calls.
    """

    id = "S1"
    title = "What customer service sees only moves forward"
    clause = (
        "order-to-cash, Status of an order in the CRM, step 8, and Returns, step 7; what may follow on what: "
        "contracts/states/v1/order.json, return-request.json"
    )
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        outcome.judged(len(trail.statuses) + len(trail.milestones_shown) + len(trail.returns.shown))
        for before, seen in setbacks(trail):
            self._went_back(trail, outcome, before, seen)
        for earlier, later in return_setbacks(trail):
            self._return_went_back(trail, outcome, earlier, later)
        for shown, older, put_over, newer in milestone_setbacks(trail):
            self._older_over_newer(trail, outcome, shown, older, put_over, newer)

    def _went_back(
        self, trail: OrderTrail, outcome: Outcome, before: Seen[StatusShown], seen: Seen[StatusShown]
    ) -> None:
        was = before.what.status
        outcome.violated(
            self.finding(
                trail,
                f"status/{seen.seq}",
                f"the order went from {was} back to {seen.what.status}",
                expected=f"after {was}: {', '.join(sorted(AHEAD[was])) or 'nothing, it is terminal'}",
                actual=str(seen.what.status),
                because=[
                    f"The CRM was told {was} in {before.place}{_as_of(before)}.",
                    f"{seen.place[0].upper()}{seen.place[1:]} set {seen.what.status}{_as_of(seen)}.",
                    f"{seen.what.status} does not lie ahead of {was} ({ORDER.source}): S1 is broken.",
                ],
                evidence=[before, seen],
                consequence=so.status_went_back(trail, before, seen),
            )
        )

    def _return_went_back(
        self, trail: OrderTrail, outcome: Outcome, before: Seen[ReturnShown], seen: Seen[ReturnShown]
    ) -> None:
        was, request = before.what.status, seen.what.request_id
        outcome.violated(
            self.finding(
                trail,
                f"return/{seen.seq}",
                f"return request {request} went from {was} back to {seen.what.status}",
                expected=f"after {was}: {', '.join(sorted(RETURN_AHEAD[was])) or 'nothing, it is terminal'}",
                actual=str(seen.what.status),
                because=[
                    f"The CRM was told {was} in {before.place}.",
                    f"{seen.place[0].upper()}{seen.place[1:]} set {seen.what.status}.",
                    f"{seen.what.status} does not lie ahead of {was} ({RETURN_REQUEST.source}): S1 is broken.",
                ],
                evidence=[before, seen],
                consequence=f"from {moment(seen)} on customer service tells {customer(trail)} that return {request} is"
                f" {seen.what.status}, after it was {was}",
            )
        )

    def _older_over_newer(
        self,
        trail: OrderTrail,
        outcome: Outcome,
        shown: Seen[MilestoneShown],
        older: Seen[TrackingMilestone],
        put_over: Seen[MilestoneShown],
        newer: Seen[TrackingMilestone],
    ) -> None:
        outcome.violated(
            self.finding(
                trail,
                f"milestone/{shown.seq}",
                f"parcel {shown.what.tracking_number} went from {put_over.what.code} back to {shown.what.code}",
                expected=f"{put_over.what.code} stays: it is the newer one",
                actual=str(shown.what.code),
                because=[
                    f"{shown.what.code} is step {older.what.sequence} of the parcel ({_when(older)}).",
                    f"{put_over.what.code} is step {newer.what.sequence} ({_when(newer)}), shown in {put_over.place}.",
                    f"{shown.place[0].upper()}{shown.place[1:]} put the older one over it: S1 is broken.",
                ],
                evidence=[older, newer, put_over, shown],
                consequence=so.milestone_went_back(trail, shown, newer),
            )
        )


def setbacks(trail: OrderTrail) -> list[tuple[Seen[StatusShown], Seen[StatusShown]]]:
    """Each status that does not lie ahead of every one shown before it, after the last of those."""
    found: list[tuple[Seen[StatusShown], Seen[StatusShown]]] = []
    shown: dict[OrderStatus, Seen[StatusShown]] = {}
    last: OrderStatus | None = None
    for seen in trail.statuses:
        status = seen.what.status
        left = [before for was, before in shown.items() if was != status and status not in AHEAD[was]]
        if left and status != last:
            found.append((left[-1], seen))
        shown.pop(status, None)  # so that the last one shown stands last
        shown[status] = seen
        last = status
    return found


def return_setbacks(trail: OrderTrail) -> list[tuple[Seen[ReturnShown], Seen[ReturnShown]]]:
    """Each status of a return request that does not lie ahead of the one shown before it, after that one."""
    found: list[tuple[Seen[ReturnShown], Seen[ReturnShown]]] = []
    latest: dict[str, Seen[ReturnShown]] = {}
    for seen in trail.returns.shown:
        before = latest.get(seen.what.request_id)
        may_come = before is None or seen.what.status in {before.what.status, *RETURN_AHEAD[before.what.status]}
        if before is not None and not may_come:
            found.append((before, seen))
        else:  # what went back is no measure for what comes after it
            latest[seen.what.request_id] = seen
    return found


def milestone_setbacks(
    trail: OrderTrail,
) -> list[tuple[Seen[MilestoneShown], Seen[TrackingMilestone], Seen[MilestoneShown], Seen[TrackingMilestone]]]:
    """(shown, the older step behind it, what it replaced, the newer step behind that) for each step back."""
    found = []
    latest: dict[str, tuple[Seen[MilestoneShown], Seen[TrackingMilestone]]] = {}
    for shown in trail.milestones_shown:
        before = latest.get(shown.what.tracking_number)
        step = _step(trail, shown, before[1].what.sequence if before is not None else 0)
        if step is None:
            continue  # nothing of the kind happened to the parcel: C1's affair
        if (
            before is not None
            and before[0].what.code != shown.what.code
            and step.what.sequence < before[1].what.sequence
        ):
            found.append((shown, step, *before))
        latest[shown.what.tracking_number] = (shown, step)
    return found


def _step(trail: OrderTrail, shown: Seen[MilestoneShown], reached: int) -> Seen[TrackingMilestone] | None:
    """The step of the parcel's way that was shown. A parcel may pass a milestone twice: the time tells which, and where
    it does not, it is the first that doesn't lie behind what was `reached`; else the newest that had happened by then.
    """
    steps = [
        seen
        for seen in trail.milestones
        if seen.what.tracking_number == shown.what.tracking_number
        and seen.what.code == shown.what.code
        and seen.seq < shown.seq
    ]
    if len(steps) < 2:
        return steps[0] if steps else None
    near = {seen.what.sequence: abs(seen.what.occurred_at - shown.what.occurred_at) for seen in steps}
    told = [seen for seen in steps if near[seen.what.sequence] < TOLD_TO]
    if told:
        return min(told, key=lambda seen: (near[seen.what.sequence], -seen.what.sequence))
    ahead = [seen for seen in steps if seen.what.sequence >= reached]
    if ahead:
        return min(ahead, key=lambda seen: seen.what.sequence)
    return max(steps, key=lambda seen: seen.what.sequence, default=None)


def _as_of(seen: Seen[StatusShown]) -> str:
    return f" (as of {seen.what.as_of:%Y-%m-%d %H:%M})" if seen.what.as_of else ""


def _when(seen: Seen[TrackingMilestone]) -> str:
    return f"{seen.what.occurred_at:%Y-%m-%d %H:%M}"

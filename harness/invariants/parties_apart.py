"""T1: what belongs to one party or customer never goes to another."""

from __future__ import annotations

from typing import Any

from ..conduct import Astray, Conduct
from ..goods import customer
from ..invariant import Invariant, Outcome, Terms, invariant
from ..seen import Seen
from ..trail import MilestoneShown, OrderTrail


@invariant
class PartiesApart(Invariant):
    """T1 — each party sees only its own credentials, requests and files, under the ids that are agreed with it; each
    order shows only its own parcels, and each case speaks only of those. While regions go over from one ERP to another,
    each order is booked in the ERP that books for its region at the time when it was placed, and what follows of it
    goes to the ERP that has booked it.

    An order that is placed within an hour before its region goes over may be under way then, and is well booked in
    either. One that is booked in both is E1's affair, and so is E2's a request that a second warehouse takes for goods
    which the ERP gave to the first. Example: the layer writes all interchanges with the receiver of the first partner,
    and one warehouse can read what is meant for the other.
    """

    id = "T1"
    title = "What belongs to one never goes to another"
    clause = (
        "order-to-cash, Conventions (credentials), steps 3, 4, 8 and 9; warehouse files, who writes to whom; "
        "contracts/layer, setErps"
    )
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        self._judge(trail, trail.conduct, outcome)
        self._booked(trail, outcome)
        for seen in trail.milestones_shown:
            self._parcel(trail, outcome, seen)
        for key, opened in trail.cases_opened.items():
            number = opened.what.tracking_number
            if number is not None:
                outcome.judged()
                self._of_another(trail, outcome, f"case/{key}", f"case {key} speaks of parcel {number}", number, opened)

    def conduct(self, conduct: Conduct, terms: Terms, outcome: Outcome) -> None:
        self._judge(None, conduct, outcome)

    def _judge(self, trail: OrderTrail | None, conduct: Conduct, outcome: Outcome) -> None:
        outcome.judged(conduct.requests)
        told: set[tuple[str, str]] = set()
        for astray in conduct.astray:
            if (astray.party, astray.belongs) not in told:
                told.add((astray.party, astray.belongs))
                self._astray(trail, outcome, astray)

    def _astray(self, trail: OrderTrail | None, outcome: Outcome, astray: Astray) -> None:
        outcome.violated(
            self.finding(
                trail,
                f"{astray.party}/{astray.belongs}",
                astray.what,
                expected=astray.belongs,
                actual=astray.what,
                because=[
                    f"{astray.what} (exchange {astray.exchange}).",
                    f"Agreed is {astray.belongs}: T1 is broken.",
                ],
                evidence=[astray.exchange],
                consequence=f"whoever stands behind {astray.party} sees, or can do, what is another's affair",
            )
        )

    def _booked(self, trail: OrderTrail, outcome: Outcome) -> None:
        placed, live = trail.placed, trail.live_sales_orders
        region = placed.what.ship_to.region if placed is not None else None
        if placed is None or region is None or region not in trail.erps or len(live) != 1:
            return
        outcome.judged()
        ((key, seen),) = live.items()
        rightful = trail.rightful_erps
        if seen.party in rightful:
            return
        created = next(each for each in trail.sales_order_history if each.what.sales_order_id == key)
        wanted, moment, placed_at = " or ".join(rightful), trail.erps.moment(region), placed.what.created_at
        outcome.violated(
            self.finding(
                trail,
                f"booked/{key}",
                f"{key} is booked in {seen.party}, orders to {region} of that time belong to {wanted}",
                expected=f"a sales order in {wanted}",
                actual=f"{key} in {seen.party}",
                because=[
                    f"The layer was told that orders to {region} go elsewhere from {moment:%Y-%m-%d %H:%M} on.",
                    f"{trail.order_id} goes there, placed at {placed_at:%Y-%m-%d %H:%M} (journal {placed.seq}).",
                    f"{seen.party} took {key} for it ({created.place}): T1 is broken.",
                ],
                evidence=[placed, created],
                consequence=(
                    f"{key}, {seen.what.totals.gross} gross, is in the books of {seen.party} and missing in those of"
                    f" {wanted}: nobody notices before the two are closed and compared"
                ),
            )
        )

    def _parcel(self, trail: OrderTrail, outcome: Outcome, seen: Seen[MilestoneShown]) -> None:
        outcome.judged()
        number = seen.what.tracking_number
        self._of_another(trail, outcome, f"parcel/{number}", f"the CRM shows parcel {number}", number, seen)

    def _of_another(
        self, trail: OrderTrail, outcome: Outcome, what: str, shown: str, number: str, seen: Seen[Any]
    ) -> None:
        owner = trail.owners.get(number, trail.order_id)
        key = f"T1/{trail.order_id}/{what}"
        if owner == trail.order_id or any(found.key == key for found in outcome.broken):
            return
        outcome.violated(
            self.finding(
                trail,
                what,
                f"{shown}, which is of order {owner}",
                expected=f"parcels of {trail.order_id} only",
                actual=f"{shown} of {owner}",
                because=[
                    f"Parcel {number} left for order {owner}.",
                    f"For {trail.order_id} {shown} ({seen.place}): T1 is broken.",
                ],
                evidence=[seen],
                consequence=(
                    f"{customer(trail)} is told where the goods of order {owner} are, which is another's affair"
                ),
            )
        )

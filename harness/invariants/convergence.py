"""C1: in the end everybody tells the same truth."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ...contracts.objects import (
    CaseCategory,
    MilestoneCode,
    OrderLine,
    OrderStatus,
    ReturnRequestStatus,
    ReturnStatus,
    SalesOrder,
    SalesOrderLine,
    SalesOrderStatus,
)
from .. import entry_detail
from ..consequences.what_is_shown import truth_never_shown
from ..goods import moment
from ..invariant import Invariant, Outcome, Terms, invariant
from ..lost import refused_return
from ..master_data import CUSTOMER, ITEM, MasterRecord, differences
from ..seen import Seen
from ..trail import FAILED, OrderTrail
from .newest_wins import quantity_setbacks
from .only_forward import milestone_setbacks, return_setbacks, setbacks

UNSHIPPED: dict[SalesOrderStatus, frozenset[OrderStatus]] = {
    SalesOrderStatus.REJECTED: frozenset({OrderStatus.REJECTED}),
    SalesOrderStatus.ON_HOLD: frozenset({OrderStatus.ON_HOLD}),
    SalesOrderStatus.CANCELLED: frozenset({OrderStatus.CANCELLED}),
    SalesOrderStatus.BACKORDERED: frozenset({OrderStatus.BACKORDERED, OrderStatus.ACCEPTED}),
    SalesOrderStatus.ACCEPTED: frozenset({OrderStatus.ACCEPTED}),
    SalesOrderStatus.RELEASED: frozenset({OrderStatus.ACCEPTED, OrderStatus.RELEASED}),
    SalesOrderStatus.CANCEL_PENDING: frozenset(OrderStatus),
}
REFUSED = frozenset({"409", "422"})
FOR_GOOD = REFUSED | {"403", "404"}
TELL_PARCEL = "updateTracking"
GOES_BY = {
    CUSTOMER: "bills, and what may be ordered, hang on it",
    ITEM: "how it is sold, packed and labelled hangs on it",
}
RETURNED: dict[ReturnStatus, ReturnRequestStatus] = {
    ReturnStatus.AUTHORIZED: ReturnRequestStatus.AUTHORIZED,
    ReturnStatus.PARTIALLY_RECEIVED: ReturnRequestStatus.RECEIVED,
    ReturnStatus.RECEIVED: ReturnRequestStatus.RECEIVED,
    ReturnStatus.CREDITED: ReturnRequestStatus.CREDITED,
}


@invariant
class Convergence(Invariant):
    """C1 — after quiet, the order's status, what became of its lines, its parcels and its returns in the CRM are what
    the ERP decided and the warehouses and carriers did; and customers and items are everywhere what their owner says.

    The expected view is worked out from the warehouses' shipments and milestones and the ERP's order alone. Quantities
    count for lines that the layer tells at all. What the layer could not know (an event that a fault swallowed) is not
    held against it; and where another invariant has found why the views differ (an effect that is lost, doubled or
    told wrong, an old truth put over the new one) that one speaks. Example: the last milestone is never passed on, and
    customer service says "on its way" for ever.
    """

    id = "C1"
    title = "In the end everybody tells the same truth"
    clause = "order-to-cash, step 8, Status of an order in the CRM, Returns, step 7, and Master data"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        if trail.order is None or trail.sales_order is None or trail.unheard or trail.doubled:
            return
        outcome.judged()
        disputed = _disputed(trail)
        # Of a shipment that is lost as a whole, the parcels are lost with it.
        self._parcels(trail, outcome, _unconfirmed_parcels(trail) if disputed else set())
        if not disputed:
            self._status(trail, outcome)
            self._quantities(trail, outcome)
        self._returns(trail, outcome)

    def record(self, record: MasterRecord, terms: Terms, outcome: Outcome) -> None:
        newest = record.newest
        overwritten = {put_over.party for _, _, put_over, _ in record.setbacks()}  # C3
        for party, copies in record.copies.items():
            if newest is None or party in overwritten:
                continue
            outcome.judged()
            last = copies[-1]
            for name, owned, told in differences(last.what, newest.what):
                truth = f"{name} of {record.kind} {record.key} is {owned}"
                self._copy_differs(record, outcome, f"{party}/{name}", truth, f"{party} has {told}", newest, last)

    def _copy_differs(
        self,
        record: MasterRecord,
        outcome: Outcome,
        what: str,
        truth: str,
        seen: str,
        newest: Seen[Any],
        copy: Seen[Any],
    ) -> None:
        outcome.lacking(
            self.finding(
                None,
                f"{record.kind}/{record.key}/{what}",
                f"{truth}, but {seen}",
                expected=truth,
                actual=seen,
                because=[
                    f"By version {newest.what.version} of its owner, {truth} ({newest.party}, journal {newest.seq}).",
                    f"After all has become quiet {seen} (last told in {copy.place}).",
                    "They differ: C1 is broken.",
                ],
                evidence=[newest, copy],
                consequence=(
                    f"{copy.party} goes by this for {record.kind} {record.key}, though its owner says otherwise since"
                    f" {moment(newest)}: {GOES_BY[record.kind]}"
                ),
            )
        )

    def _returns(self, trail: OrderTrail, outcome: Outcome) -> None:
        returns = trail.returns
        gone_back = {later.what.request_id for _, later in return_setbacks(trail)}  # S1
        for key, seen in returns.shown_now.items():
            expected = expected_return(trail, key)
            if expected is None or key in gone_back:
                continue
            outcome.judged()
            status, rma = expected
            told = seen.what.rma_id  # whether it is the right one is T2's affair
            if seen.what.status != status or (rma and not told):
                truth = f"return request {key} is {status}" + (f" as {rma}" if rma else "")
                shows = f"the CRM shows {seen.what.status}" + ("" if told or not rma else " and no RMA")
                cause = [s for s in returns.authorizations.values() if s.what.return_request_id == key]
                self._differs(trail, outcome, f"return/{key}", truth, shows, *cause)

    def _status(self, trail: OrderTrail, outcome: Outcome) -> None:
        assert trail.order is not None
        expected = expected_status(trail)
        actual = trail.order.what.status
        if actual not in expected and not any(before.what.status in expected for before, _ in setbacks(trail)):
            shipments = list(trail.shipments.values())
            cause: list[Seen[Any]] = [*trail.sales_order_history[-1:], *shipments[-1:], *trail.milestones[-1:]]
            truth = f"the order is {' or '.join(sorted(expected))}"
            self._differs(trail, outcome, "status", truth, f"the CRM shows {actual}", *cause)

    def _parcels(self, trail: OrderTrail, outcome: Outcome, lost_parcels: set[str]) -> None:
        assert trail.order is not None
        shown: dict[str, str] = {parcel.tracking_number: parcel.milestone for parcel in trail.order.what.tracking}
        latest = trail.latest_milestones()
        amiss = {number: seen for number, seen in latest.items() if shown.get(number) != seen.what.code}
        went_back = milestone_setbacks(trail) if amiss else []
        overwritten = {(before.what.tracking_number, before.what.code) for _, _, before, _ in went_back}
        for number, seen in amiss.items():
            told = shown.get(number, "nothing of it")
            spoken_of = (number, seen.what.code) in overwritten or (number in lost_parcels and number not in shown)
            if not spoken_of and not _turned_away(trail, number):
                truth = f"parcel {number} is {seen.what.code}"
                self._differs(trail, outcome, f"parcel/{number}", truth, f"the CRM shows {told}", seen)
        of_others = {number for number in shown if trail.owners.get(number, trail.order_id) != trail.order_id}  # T1
        for number in sorted(shown.keys() - latest.keys() - trail.parcels() - of_others):
            truth = f"no parcel {number} left a warehouse for this order"
            self._differs(trail, outcome, f"parcel/{number}", truth, f"the CRM shows it as {shown[number]}")

    def _quantities(self, trail: OrderTrail, outcome: Outcome) -> None:
        """What became of each line, told at most once for each: what left is shown first."""
        assert trail.order is not None
        assert trail.sales_order is not None
        fallen_back = {later.what.line_id for _, later in quantity_setbacks(trail)}  # C3
        decided = {line.line_id: line for line in trail.sales_order.what.lines}
        for line in trail.order.what.lines:
            comparable = line.line_id in trail.lines_told and trail.wanted(line).uom == line.quantity.uom
            if line.line_id in fallen_back or not comparable:
                continue
            shipped, shown = trail.shipped(line.line_id), line.quantities.shipped.value
            if shown != shipped:
                truth = f"{shipped} of line {line.line_id} were shipped"
                cause = [
                    seen for seen in trail.shipments.values() if line.line_id in {p.line_id for p in seen.what.lines}
                ]
                self._differs(trail, outcome, f"shipped/{line.line_id}", truth, f"the CRM shows {shown}", *cause)
            elif line.line_id in decided and trail.sales_order.what.status is not SalesOrderStatus.CANCEL_PENDING:
                self._rest(trail, outcome, line, trail.sales_order, decided[line.line_id])

    def _rest(
        self, trail: OrderTrail, outcome: Outcome, line: OrderLine, by: Seen[SalesOrder], decided: SalesOrderLine
    ) -> None:
        """What waits for stock and what never comes, by the ERP's word."""
        for what, true, shown in (
            ("wait for stock", decided.backordered_quantity, line.quantities.backordered),
            ("will never be shipped", decided.cancelled_quantity, line.quantities.cancelled),
        ):
            if true.value != shown.value:
                truth = f"{true.value} of line {line.line_id} {what}"
                self._differs(trail, outcome, f"rest/{line.line_id}", truth, f"the CRM shows {shown.value}", by)
                return

    def _differs(
        self, trail: OrderTrail, outcome: Outcome, what: str, truth: str, shown: str, *cause: Seen[Any]
    ) -> None:
        told: list[Seen[Any]] = [*trail.statuses[-1:], *trail.milestones_shown[-1:]]
        last = max(told, key=lambda seen: seen.seq, default=None)
        by = cause[-1] if cause else None
        outcome.lacking(
            self.finding(
                trail,
                what,
                f"{truth}, but {shown}",
                expected=truth,
                actual=shown,
                because=[
                    f"By the ERP and the warehouses, {truth}" + (f" ({by.party}, journal {by.seq})." if by else "."),
                    f"After all has become quiet {shown}" + (f" (last told in {last.place})." if last else "."),
                    "They differ: C1 is broken.",
                ],
                evidence=[*cause, trail.order, last],
                consequence=truth_never_shown(trail, truth, shown, cause),
            )
        )


def _turned_away(trail: OrderTrail, number: str) -> bool:
    """Whether a fault had the CRM refuse the last word about a parcel for good, and a case tells people of it: whoever
    tells only the newest step has no other word to come.
    """
    told = (entry for entry in trail.entries if entry.kind == "invoke" and entry.name == TELL_PARCEL)
    words = [entry.seq for entry in told if entry_detail.text(entry, "path").endswith(f"/{number}")]
    answers = [entry for entry in trail.entries if words and entry.exchange == words[-1]]
    refused = any(each.kind == "fail" and entry_detail.text(each, "status") in FOR_GOOD for each in answers)
    struck = any(each.kind == "fault" for each in answers)
    return refused and struck and trail.open_case(CaseCategory.INTEGRATION_ERROR) is not None


def _unconfirmed_parcels(trail: OrderTrail) -> set[str]:
    return {
        package.tracking_number
        for shipment in trail.shipments.values()
        if not trail.confirmed(shipment)
        for package in shipment.what.packages
    }


def _disputed(trail: OrderTrail) -> bool:
    """Whether another invariant has found why ERP, warehouses and CRM can't agree on this order."""
    if any(trail.mistold(told) for told in trail.confirmations):
        return True  # Q1
    if all(trail.confirmed(shipment) for shipment in trail.shipments.values()):
        return False
    if trail.open_case(CaseCategory.INTEGRATION_ERROR) is None:
        return True  # E3, or E2 where the warehouse should never have had it
    # Somebody was told. That excuses the layer only where the ERP would not have it.
    return any(
        entry.name == "confirmShipment" and entry.kind == "fail" and entry_detail.text(entry, "status") in REFUSED
        for entry in trail.entries
    )


def expected_status(trail: OrderTrail) -> frozenset[OrderStatus]:
    """The statuses that would be true for customer service to see, from the ERP's order and the warehouses' facts."""
    assert trail.order is not None
    assert trail.sales_order is not None
    sales_order = trail.sales_order.what
    if not any(line.shipped_quantity.is_positive for seen in trail.shipments.values() for line in seen.what.lines):
        return UNSHIPPED.get(sales_order.status, frozenset(OrderStatus))
    cancelled = {line.line_id: line.cancelled_quantity.value for line in sales_order.lines}
    for line in trail.order.what.lines:
        left = trail.wanted(line).value - trail.shipped(line.line_id) - cancelled.get(line.line_id, Decimal(0))
        if left > 0:
            return frozenset({OrderStatus.PARTIALLY_SHIPPED, OrderStatus.BACKORDERED})
    return _by_parcels(trail)


def _by_parcels(trail: OrderTrail) -> frozenset[OrderStatus]:
    """Of an order of which nothing is open any more."""
    latest = trail.latest_milestones()
    parcels = trail.parcels() | latest.keys()
    codes = [latest[number].what.code if number in latest else MilestoneCode.LABEL_CREATED for number in parcels]
    if not codes:
        return frozenset({OrderStatus.SHIPPED})
    if all(code == MilestoneCode.DELIVERED for code in codes):
        return frozenset({OrderStatus.DELIVERED})
    if all(code == MilestoneCode.RETURNED for code in codes):
        return frozenset({OrderStatus.DELIVERY_FAILED, OrderStatus.RETURNED})
    if all(code in FAILED or code == MilestoneCode.DELIVERED for code in codes):
        return frozenset({OrderStatus.DELIVERY_FAILED})
    if any(seen.what.code in FAILED for seen in trail.milestones):
        # It failed before and is on its way again: a status never goes back, so both are true.
        return frozenset({OrderStatus.SHIPPED, OrderStatus.DELIVERY_FAILED})
    return frozenset({OrderStatus.SHIPPED})


def expected_return(trail: OrderTrail, request_id: str) -> tuple[ReturnRequestStatus, str | None] | None:
    """Status and RMA that would be true for customer service to see of a return request; None where nobody can tell, or
    others speak of why (E1, E2, E3, S2).
    """
    returns = trail.returns
    authorized = returns.of_request(request_id)
    if not authorized:
        nothing_came_of_it = refused_return(trail) and not returns.authorized
        return (ReturnRequestStatus.REJECTED, None) if nothing_came_of_it else None
    rma = authorized[0].what.rma_id
    came = [seen for seen in returns.receipts.values() if seen.what.rma_id == rma]
    booked = [seen for seen in returns.booked if seen.what.rma_id == rma]
    disputed = any(not returns.bookings(seen) for seen in came) or any(
        returns.receipt(seen.what.receipt_id, seen.what.warehouse_id) is None for seen in booked
    )
    status = RETURNED.get(returns.authorizations[rma].what.status)
    return None if len(authorized) > 1 or disputed or status is None else (status, rma)

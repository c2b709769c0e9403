"""E3: nothing that was accepted is lost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ...contracts.objects import (
    CaseCategory,
    FulfilmentStatus,
    InvoiceStatus,
    OrderStatus,
    SalesOrderStatus,
    Shipment,
)
from ...contracts.result import Finding
from .. import entry_detail
from ..complaints import Complaints
from ..consequences import nothing_lost as so
from ..invariant import Invariant, Outcome, Terms, invariant
from ..lanes import DECIDED
from ..ledgers import ACCOUNT, ADJUSTED, CHANGED_ITEM, SNAPSHOT, Place
from ..lost import Lost, lost_copies, lost_corrections, lost_returns, made_out, told_of, waits_behind
from ..master_data import CUSTOMER, ITEM, MasterRecord
from ..own_refusals import own_refusal
from ..seen import Seen
from ..spoilt import SpoiltDocument
from ..stock import Stock
from ..trail import OrderTrail, quantities
from .exactly_once import PER_ORDER

# What is missing of the ledgers → the event that was to bring it about.
TOLD_BY = {"correction": ADJUSTED, "count": SNAPSHOT, CUSTOMER: ACCOUNT, ITEM: CHANGED_ITEM}
STOPPED = frozenset({FulfilmentStatus.CANCELLED, FulfilmentStatus.CANCEL_REQUESTED})
STILL_CANCELLABLE = frozenset(
    {
        SalesOrderStatus.ACCEPTED,
        SalesOrderStatus.ON_HOLD,
        SalesOrderStatus.BACKORDERED,
        SalesOrderStatus.RELEASED,
        SalesOrderStatus.CANCEL_PENDING,
    }
)

IN_FILES = frozenset({"x12", "csv"})
REQUEST = "createFulfilmentRequest"


@invariant
class NothingLost(Invariant):
    """E3 — every order, release, shipment and cancellation has its effect by the deadline, and so has every return
    request, authorization and receipt, every correction and count of a warehouse, every customer and item; or an open
    case of category `integrationError` says why not (`orderRejected` for an order that the ERP would not take).

    Held against the layer is only what it could know: an event that a fault swallowed does not count, one that the
    layer refused does. A document that came and could not be used must be refused (by a 997 or TA1) or end in a case,
    so that somebody asks for it, also when it is sent again later. No case is an excuse where the ERP refused just what
    the layer made of an order: another currency, other items and lines than the order has, more than left or was
    accepted back, or a pack that the ERP's own item could have turned into base units; nor is a case about a file or
    an event for stock, customers and items of which it does not speak. What waits behind another order that can't get
    through is R3's affair. Example: a call fails, the error is logged and forgotten, and the customer waits for goods
    that no warehouse was asked to send.
    """

    id = "E3"
    title = "Nothing is lost"
    clause = "order-to-cash, steps 2, 4 and 6, Returns, Stock, Master data; target.yaml, deadlines.settle_within_s"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        if trail.order is None:
            return
        for lost in self.untold(trail, terms, outcome):
            if waits_behind(trail, lost) is None:
                outcome.lacking(self._lost(trail, lost))
        for spoilt in trail.spoilt.values():
            outcome.judged()
            if not told_of(trail, spoilt):
                outcome.lacking(self._untold(trail, spoilt))

    def untold(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> Iterator[Lost]:
        """What is missing, and no case tells anybody, or one tells of what the layer has brought about itself."""
        told = trail.open_case(CaseCategory.INTEGRATION_ERROR) is not None
        for lost in self.open_effects(trail, terms, outcome):
            rejected = lost.key == "order" and trail.open_case(CaseCategory.ORDER_REJECTED) is not None
            if not told and not rejected:
                yield lost
            elif own := own_refusal(trail, lost.key):
                yield lost._replace(own=own)

    def open_effects(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> Iterator[Lost]:
        """All that is missing, whether somebody was told or not."""
        yield from self._order(trail, outcome)
        yield from self._releases(trail, outcome)
        yield from self._shipments(trail, terms, outcome)
        yield from self._cancellation(trail, outcome)
        for lost in lost_returns(trail):
            outcome.judged()
            if lost is not None:
                yield lost

    def stock(self, place: Place, stock: Stock, terms: Terms, outcome: Outcome) -> None:
        warehouse, sku = place
        self._of_ledgers(f"{sku} at {warehouse}", sku, lost_corrections(place, stock), stock.complaints, outcome)

    def record(self, record: MasterRecord, terms: Terms, outcome: Outcome) -> None:
        copies = lost_copies(record, terms.item_places)
        self._of_ledgers(f"{record.kind} {record.key}", record.key, copies, record.complaints, outcome)

    def _of_ledgers(
        self, about: str, name: str, effects: Iterator[Lost | None], complaints: Complaints, outcome: Outcome
    ) -> None:
        """What belongs to no order: a case that names none may tell people of it."""
        for lost in effects:
            outcome.judged()
            if lost is None:
                continue
            kind, key, *_ = lost.key.split("/")
            if not complaints.speak_of(TOLD_BY[kind], name, *([key] if kind == "correction" else ())):
                key = lost.key.replace(" ", "/")
                outcome.lacking(self._lost(None, lost._replace(key=key, missing=f"{about}: {lost.missing}")))

    def _order(self, trail: OrderTrail, outcome: Outcome) -> Iterator[Lost]:
        order, placed = trail.order, trail.placed
        if order is None or placed is None or not trail.heard("crossdock.order.submitted.v1", trail.order_id):
            return
        outcome.judged()
        called_off = trail.cancel_requested is not None and order.what.status == OrderStatus.CANCELLED
        if not trail.sales_orders and not called_off:
            yield Lost("order", "no sales order in the ERP", placed, so.nobody_works(trail, placed))

    def _releases(self, trail: OrderTrail, outcome: Outcome) -> Iterator[Lost]:
        own = trail.sales_order
        newest = {seen.what.fulfilment_id: seen for seen in trail.releases}
        for fulfilment_id, seen in newest.items():
            erp = trail.fulfilments.get(fulfilment_id)
            doubled = own is not None and trail.doubled and seen.what.sales_order_id != own.what.sales_order_id
            if doubled or (erp is not None and erp.what.status in STOPPED):
                continue
            if not trail.heard("crossdock.fulfilment.released.v1", fulfilment_id):
                continue
            outcome.judged()
            if not trail.live_requests(fulfilment_id) and not _refused_in_silence(trail):
                missing = f"no request for {fulfilment_id} at {seen.what.warehouse_id}"
                yield Lost(f"release/{fulfilment_id}", missing, seen, so.never_sent(trail, seen))

    def _shipments(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> Iterator[Lost]:
        for (party, shipment_id), seen in trail.shipments.items():
            # What left because of a doubled or uncalled-for request is E1's and E2's affair: the ERP can't take it.
            if seen.what.fulfilment_id in trail.doubled_fulfilments or not trail.called_for(seen):
                continue
            if not trail.heard("crossdock.shipment.shipped.v1", shipment_id):
                continue
            outcome.judged()
            if not trail.confirmed(seen):
                missing = f"{party}'s shipment {shipment_id} was not confirmed to the ERP"
                yield Lost(f"shipment/{shipment_id}", missing, seen, so.never_booked(trail, seen))
            elif terms.billing != PER_ORDER and self._unbilled(trail, seen):
                missing = f"shipment {shipment_id} was not billed"
                yield Lost(f"bill/{shipment_id}", missing, seen, so.never_billed(trail, [seen]))
        sales_order = trail.sales_order
        if terms.billing == PER_ORDER and sales_order is not None and trail.confirmations:
            outcome.judged()
            if sales_order.what.status == SalesOrderStatus.SHIPPED and not _invoices(trail):
                gone = so.order_never_billed(trail, sales_order)
                yield Lost("bill", "the shipped order was not billed", sales_order, gone)

    def _unbilled(self, trail: OrderTrail, shipment: Seen[Shipment]) -> bool:
        """Whether no invoice names the shipment, and its goods are on none that names another (that is M1's affair)."""
        invoices = _invoices(trail)
        if any(shipment.what.shipment_id in seen.what.shipment_ids for seen in invoices):
            return False
        for line_id in quantities(shipment.what.lines):
            parts = (part for seen in invoices for part in seen.what.lines if part.line_id == line_id)
            if sum((part.quantity.value for part in parts), Decimal(0)) < trail.shipped(line_id):
                return True
        return False

    def _cancellation(self, trail: OrderTrail, outcome: Outcome) -> Iterator[Lost]:
        asked = trail.cancel_requested
        if asked is not None and trail.heard("crossdock.order.cancel-requested.v1", trail.order_id):
            outcome.judged()
            if self._could_be_cancelled(trail, asked.seq) and not self._erp_was_asked(trail):
                gone = so.never_called_off(trail, asked)
                yield Lost("cancel", "the ERP was never asked to cancel", asked, gone)
        for fulfilment_id, seen in trail.fulfilments.items():
            if seen.what.status != FulfilmentStatus.CANCEL_REQUESTED:
                continue
            if trail.heard("crossdock.fulfilment.cancel-requested.v1", fulfilment_id):
                outcome.judged()
                missing = f"the ERP was never told whether {fulfilment_id} could still be cancelled"
                yield Lost(f"cancel/{fulfilment_id}", missing, seen, so.never_answered(trail, seen))

    def _could_be_cancelled(self, trail: OrderTrail, seq: int) -> bool:
        """Whether the wish came in time: nothing had left, and the ERP's order, if any, was still open."""
        if not trail.sales_orders or any(seen.seq < seq for seen in trail.shipments.values()):
            return False
        known = [seen for seen in trail.sales_order_history if seen.seq < seq]
        return not known or known[-1].what.status in STILL_CANCELLABLE

    def _erp_was_asked(self, trail: OrderTrail) -> bool:
        return any(
            entry.name == "cancelSalesOrder"
            and (
                entry.kind in ("ok", "info", "commit")
                or (entry.kind == "fail" and entry_detail.text(entry, "status") in DECIDED)
            )
            for entry in trail.entries
        )

    def _untold(self, trail: OrderTrail, spoilt: SpoiltDocument) -> Finding:
        missing = f"{spoilt.party}'s {spoilt.name} could not be used, and nobody was told"
        again = f"{spoilt.party} told the same again later (journal {spoilt.again})."
        booked = made_out(trail, spoilt)
        acted = [] if booked is None else [f"The layer acted upon it all the same ({booked.place})."]
        return self.finding(
            trail,
            f"document/{spoilt.name}",
            missing,
            expected="a 997 or TA1 that refuses it, or a case that tells somebody",
            actual="neither",
            because=[
                f"{spoilt.fault} spoilt {spoilt.name} on its way out of {spoilt.party} (journal {spoilt.seq}).",
                *acted,
                *([again] if spoilt.again else []),
                "The layer neither refused it nor opened a case of category integrationError: E3 is broken.",
            ],
            evidence=[spoilt.seq, booked, spoilt.again],
            consequence=so.never_read(trail, spoilt),
        )

    def _lost(self, trail: OrderTrail | None, lost: Lost) -> Finding:
        troubles = trail.troubles[:5] if trail else []
        outages = trail.outages if trail else {}
        told, why = "no open case", "No case in the CRM tells anybody"
        if lost.own is not None:
            told = "people have a case about what the layer did itself"
            why = f"The ERP refused what the layer made of it: {lost.own.doing} (exchange {lost.own.exchange})"
        return self.finding(
            trail,
            lost.key,
            lost.missing,
            expected="the effect, or an open case that tells somebody",
            actual=f"{lost.missing}, and {told}",
            because=[
                f"{lost.cause.party} made it known at {lost.cause.at:%Y-%m-%d %H:%M} (journal {lost.cause.seq}).",
                *(_went_wrong(trail, number) for number in troubles if trail),
                *(f"{party} was down (journal {seq})." for seq, party in outages.items()),
                f"By the deadline: {lost.missing}. {why}: E3 is broken.",
            ],
            evidence=[lost.cause, *troubles, *outages],
            consequence=lost.consequence,
        )


def _went_wrong(trail: OrderTrail, number: int) -> str:
    """What went wrong in an exchange about the order, or beside one, in a sentence."""
    entries = [entry for entry in trail.entries if number in (entry.seq, entry.exchange)]
    fault = next((entry for entry in entries if entry.kind == "fault"), None)
    end = next((entry for entry in entries if entry.kind in ("fail", "info")), None)
    if fault is not None:
        how = entry_detail.text(fault, "how") or entry_detail.text(fault, "operation") or (end.name if end else "")
        words = f"The fault {fault.name} struck at {fault.party}" + (f": {how}" if how else "")
    elif end is not None:
        status = entry_detail.text(end, "status")
        words = (
            f"{end.party} answered {end.name} with {status}" if status else f"{end.name} at {end.party} had no answer"
        )
    else:
        words = "Something went wrong about this order"
    return f"{words} (journal {number})."


def _refused_in_silence(trail: OrderTrail) -> bool:
    """Whether the warehouse did not carry out the last request in a file, and the file that says so was lost."""
    refused = [
        entry.seq
        for entry in trail.entries
        if entry.kind == "fail" and entry.channel in IN_FILES and entry.name == REQUEST
    ]
    return bool(refused) and any(seq > refused[-1] for seq in trail.unanswered)


def _invoices(trail: OrderTrail) -> list[Seen[Any]]:
    return [seen for seen in trail.invoices.values() if seen.what.status != InvoiceStatus.CANCELLED]

"""From the journal's commits to transactions: what was made known and waits for its effect, and what has had it.

Only what the layer's own calls bring about counts as an effect; where people were quicker, nothing is measured. What is
open is all that is kept, so memory does not grow with the run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ..contracts.objects import (
    AnnouncedReturn,
    CloudEvent,
    CreditMemo,
    Customer,
    Fulfilment,
    FulfilmentStatus,
    InventoryAdjustment,
    InventoryMovement,
    InventorySnapshot,
    Invoice,
    Order,
    Product,
    ReturnAuthorization,
    ReturnReceipt,
    SalesOrder,
    SalesOrderStatus,
    Shipment,
    StockCount,
    StockPart,
    TrackingMilestone,
)
from ..simulators.journal import Entry
from ..simulators.world import ERP, ERPS
from . import entry_detail
from .lanes import DECIDED
from .returns import ACCEPTED
from .transaction import Moment, Transaction

CALLS = frozenset({"http", "x12", "csv", "queue"})  # how the layer asks for something
CRM = "crm"
STOPPED = frozenset({FulfilmentStatus.CANCELLED, FulfilmentStatus.CANCEL_REQUESTED})
CALLED_OFF = frozenset({SalesOrderStatus.CANCELLED, SalesOrderStatus.CANCEL_PENDING})
# The operations by which a party says that there is nothing to be done, and what they are about.
DECLINES = {"cancelSalesOrder": "cancellation", "createReturn": "return"}
CUSTOMER_TOLD = frozenset({"createCustomer", "updateCustomer"})

Key = tuple[str, str]
"""Workflow and what it is about."""


class Open(msgspec.Struct, gc=False):
    """What waits for its effect at `party`. `says` is what that must show, where several may be on their way."""

    source: str
    party: str
    order_id: str
    began: Moment
    event_id: str
    says: str = ""
    disturbed: bool = False


class About(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """Where the effect of an event is to come about, by the event's data."""

    warehouse_id: str = ""


class Transactions:
    """Fed by the fold. `listeners` hear of each transaction that is done, and of each that begins or falls away."""

    def __init__(self) -> None:
        self.open: dict[Key, Open] = {}
        self.done_listeners: list[Callable[[Transaction], None]] = []
        self.begun_listeners: list[Callable[[str, Entry], None]] = []
        self.dropped_listeners: list[Callable[[str, Entry], None]] = []
        self._of_order: dict[str, set[Key]] = {}
        self._of_event: dict[str, Key] = {}
        self._down: set[str] = set()

    def announced(self, entry: Entry, event: CloudEvent, order_id: str) -> None:
        """An event: what it makes known waits for its effect from now on."""
        known = _CAUSES.get(event.type)
        if known is None:
            return
        workflow, party = known
        key, says = event.subject, ""
        if party == "":
            party = msgspec.json.decode(event.data, type=About).warehouse_id
        if workflow == "tracking":
            says = str(msgspec.json.decode(event.data, type=TrackingMilestone).code)
        elif workflow == "confirmation":
            key = f"{entry.party}/{key}"
        elif workflow == "correction" and not _books(event):
            return
        elif workflow == "count":
            key, says = entry.party, msgspec.json.decode(event.data, type=InventorySnapshot).snapshot_id
        self._begin(entry, (workflow, key), party, order_id, event.id, says)

    def recorded(self, entry: Entry, record: Any) -> None:
        """A record that a commit wrote."""
        effect = _EFFECTS.get(type(record))
        if effect is not None:
            effect(self, entry, record)

    def swallowed(self, event_id: str, entry: Entry) -> None:
        """A fault keeps an event from the layer: nothing is to be expected of it."""
        key = self._of_event.get(event_id)
        if key is not None:
            self._drop(entry, key)

    def troubled(self, order_id: str) -> None:
        """A fault struck a message of the order."""
        for key in self._of_order.get(order_id, ()):
            self.open[key].disturbed = True

    def reached(self, party: str, reachable: bool) -> None:
        """A party, or the layer, went down or came back."""
        self._down.discard(party) if reachable else self._down.add(party)
        for each in self.open.values():
            each.disturbed = True

    def declined(self, entry: Entry) -> None:
        """A call of the layer failed: where the party has decided, the layer's part is done."""
        workflow = DECLINES.get(entry.name)
        if workflow is not None and entry.party in ERPS and entry_detail.text(entry, "status") in DECIDED:
            for key in [key for key in self._of_order.get(entry.order_id, ()) if key[0] == workflow]:
                self._end(entry, key)

    def told_at(self, order_id: str, workflow: str) -> int:
        """Where the journal has the oldest cause of an order that waits for its effect in a workflow; 0 without one."""
        keys = (key for key in self._of_order.get(order_id, ()) if key[0] == workflow)
        return min((self.open[key].began.seq for key in keys), default=0)

    def _begin(self, entry: Entry, key: Key, party: str, order_id: str, event_id: str, says: str = "") -> None:
        known = self.open.get(key)
        if known is not None:
            if says and says == known.says:
                return  # another part of the same
            self._drop(entry, key)  # newer news of the same thing: the older need not be told any more
        self.open[key] = Open(entry.party, party, order_id, Moment.of(entry), event_id, says, bool(self._down))
        if order_id:
            self._of_order.setdefault(order_id, set()).add(key)
        if event_id:
            self._of_event[event_id] = key
        for listener in self.begun_listeners:
            listener(key[0], entry)

    def _end(self, entry: Entry, key: Key, says: str = "", party: str = "") -> bool:
        """The effect is there; False when nothing waited for it."""
        known = self.open.get(key)
        if known is None or says != known.says or party not in ("", known.party):
            return False
        if entry.channel not in CALLS:
            self._drop(entry, key)
            return False
        self._forget(key, known)
        done = Transaction(
            *key, known.source, entry.party, known.order_id, known.began, Moment.of(entry), known.disturbed
        )
        for listener in self.done_listeners:
            listener(done)
        return True

    def _drop(self, entry: Entry, key: Key) -> None:
        known = self.open.get(key)
        if known is not None:
            self._forget(key, known)
            for listener in self.dropped_listeners:
                listener(key[0], entry)

    def _forget(self, key: Key, known: Open) -> None:
        del self.open[key]
        self._of_event.pop(known.event_id, None)
        of_order = self._of_order.get(known.order_id)
        if of_order is not None:
            of_order.discard(key)
            if not of_order:
                del self._of_order[known.order_id]

    def _sales_order(self, entry: Entry, order: SalesOrder) -> None:
        self._end(entry, ("intake", order.external_reference))
        if order.status in CALLED_OFF:
            self._end(entry, ("cancellation", order.external_reference))

    def _fulfilment(self, entry: Entry, fulfilment: Fulfilment) -> None:
        key = ("release", fulfilment.fulfilment_id)
        if entry.party == fulfilment.warehouse_id:
            self._end(entry, key, party=entry.party)
        elif fulfilment.status in STOPPED:
            self._drop(entry, key)

    def _shipment(self, entry: Entry, shipment: Shipment) -> None:
        if entry.party == shipment.warehouse_id:
            return
        booked = self._end(entry, ("confirmation", f"{shipment.warehouse_id}/{shipment.shipment_id}"))
        if booked and any(line.shipped_quantity.value for line in shipment.lines):
            self._begin(entry, ("billing", shipment.shipment_id), ERP, shipment.order_id, "")

    def _invoice(self, entry: Entry, invoice: Invoice) -> None:
        for shipment_id in invoice.shipment_ids:
            self._end(entry, ("billing", shipment_id))

    def _order(self, entry: Entry, order: Order) -> None:
        for parcel in order.tracking:
            self._end(entry, ("tracking", parcel.tracking_number), str(parcel.milestone))

    def _authorization(self, entry: Entry, authorization: ReturnAuthorization) -> None:
        if authorization.return_request_id is not None:
            self._end(entry, ("return", authorization.return_request_id))

    def _announcement(self, entry: Entry, announced: AnnouncedReturn) -> None:
        self._end(entry, ("announcement", announced.rma_id))

    def _receipt(self, entry: Entry, receipt: ReturnReceipt) -> None:
        if entry.party == receipt.warehouse_id:
            return
        booked = self._end(entry, ("receipt", receipt.receipt_id))
        if booked and any(line.condition in ACCEPTED for line in receipt.lines):
            order_id = receipt.order_id or ""
            self._begin(entry, ("credit", receipt.receipt_id), ERP, order_id, "")

    def _credit(self, entry: Entry, memo: CreditMemo) -> None:
        for receipt_id in memo.receipt_ids:
            self._end(entry, ("credit", receipt_id))

    def _movement(self, entry: Entry, movement: InventoryMovement) -> None:
        if movement.reference is not None:
            self._end(entry, ("correction", movement.reference))

    def _count(self, entry: Entry, count: StockCount) -> None:
        self._end(entry, ("count", count.warehouse_id), count.snapshot_id)

    def _customer(self, entry: Entry, customer: Customer) -> None:
        # With each order the ERP writes down what the customer owes: that is no news of the customer.
        if customer.account_id is not None and entry.name in CUSTOMER_TOLD:
            self._end(entry, ("customer", customer.account_id))

    def _product(self, entry: Entry, product: Product) -> None:
        self._end(entry, ("item", product.sku))


def _books(event: CloudEvent) -> bool:
    """Whether a correction concerns the book."""
    return msgspec.json.decode(event.data, type=InventoryAdjustment).part == StockPart.AVAILABLE


# Event type → the workflow that it begins, and where the effect is to come about; "" where the data says it.
_CAUSES = {
    "crossdock.order.submitted.v1": ("intake", ERP),
    "crossdock.fulfilment.released.v1": ("release", ""),
    "crossdock.shipment.shipped.v1": ("confirmation", ERP),
    "crossdock.tracking.milestone.v1": ("tracking", CRM),
    "crossdock.order.cancel-requested.v1": ("cancellation", ERP),
    "crossdock.return.requested.v1": ("return", ERP),
    "crossdock.return.authorized.v1": ("announcement", ""),
    "crossdock.return.received.v1": ("receipt", ERP),
    "crossdock.inventory.adjusted.v1": ("correction", ERP),
    "crossdock.inventory.snapshot.v1": ("count", ERP),
    "crossdock.account.changed.v1": ("customer", ERP),
    "crossdock.item.changed.v1": ("item", CRM),
}
_EFFECTS: dict[type, Callable[[Transactions, Entry, Any], None]] = {
    SalesOrder: Transactions._sales_order,
    Fulfilment: Transactions._fulfilment,
    Shipment: Transactions._shipment,
    Invoice: Transactions._invoice,
    Order: Transactions._order,
    ReturnAuthorization: Transactions._authorization,
    AnnouncedReturn: Transactions._announcement,
    ReturnReceipt: Transactions._receipt,
    CreditMemo: Transactions._credit,
    InventoryMovement: Transactions._movement,
    StockCount: Transactions._count,
    Customer: Transactions._customer,
    Product: Transactions._product,
}

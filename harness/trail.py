"""What is known of one order: every effect that the journal shows, from every party, in order.

A trail is evidence, not opinion: facts the parties committed to (`Seen` with the journal number that proves it). The
warehouses' own shipments and milestones are the truth that everybody else is measured by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

import msgspec

from ..contracts.objects import (
    Carrier,
    Case,
    CaseCategory,
    Fulfilment,
    FulfilmentRequest,
    FulfilmentStatus,
    Invoice,
    MilestoneCode,
    Order,
    OrderLine,
    OrderStatus,
    OrderTracking,
    Quantity,
    SalesOrder,
    SalesOrderStatus,
    Shipment,
    ShipmentConfirmation,
    ShipmentLine,
    TrackingMilestone,
)
from ..scenarios.erp_table import ErpTable
from ..simulators.journal import Entry
from ..simulators.world import ERP
from .complaints import CASE_OVER, Complaints
from .conduct import Conduct
from .lanes import Lanes
from .returns import Returns
from .seen import Seen
from .set_aside import SetAside
from .spoilt import SpoiltDocument
from .transaction import Transaction

__all__ = ["MilestoneShown", "OrderTrail", "QuantityShown", "Seen", "StatusShown"]

FAILED = frozenset({MilestoneCode.EXCEPTION, MilestoneCode.RETURNING, MilestoneCode.RETURNED, MilestoneCode.LOST})
Owners: TypeAlias = dict[str, str]
"""Tracking number of a parcel → the CRM order for which it left."""
NO_EFFECT = frozenset({SalesOrderStatus.REJECTED, SalesOrderStatus.CANCELLED})


class StatusShown(msgspec.Struct, frozen=True, gc=False):
    """What customer service was shown as the order's status."""

    status: OrderStatus
    as_of: datetime | None


class MilestoneShown(msgspec.Struct, frozen=True, gc=False):
    """What customer service was shown of a parcel; `carrier` None: nothing."""

    tracking_number: str
    code: MilestoneCode
    occurred_at: datetime
    shipment_id: str
    carrier: Carrier | None
    warehouse_id: str | None = None

    @classmethod
    def of(cls, parcel: OrderTracking) -> MilestoneShown:
        return cls(
            parcel.tracking_number,
            parcel.milestone,
            parcel.occurred_at,
            parcel.shipment_id,
            parcel.carrier,
            parcel.warehouse_id,
        )


class QuantityShown(msgspec.Struct, frozen=True, gc=False):
    """How much customer service was shown to have been shipped of a line."""

    line_id: str
    shipped: Decimal


@dataclass(slots=True)
class OrderTrail:
    """All that happened about one CRM order.

    `lanes` are those of all orders. Requests and shipments are keyed by (warehouse, the warehouse's own key). `placed`,
    `requested` and `cases_opened` keep the first version of a record, with the exchange that made it; `order`,
    `requests` and `cases` the latest.
    """

    order_id: str
    returns: Returns
    lanes: Lanes
    placed: Seen[Order] | None = None
    order: Seen[Order] | None = None
    correlation: str = ""
    cancel_requested: Seen[Order] | None = None
    statuses: list[Seen[StatusShown]] = field(default_factory=list)
    milestones_shown: list[Seen[MilestoneShown]] = field(default_factory=list)
    quantities_shown: list[Seen[QuantityShown]] = field(default_factory=list)
    sales_orders: dict[str, Seen[SalesOrder]] = field(default_factory=dict)
    sales_order_history: list[Seen[SalesOrder]] = field(default_factory=list)
    fulfilments: dict[str, Seen[Fulfilment]] = field(default_factory=dict)
    releases: list[Seen[FulfilmentRequest]] = field(default_factory=list)
    requests: dict[tuple[str, str], Seen[Fulfilment]] = field(default_factory=dict)
    requested: dict[tuple[str, str], Seen[Fulfilment]] = field(default_factory=dict)
    shipments: dict[tuple[str, str], Seen[Shipment]] = field(default_factory=dict)
    confirmations: list[Seen[ShipmentConfirmation]] = field(default_factory=list)
    invoices: dict[str, Seen[Invoice]] = field(default_factory=dict)
    cases: dict[str, Seen[Case]] = field(default_factory=dict)
    cases_opened: dict[str, Seen[Case]] = field(default_factory=dict)
    milestones: list[Seen[TrackingMilestone]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    troubles: list[int] = field(default_factory=list)
    """Exchanges of this order that a fault struck or that were answered with an error, each once; a look-up that found
    nothing is no trouble."""
    outages: dict[int, str] = field(default_factory=dict)
    """Journal number of an outage while this order was under way → the party that was down."""
    outage_entries: list[Entry] = field(default_factory=list)
    """By which parties went down, and by which they came back."""
    operations: list[Entry] = field(default_factory=list)
    """What came of operations that were asked of the layer about this order."""
    unheard: set[str] = field(default_factory=set)
    """Ids of events that a fault swallowed: what the layer can't have known by push."""
    events: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Id → (event type, subject) of every event about this order."""
    spoilt: dict[str, SpoiltDocument] = field(default_factory=dict)
    """By the id of the event that it was to tell."""
    complaints: Complaints = field(default_factory=Complaints)
    """The cases that name no order, of the whole world."""
    set_aside: dict[str, SetAside] = field(default_factory=dict)
    """What the layer lists of it as dead letters, by their ids."""
    unanswered: list[int] = field(default_factory=list)
    """Faults that swallowed for good what a partner's file said to the layer's own files about the order."""
    lines_told: set[str] = field(default_factory=set)
    """Lines whose quantities the layer has told the CRM at least once; it is free not to."""
    withdrawn: dict[str, Seen[Fulfilment]] = field(default_factory=dict)
    """Fulfilment id → when the ERP cancelled it."""
    transactions: list[Transaction] = field(default_factory=list)
    """What was made known of it and has had its effect, in order of the effects."""
    origins: set[str] = field(default_factory=set)
    """Correlation ids that the parties themselves gave to events of this order."""
    garbled: dict[str, Seen[str]] = field(default_factory=dict)
    """Id of an event → the delivery in which the layer acknowledged something else that came in its place."""
    refused_garbled: int = 0
    """How many such deliveries the layer refused."""
    past_poison: int = 0
    """How many of its calls got through after one of another order could not."""
    conduct: Conduct = field(default_factory=Conduct)
    owners: Owners = field(default_factory=dict)
    """Shared by all orders: whose every parcel is."""
    erps: ErpTable = field(default_factory=ErpTable)
    """Shared by all orders: by which ERP a region's orders are booked, as the layer was told."""

    def met(self, outage: Entry) -> None:
        """A party went down, or came back, while this order was under way."""
        if outage.detail["reachable"] is False:
            self.outages[outage.seq] = outage.party
        self.entries.append(outage)
        self.outage_entries.append(outage)

    @property
    def live_sales_orders(self) -> dict[str, Seen[SalesOrder]]:
        """Those that have an effect: neither rejected nor cancelled."""
        return {key: seen for key, seen in self.sales_orders.items() if seen.what.status not in NO_EFFECT}

    @property
    def sales_order(self) -> Seen[SalesOrder] | None:
        """The ERP's order for this one: the first that was not rejected or cancelled, else the latest."""
        seen = None
        for seen in self.sales_orders.values():
            if seen.what.status not in NO_EFFECT:
                break
        return seen

    @property
    def rightful_erps(self) -> tuple[str, ...]:
        """The ERPs in which it may be booked, by where it goes and when it was placed."""
        if self.placed is None or not self.erps:
            return (ERP,)
        return self.erps.rightful(self.placed.what.ship_to.region or "", self.placed.what.created_at)

    @property
    def erp(self) -> str:
        """The ERP that has booked it; while none has, one that should."""
        booked = self.sales_order
        return booked.party if booked is not None else self.rightful_erps[0]

    def wanted(self, line: OrderLine) -> Quantity:
        """How much of a line was ordered, in the unit that ERP and warehouses count it in. Where that is another unit
        than the customer's, the ERP's word is taken for it: whether it was converted well is not judged here.
        """
        taken = self.sales_order
        for other in taken.what.lines if taken else ():
            if other.line_id == line.line_id and other.quantity.uom != line.quantity.uom:
                return other.quantity
        return line.quantity

    def live_requests(self, fulfilment_id: str) -> dict[tuple[str, str], Seen[Fulfilment]]:
        """What the warehouses accepted for a fulfilment and did not cancel."""
        return {
            key: seen
            for key, seen in self.requests.items()
            if seen.what.fulfilment_id == fulfilment_id and seen.what.status != FulfilmentStatus.CANCELLED
        }

    @property
    def doubled_fulfilments(self) -> set[str]:
        """Fulfilments that the warehouses have more than once: E1 speaks of them."""
        if len(self.requests) < 2:
            return set()
        live = Counter(
            seen.what.fulfilment_id for seen in self.requests.values() if seen.what.status != FulfilmentStatus.CANCELLED
        )
        return {fulfilment_id for fulfilment_id, count in live.items() if count > 1}

    @property
    def doubled(self) -> bool:
        """Whether the order itself, or a part of it, is carried out more than once, as E1 says."""
        twice = len(self.sales_orders) > 1 and len(self.live_sales_orders) > 1
        return twice or bool(self.doubled_fulfilments)

    def shipment(self, shipment_id: str, warehouse: str = "") -> Seen[Shipment] | None:
        """The shipment of this id, of one warehouse or of whichever made it."""
        return next(
            (seen for (party, key), seen in self.shipments.items() if key == shipment_id and warehouse in ("", party)),
            None,
        )

    def confirmed(self, shipment: Seen[Shipment]) -> list[Seen[ShipmentConfirmation]]:
        """What the ERP booked of a shipment: one confirmation, if all is well."""
        key = (shipment.party, shipment.what.shipment_id)
        return [seen for seen in self.confirmations if (seen.what.warehouse_id, seen.what.shipment_id) == key]

    def called_for(self, made: Seen[Shipment] | Seen[Fulfilment]) -> bool:
        """Whether the ERP had released the fulfilment to the warehouse that was asked or that shipped, and had not
        cancelled it before that warehouse was asked; if not, E2 speaks.
        """
        party, fulfilment_id = made.party, made.what.fulfilment_id
        end = self.withdrawn.get(fulfilment_id)
        asked = [
            seen for seen in self.requested.values() if (seen.party, seen.what.fulfilment_id) == (party, fulfilment_id)
        ]
        too_late = end is not None and any(seen.seq > end.seq for seen in asked)
        released = {(seen.what.warehouse_id, seen.what.fulfilment_id) for seen in self.releases}
        return not too_late and (party, fulfilment_id) in released

    def mistold(self, told: Seen[ShipmentConfirmation]) -> bool:
        """Whether a confirmation says otherwise than the warehouse's shipment, as Q1 says."""
        shipment = self.shipment(told.what.shipment_id, told.what.warehouse_id)
        return shipment is not None and quantities(told.what.lines) != quantities(shipment.what.lines)

    def shipped(self, line_id: str, before: int | None = None) -> Decimal:
        """What really left all warehouses of a line; with `before` only what had left by that journal number."""
        return sum(
            (
                line.shipped_quantity.value
                for seen in self.shipments.values()
                if before is None or seen.seq < before
                for line in seen.what.lines
                if line.line_id == line_id
            ),
            Decimal(0),
        )

    def latest_milestones(self) -> dict[str, Seen[TrackingMilestone]]:
        """Tracking number → what really happened to the parcel last."""
        latest: dict[str, Seen[TrackingMilestone]] = {}
        for seen in self.milestones:
            known = latest.get(seen.what.tracking_number)
            if known is None or seen.what.sequence > known.what.sequence:
                latest[seen.what.tracking_number] = seen
        return latest

    def parcels(self, before: int | None = None) -> set[str]:
        """Tracking numbers of all that left, or of what had left by that journal number."""
        return {
            package.tracking_number
            for seen in self.shipments.values()
            if before is None or seen.seq < before
            for package in seen.what.packages
        }

    def heard(self, event_type: str, subject: str) -> bool:
        """Whether the layer could know of what was announced so: no fault swallowed the event, or made it unusable."""
        told = (event_type, subject)
        return all(self.events.get(event_id) != told for event_id in (*self.unheard, *self.garbled))

    @property
    def disturbed(self) -> bool:
        """Whether anything went wrong with a message of this order, or with a party while it was under way."""
        return bool(self.troubles or self.outages)

    def open_case(self, *categories: CaseCategory) -> Seen[Case] | None:
        """A case about this order that is not closed, of one of these categories (of any, without), if there is one."""
        return next(
            (
                seen
                for seen in self.cases.values()
                if seen.what.status not in CASE_OVER and (not categories or seen.what.category in categories)
            ),
            None,
        )


def quantities(lines: Iterable[ShipmentLine]) -> dict[str, Decimal]:
    """Line → shipped quantity, without lines of which nothing was shipped."""
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.shipped_quantity.value:
            found[line.line_id] = found.get(line.line_id, Decimal(0)) + line.shipped_quantity.value
    return found

"""What the layer reads of the parties' documents (fields that it only passes on stay in the raw event), and what it
knows of an order.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import msgspec

Id = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9._-]{1,40}$")]
Time = Annotated[datetime, msgspec.Meta(tz=True)]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A CloudEvent in structured mode, with the extensions that every party sends."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    source: str
    type: Annotated[str, msgspec.Meta(min_length=1)]
    subject: str = ""
    sequence: int = 0
    correlationid: str = ""
    traceparent: str = ""
    data: dict[str, Any]


class Document(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Unknown fields are ignored: a party may add some."""


class Quantity(Document, frozen=True):
    value: Decimal
    uom: str


class Place(Document, frozen=True):
    country: str
    region: str = ""


class Line(Document, frozen=True):
    line_id: Id
    sku: Id
    quantity: Quantity


class Shipped(Document, frozen=True):
    """What is to go where."""

    order_id: Id
    ship_to: Place
    service_level: str
    lines: list[Line]


class Order(Shipped, frozen=True):
    """As the CRM submits it; `created_at` is when it was placed."""

    created_at: datetime


class Fulfilment(Shipped, frozen=True):
    """As the ERP releases it, or asks for its cancellation."""

    fulfilment_id: Id
    revision: int
    warehouse_id: Id


class Reason(Document, frozen=True):
    """Of a rejection, or of a hold."""

    detail: str
    kind: str = ""


class SalesOrderLine(Document, frozen=True):
    line_id: Id
    quantity: Quantity
    shipped_quantity: Quantity
    backordered_quantity: Quantity
    cancelled_quantity: Quantity
    returned_quantity: Quantity


class SalesOrder(Document, frozen=True):
    sales_order_id: Id
    external_reference: Id
    status: str
    version: int
    updated_at: Time
    lines: list[SalesOrderLine]
    holds: list[Reason] = []
    rejection_reasons: list[Reason] = []


class Package(Document, frozen=True):
    tracking_number: Id


class ShipmentLine(Document, frozen=True):
    line_id: Id
    ordered_quantity: Quantity
    shipped_quantity: Quantity
    difference_quantity: Quantity


class Shipment(Document, frozen=True):
    shipment_id: Id
    fulfilment_id: Id
    packages: list[Package]
    lines: list[ShipmentLine]
    final: bool


class Milestone(Document, frozen=True):
    tracking_number: Id
    order_id: Id
    code: str
    occurred_at: Time
    sequence: int


class ReturnLine(Document, frozen=True):
    line_id: Id
    sku: Id
    quantity: Quantity


class ReturnRequest(Document, frozen=True):
    """As the CRM submits it."""

    return_request_id: Id
    lines: list[ReturnLine]


class Authorization(Document, frozen=True):
    """A return as the ERP authorizes it."""

    rma_id: Id
    warehouse_id: Id
    lines: list[ReturnLine]
    status: str
    return_request_id: str = ""


class ReceivedLine(ReturnLine, frozen=True):
    condition: str
    disposition: str


class Receipt(Document, frozen=True):
    """Returned goods as a warehouse received and inspected them."""

    receipt_id: Id
    rma_id: Id
    lines: list[ReceivedLine]
    final: bool


class Account(Document, frozen=True):
    account_id: Id
    customer_number: Id
    version: int


class Item(Document, frozen=True):
    sku: Id
    version: int


class Adjustment(Document, frozen=True):
    adjustment_id: Id
    sku: Id
    part: str
    quantity: Quantity
    reason: str


class Position(Document, frozen=True):
    sku: Id
    available: Quantity
    allocated: Quantity


class Snapshot(Document, frozen=True):
    snapshot_id: Id
    sequence: int
    positions: list[Position]


# What the layer knows


class Request(msgspec.Struct):
    """How far a fulfilment has come. `shipped` is by line, in the fulfilment's units."""

    revision: int = 0
    warehouse_id: str = ""  # which took it; "" while none has
    cancelled: bool = False
    shipped: dict[str, Decimal] = {}


class Parcel(msgspec.Struct):
    """A parcel and the newest that is known of it; `code` is "" before its first milestone."""

    shipment_id: str
    warehouse_id: str
    carrier: dict[str, Any]
    code: str = ""
    occurred_at: datetime | None = None
    sequence: int = 0


class Return(msgspec.Struct):
    """A return that the ERP authorized; quantities are by line, in the order line's unit."""

    request_id: str
    skus: dict[str, str]
    authorized: dict[str, Decimal]
    received: dict[str, Decimal] = {}
    credited: dict[str, Decimal] = {}


class Told(msgspec.Struct):
    """What the CRM was told of the order last."""

    status: str
    as_of: datetime
    reason: str
    lines: list[dict[str, Any]]


class Knowledge(msgspec.Struct):
    """Of one order, customer, item or warehouse's stock; kept as one document, which changes with each event that is
    done.
    """

    order_id: str = ""  # "" while its order.submitted has not come
    correlation: str = ""
    traceparent: str = ""
    sales_order: SalesOrder | None = None  # the newest version that was seen
    erp: str = ""  # which has booked it
    told: Told | None = None
    reason: str = ""  # a word to customer service
    requests: dict[str, Request] = {}
    shipments: list[str] = []  # confirmed and billed, as shipment:<warehouse>:<id>
    parcels: dict[str, Parcel] = {}
    cases: dict[str, str] = {}  # reference → case id, "" once it is resolved
    short_lines: dict[str, list[str]] = {}  # reference of a case → the lines that it is about
    returns: dict[str, Return] = {}  # by RMA
    receipts: list[str] = []  # booked and credited, as receipt:<warehouse>:<id>
    returns_told: dict[str, str] = {}  # return request → the status that the CRM was told last
    newest: dict[str, int] = {}  # the version of a customer or item, or the number of an item's last count

"""A small, true story in rows of every layout, from which the samples in docs/reference/samples/csv are made.

Six of one item and four of another are ordered; the six leave at once, three of the four later, the last one never. Two
of the six come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from crossdock.contracts.layouts import FileHeading, Layout, Value, error_rows, layout, read, to_octets

Rows = list[dict[str, Value]]
FOLDER = Path(__file__).parents[3] / "docs" / "reference" / "samples" / "csv"
PARTNER = FOLDER / "ship_confirm_lager_sued.yaml"
LAYOUTS = (
    "pick_request",
    "pick_ack",
    "ship_confirm",
    "tracking",
    "stock_snapshot",
    "stock_movement",
    "return_notice",
    "return_receipt",
    "item_master",
    "error_file",
)

_ORDER: dict[str, Value] = {"order_id": "FF-7K3F-000001", "customer_order_no": "CO-7K3F-000001"}
_RMA: dict[str, Value] = {
    "rma_id": "RMA-7K3F-000001",
    "customer_order_no": "CO-7K3F-000001",
    "warehouse": "regional",
}


def at(day: int, hour: int, minute: int = 0, microsecond: int = 0) -> datetime:
    """A time in March 2026, UTC."""
    return datetime(2026, 3, day, hour, minute, 0, microsecond, tzinfo=UTC)


def heading(of: Layout, sequence: int = 17) -> FileHeading:
    """Who sends such files to whom; the partner's dialect keeps quiet about the receiver."""
    sender, receiver = ("layer", "regional") if of.sent_by == "layer" else ("regional", "layer")
    says = of.header_record is not None and "receiver" in of.header_record.fields
    return FileHeading(sender=sender, receiver=receiver if says else None, sequence=sequence, created=at(2, 17))


def _pick_requests() -> Rows:
    ship_to: dict[str, Value] = {
        "ship_name": "Ada Byrne",
        "ship_company": 'Byrne & Sons "Fittings", Inc.',
        "ship_address_1": "12 Canal Street",
        "ship_city": "Boston",
        "ship_region": "MA",
        "ship_postal_code": "02134",
        "ship_country": "US",
        "ship_phone": "+1 617 555 0100",
        "ship_email": "ada@example.com",
    }
    request: dict[str, Value] = {
        "action": "add",
        **_ORDER,
        "revision": 1,
        "warehouse": "regional",
        "sales_order_no": "SO-7K3F-000001",
        "customer_reference": "PO-4711",
        **ship_to,
        "service": "standard",
        "ship_by": date(2026, 3, 3),
        "instructions": "Deliver to gate 2\nRing twice",
    }
    first: dict[str, Value] = {
        "line_no": "1",
        "sku": "SKU-1001",
        "gtin": "10036000291459",
        "qty_ordered": Decimal(6),
        "uom": "EA",
    }
    second: dict[str, Value] = {"line_no": "2", "sku": "SKU-1002", "qty_ordered": Decimal(4), "uom": "EA"}
    stop: dict[str, Value] = {
        "action": "cancel",
        "order_id": "FF-7K3F-000002",
        "revision": 1,
        "warehouse": "regional",
        "reason": "the customer cancelled",
    }
    return [request | first, request | second, stop]


def _items() -> Rows:
    wrench: dict[str, Value] = {
        "sku": "SKU-1001",
        "description": "Torque wrench 1/2 in",
        "base_uom": "EA",
        "gtin": "00036000291452",
        "weight": Decimal("1.25"),
        "weight_uom": "KGM",
        "lot_tracked": False,
        "serial_tracked": True,
    }
    case: dict[str, Value] = {"pack_uom": "CA", "pack_qty": Decimal(12), "pack_gtin": "10036000291459"}
    pallet: dict[str, Value] = {"pack_uom": "PL", "pack_qty": Decimal(480)}
    tape: dict[str, Value] = {
        "sku": "SKU-1002",
        "description": "Tape measure 5 m",
        "base_uom": "EA",
        "lot_tracked": False,
        "serial_tracked": False,
    }
    return [wrench | case, wrench | pallet, tape]


def _pick_acks() -> Rows:
    answer: dict[str, Value] = {
        "request_file": "pick_request_layer_20260302_080000_000017.csv",
        "request_sequence": 17,
        "revision": 1,
        "decided_at": at(2, 8, 5),
    }
    taken: dict[str, Value] = {"result": "accepted", "order_id": "FF-7K3F-000001"}
    refused: dict[str, Value] = {
        "result": "rejected",
        "order_id": "FF-7K3F-000002",
        "code": "too-late",
        "reason": "the pick of FF-7K3F-000002 is done, and it is packed: it goes out",
    }
    return [
        answer | taken | {"request_row": 1, "line_no": "1"},
        answer | taken | {"request_row": 2, "line_no": "2"},
        answer | refused | {"request_row": 3},
    ]


def _ship_confirms() -> Rows:
    shipment: dict[str, Value] = {
        **_ORDER,
        "shipment_id": "SHP-7K3F-000001",
        "warehouse": "regional",
        "shipped_at": at(2, 16, 30),
        "carrier": "UPSN",
        "carrier_name": "UPS",
        "service": "Ground",
        "order_complete": True,
        "uom": "EA",
    }
    package: dict[str, Value] = {
        "package_id": "PKG-1",
        "sscc": "106141411234567897",
        "tracking_no": "TRK-7K3F-000001",
        "weight": Decimal("7.85"),
        "weight_uom": "KGM",
    }
    whole: dict[str, Value] = {
        "line_no": "1",
        "sku": "SKU-1001",
        "qty_ordered": Decimal(6),
        "qty_shipped": Decimal(6),
        "qty_short": Decimal(0),
        "line_status": "complete",
        "qty_in_package": Decimal(6),
        "serials": ("SN-0001", "SN-0002", "SN-0003", "SN-0004", "SN-0005", "SN-0006"),
    }
    short: dict[str, Value] = {
        "line_no": "2",
        "sku": "SKU-1002",
        "qty_ordered": Decimal(4),
        "qty_shipped": Decimal(3),
        "qty_short": Decimal(1),
        "line_status": "shortClosed",
        "qty_in_package": Decimal(3),
        "lot": "L2602",
    }
    none: dict[str, Value] = {
        "line_no": "3",
        "sku": "SKU-1003",
        "qty_ordered": Decimal("1.5"),
        "qty_shipped": Decimal(0),
        "qty_short": Decimal("1.5"),
        "line_status": "shortClosed",
    }
    return [shipment | package | whole, shipment | package | short, shipment | none]


def _tracking() -> Rows:
    parcel: dict[str, Value] = {**_ORDER, "tracking_no": "TRK-7K3F-000001", "shipment_id": "SHP-7K3F-000001"}
    return [
        parcel | {"milestone": "label_created", "occurred_at": at(2, 16, 30), "sequence": 1},
        parcel
        | {"milestone": "in_transit", "occurred_at": at(3, 1, 12, 250000), "sequence": 2, "location": "Albany, NY"},
        parcel
        | {
            "milestone": "delivered",
            "occurred_at": at(4, 8, 40),
            "sequence": 3,
            "location": "Boston, MA",
            "remark": "left at gate 2,\nsigned: Müller",
        },
    ]


def _stock_snapshots() -> Rows:
    def stock(sku: str, parts: tuple[int, int, int, int], uom: str) -> dict[str, Value]:
        names = ("available", "allocated", "hold", "damaged")
        quantities: dict[str, Value] = {name: Decimal(part) for name, part in zip(names, parts, strict=True)}
        counted: dict[str, Value] = {"warehouse": "regional", "sku": sku, "on_hand": Decimal(sum(parts)), "uom": uom}
        snapshot: dict[str, Value] = {"snapshot_id": "SNP-7K3F-000001", "part": 1, "parts": 1, "sequence": 12}
        return snapshot | counted | quantities | {"as_of": at(2, 17)}

    return [
        stock("SKU-1001", (94, 0, 0, 0), "EA"),
        stock("SKU-1002", (0, 0, 2, 1), "EA"),
        stock("1E5", (40, 6, 0, 0), "CA"),
    ]


def _stock_movements() -> Rows:
    def moved(number: int, reason: str, part: str, qty: str, balance: str, **more: Value) -> dict[str, Value]:
        row: dict[str, Value] = {
            "movement_id": f"ADJ-7K3F-{number:06d}",
            "warehouse": "regional",
            "sku": "SKU-1002",
            "part": part,
            "qty": Decimal(qty),
            "uom": "EA",
            "reason": reason,
            "balance": Decimal(balance),
            "balance_uom": "EA",
            "occurred_at": at(2, 16, number),
            "sequence": number,
        }
        return row | more

    return [
        moved(7, "found", "available", "12", "16"),
        moved(8, "holdOn", "onHold", "3", "3", remark="to be inspected"),
        moved(9, "count", "available", "-2", "11", remark="counted: two are missing"),
    ]


def _return_notices() -> Rows:
    notice: dict[str, Value] = {
        **_RMA,
        "sales_order_no": "SO-7K3F-000001",
        "expected_by": date(2026, 4, 1),
        "return_reason": 'too short; "please check"',
        "uom": "EA",
    }
    return [notice | {"line_no": "1", "sku": "SKU-1001", "qty_expected": Decimal(2)}]


def _return_receipts() -> Rows:
    receipt: dict[str, Value] = {
        **_RMA,
        "receipt_id": "RCP-7K3F-000001",
        "received_at": at(20, 9),
        "return_complete": True,
        "line_no": "1",
        "sku": "SKU-1001",
        "qty_received": Decimal(1),
        "uom": "EA",
    }
    return [
        receipt | {"condition": "good", "disposition": "restock", "serials": ("SN-0002",)},
        receipt | {"condition": "damaged", "disposition": "scrap", "serials": ("SN-0005",)},
    ]


def _error_rows() -> Rows:
    """What is said about a file of pick requests with two wrong rows."""
    of = layout("pick_request")
    octets = to_octets(of, heading(of), ROWS["pick_request"])
    broken = octets.replace(b",02134,", b",2134,", 1).replace(b",4,EA", b",4,EA,", 1)
    return list(error_rows(read(broken, of), "pick_request_layer_20260302_170000_000017.csv"))


ROWS: Mapping[str, Rows] = {
    "pick_request": _pick_requests(),
    "pick_ack": _pick_acks(),
    "ship_confirm": _ship_confirms(),
    "tracking": _tracking(),
    "stock_snapshot": _stock_snapshots(),
    "stock_movement": _stock_movements(),
    "item_master": _items(),
    "return_notice": _return_notices(),
    "return_receipt": _return_receipts(),
}


def rows(name: str) -> Rows:
    """Rows of the layout of that name."""
    return _error_rows() if name == "error_file" else ROWS[name]


def sample(name: str) -> bytes:
    """A file of the layout of that name."""
    of = layout(name)
    return to_octets(of, heading(of), rows(name))


def partner_rows() -> Rows:
    """The shipment again, without what the partner's dialect has no columns for."""
    known = {column.name for column in layout(str(PARTNER)).columns}
    return [{name: value for name, value in row.items() if name in known} for row in ROWS["ship_confirm"]]


def partner_sample() -> bytes:
    """The same in the partner's dialect."""
    of = layout(str(PARTNER))
    return to_octets(of, heading(of), partner_rows())

"""What the layer asks of an X12 warehouse: shipping orders (940) and notices of returns (943)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .x12 import Segment
from .x12_units import code_of

NOTE_LENGTH = 80


def shipping_order(request: dict[str, Any], action: str) -> list[Segment]:
    """940: `action` N for a new request, R for a higher revision."""
    to = request["shipTo"]
    region = to.get("region", "")
    states = to["country"] in ("US", "CA")
    phone, email = to.get("phone", ""), to.get("email", "")
    reachable = [*(["TE", phone] if phone else []), *(["EM", email] if email else [])]
    date = request.get("requestedShipDate", "").replace("-", "")
    note = request.get("instructions", "")
    quantities = [Decimal(line["quantity"]["value"]) for line in request["lines"]]
    return [
        ["W05", action, request["fulfilmentId"], request.get("customerReference", "")],
        ["N1", "WH", request["warehouseId"], "92", request["warehouseId"]],
        ["N1", "ST", to["name"]],
        *([["N2", to["company"]]] if "company" in to else []),
        ["N3", to["line1"], to.get("line2", "")],
        [
            *("N4", to["city"], region if states else "", to.get("postalCode", ""), to["country"]),
            *(("SP", region) if region and not states else ()),
        ],
        *([["PER", "DC", to["name"], *reachable]] if reachable else []),
        ["N9", "CO", request["orderId"]],
        *([["N9", "VN", request["salesOrderId"]]] if "salesOrderId" in request else []),
        ["N9", "RE", str(request["revision"])],
        *([["G62", "10", date]] if date else []),
        *(["NTE", "WHI", note[start : start + NOTE_LENGTH]] for start in range(0, len(note), NOTE_LENGTH)),
        ["W66", "PP", "M", "", "", request["serviceLevel"].upper()],
        *(part for place, line in enumerate(request["lines"], 1) for part in _ordered(place, line)),
        ["W76", str(sum(quantities))],
    ]


def stop_order(fulfilment: dict[str, Any], reason: str) -> list[Segment]:
    """940 with action F."""
    return [
        ["W05", "F", fulfilment["fulfilmentId"]],
        ["N1", "WH", fulfilment["warehouseId"], "92", fulfilment["warehouseId"]],
        ["N9", "CO", fulfilment["orderId"]],
        ["NTE", "WHI", reason],
        *(part for place, line in enumerate(fulfilment["lines"], 1) for part in _ordered(place, line)),
        ["W76", "0"],
    ]


def with_contact(order: list[Segment]) -> list[Segment]:
    """A 940 with the G61 that the second edition demands: who answers when the warehouse asks. It stands after N9."""
    place = max(index for index, segment in enumerate(order[: _first_line(order)]) if segment[0] == "N9") + 1
    return [*order[:place], ["G61", "CN", "Order desk"], *order[place:]]


def _first_line(order: list[Segment]) -> int:
    return next(index for index, segment in enumerate(order) if segment[0] == "LX")


def return_notice(announcement: dict[str, Any], warehouse: str) -> list[Segment]:
    """943: goods that will come back under an RMA."""
    expected = announcement.get("expectedBy", "").replace("-", "")
    lines = announcement["lines"]
    total = sum((Decimal(line["quantity"]["value"]) for line in lines), Decimal(0))
    return [
        ["W06", "C", announcement["rmaId"]],
        ["N1", "WH", warehouse, "92", warehouse],
        ["N9", "QJ", announcement["rmaId"]],
        ["N9", "CO", announcement["orderId"]],
        *([["G62", "17", expected]] if expected else []),
        ["W27", "M", "", "CUSTOMER RETURN"],
        *(part for line in lines for part in _returning(line)),
        ["W03", str(total)],
    ]


def _returning(line: dict[str, Any]) -> list[Segment]:
    quantity = line["quantity"]
    return [["W04", quantity["value"], code_of(quantity["uom"]), "", "VN", line["sku"]], ["N9", "LI", line["lineId"]]]


def _ordered(place: int, line: dict[str, Any]) -> list[Segment]:
    quantity = line["quantity"]
    return [
        ["LX", str(place)],
        ["W01", quantity["value"], code_of(quantity["uom"]), "", "VN", line["sku"]],
        ["N9", "LI", line["lineId"]],
    ]

"""What an X12 warehouse tells, understood as the events that a warehouse with an API would have sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from .paper import Told, Verdict
from .x12 import Segment, TransactionSet, at
from .x12_units import unit_of

MILESTONES = {  # AT701 and AT702 → what customer service knows
    ("XB", "NS"): "label_created",
    ("AF", "NS"): "picked_up",
    ("X6", "NS"): "in_transit",
    ("AJ", "NS"): "out_for_delivery",
    ("D1", "NS"): "delivered",
    ("AH", "NS"): "attempted",
    ("SD", "BG"): "exception",
    ("AP", "NS"): "returning",
    ("A3", "NS"): "returned",
    ("SD", "A5"): "lost",
}
LINE_STATUS = {"SS": "complete", "CC": "complete", "CM": "over", "CP": "shortClosed", "PR": "partial"}
MORE_TO_COME = "PR"
CONDITIONS = {"07": "good", "01": "damaged", "04": "defective", "05": "wrongItem"}
PARTS = {"SA": "available", "QU": "onHold", "DM": "damaged"}
REASONS = {
    "AA": "count",
    "AU": "damaged",
    "06": "lost",
    "51": "found",
    "07": "destroyed",
    "05": "holdOn",
    "55": "holdOff",
    "AH": "other",
}
POSITION = {"17": "onHand", "33": "available", "27": "allocated", "QH": "onHold", "74": "damaged"}


def _shipment(told: TransactionSet, warehouse: str) -> Iterator[Told]:
    """945: one shipment of a fulfilment."""
    packages: list[dict[str, Any]] = []
    lines: dict[str, dict[str, Any]] = {}
    box: dict[str, Any] = {}
    for segment, details in _with_details(told, "W12"):
        if segment[0] == "LX":
            box = {"items": []}
        elif segment[0] == "MAN" and at(segment, 1) == "GM":
            box["sscc"] = at(segment, 2)[2:]
            packages.append(box)
        elif segment[0] == "MAN" and at(segment, 1) == "CP":
            box["trackingNumber"] = at(segment, 2)
        elif segment[0] == "N9" and at(segment, 1) == "LV":
            box["packageId"] = at(segment, 2)
        elif segment[0] == "W12":
            _shipped(segment, details, box, lines)
    shipment_id = _needed(told, "W06", 4)
    scac = told.first("W27", 2)
    data = {
        "shipmentId": shipment_id,
        "fulfilmentId": _needed(told, "W06", 2),
        "orderId": _needed(told, "N9", 2, "CO"),
        "warehouseId": warehouse,
        "shippedAt": _time(told.all("G62", "11")[0], 2, 4).isoformat(),
        "carrier": {"scac": scac, "name": told.first("N1", 2, "CA") or scac, "service": told.first("W27", 3)},
        "packages": packages,
        "lines": list(lines.values()),
        "final": told.first("W27", 8) != MORE_TO_COME,
    }
    yield Told("crossdock.shipment.shipped.v1", shipment_id, data)


def _shipped(segment: Segment, details: list[Segment], box: dict[str, Any], lines: dict[str, dict[str, Any]]) -> None:
    """W12. A line that fills several packages stands in each; only the last has its status and what is missing."""
    uom, sku = unit_of(at(segment, 5)), at(segment, 8)
    line_id = _detail(details, "N9", "LI")
    shipped = Decimal(at(segment, 3) or 0)
    before = lines.get(line_id, {"shippedQuantity": {"value": "0"}})
    lines[line_id] = {
        "lineId": line_id,
        "sku": sku,
        "orderedQuantity": {"value": _detail(details, "QTY", "38") or at(segment, 2), "uom": uom},
        "shippedQuantity": {"value": str(Decimal(before["shippedQuantity"]["value"]) + shipped), "uom": uom},
        "differenceQuantity": {"value": at(segment, 4) or "0", "uom": uom},
        "lineStatus": LINE_STATUS[at(segment, 1)],
    }
    if not shipped:
        return
    item: dict[str, Any] = {"lineId": line_id, "sku": sku, "quantity": {"value": at(segment, 3), "uom": uom}}
    if lot := at(segment, 9):
        item["lot"] = lot
    if serials := [at(each, 2) for each in details if each[0] == "N9" and at(each, 1) == "SE"]:
        item["serials"] = serials
    box["items"].append(item)
    if at(segment, 12) == "K":
        box["weight"] = {"value": at(segment, 10), "uom": "KGM"}


def _milestone(told: TransactionSet, warehouse: str) -> Iterator[Told]:
    """214: steps of one parcel. Its time is all that tells which of two is newer."""
    number = _needed(told, "B10", 1)
    for step in told.all("AT7"):
        code = MILESTONES[at(step, 1), at(step, 2)]
        occurred_at = _time(step, 5, 6)
        hundredths = round(occurred_at.timestamp() * 100)
        data = {
            "trackingNumber": number,
            "shipmentId": _needed(told, "B10", 2),
            "orderId": next((at(each, 1) for each in told.all("L11") if at(each, 2) == "CO"), ""),
            "warehouseId": warehouse,
            "code": code,
            "occurredAt": occurred_at.isoformat(),
            "sequence": hundredths,
        }
        yield Told("crossdock.tracking.milestone.v1", f"{number}:{code}:{hundredths}", data)


def _receipt(told: TransactionSet, warehouse: str) -> Iterator[Told]:
    """944: goods that came back, each W07 with how they look and what becomes of them. Without the number of a return
    nobody had announced them.
    """
    receipt_id, rma_id = _needed(told, "N9", 2, "WR"), told.first("N9", 2, "QJ")
    data: dict[str, Any] = {
        "receiptId": receipt_id,
        "orderId": _needed(told, "N9", 2, "CO"),
        "warehouseId": warehouse,
        "receivedAt": _time(told.all("G62", "BS")[0], 2, 4).isoformat(),
        "lines": [_received(each, details) for each, details in _with_details(told, "W07") if each[0] == "W07"],
    }
    if rma_id:
        data |= {"rmaId": rma_id, "final": told.first("N9", 2, "ZZ") == "FINAL"}
        yield Told("crossdock.return.received.v1", receipt_id, data)
    else:
        yield Told("crossdock.return.unannounced.v1", receipt_id, data)


def _received(segment: Segment, details: list[Segment]) -> dict[str, Any]:
    exception = next((each for each in details if each[0] == "W13"), [])
    line: dict[str, Any] = {
        "sku": at(segment, 5),
        "quantity": {"value": at(segment, 1), "uom": unit_of(at(segment, 2))},
        "condition": CONDITIONS[at(exception, 3)],
    }
    if line_id := _detail(details, "N9", "LI"):
        line |= {"lineId": line_id, "disposition": _detail(details, "N9", "ZZ")}
    if lot := at(segment, 8):
        line["lot"] = lot
    if serials := [at(each, 2) for each in details if each[0] == "N9" and at(each, 1) == "SE"]:
        line["serials"] = serials
    return line


def _snapshot(told: TransactionSet, warehouse: str) -> Iterator[Told]:
    """846: what is on the shelves. `sequence` is the moment itself: an 846 has no number of its own."""
    as_of = _time(told.all("BIA")[0], 4, 5)
    positions: list[dict[str, Any]] = []
    for segment in told.segments:
        if segment[0] == "LIN":
            positions.append({"sku": at(segment, 3)})
        elif segment[0] == "QTY" and positions:
            positions[-1][POSITION[at(segment, 1)]] = {"value": at(segment, 2), "uom": unit_of(at(segment, 3))}
    snapshot_id, part, parts = _needed(told, "BIA", 3), told.first("REF", 2, "ZZ"), told.first("REF", 3, "ZZ")
    data = {
        "snapshotId": snapshot_id,
        "warehouseId": warehouse,
        "asOf": as_of.isoformat(),
        "sequence": round(as_of.timestamp() * 100),
        "part": int(part or 1),
        "parts": int(parts or 1),
        "positions": positions,
    }
    yield Told("crossdock.inventory.snapshot.v1", f"{snapshot_id}:{data['part']}", data)


def _adjustment(told: TransactionSet, warehouse: str) -> Iterator[Told]:
    """947: what people corrected, each W19 a correction of its own."""
    occurred_at = _time(told.all("G62", "09")[0], 2, 4)
    for segment, details in _with_details(told, "W19"):
        if segment[0] != "W19":
            continue
        adjustment_id = _detail(details, "N9", "ZZ") or _needed(told, "W15", 2)
        data: dict[str, Any] = {
            "adjustmentId": adjustment_id,
            "warehouseId": warehouse,
            "sku": at(segment, 6),
            "part": PARTS[at(segment, 16)],
            "quantity": {"value": at(segment, 2), "uom": unit_of(at(segment, 3))},
            "reason": REASONS.get(at(segment, 1), "other"),
            "occurredAt": occurred_at.isoformat(),
            "sequence": round(occurred_at.timestamp() * 100),
        }
        yield Told("crossdock.inventory.adjusted.v1", adjustment_id, data)


def acknowledged(told: TransactionSet) -> Iterator[Verdict]:
    """997: whether the warehouse could read a group of ours, which holds one set."""
    accepted = told.first("AK9", 1) in ("A", "E")
    wrong = [" ".join(each) for each in told.segments if each[0] in ("AK3", "AK4")]
    detail = "; ".join(wrong) or " ".join(told.all("AK9")[0])
    code = "" if accepted else "997-rejected"
    number, detail = int(told.first("AK1", 2)), "" if accepted else detail
    yield Verdict(number, accepted, code=code, detail=detail, final=not accepted)


def refused(acknowledgements: Iterable[Segment]) -> Iterator[Verdict]:
    """TA1: an interchange of ours was refused as a whole, so that no 997 comes. One that was taken says no more than
    the 997 that follows.
    """
    for each in acknowledgements:
        if at(each, 4) == "R":
            yield Verdict(int(at(each, 1)), accepted=False, code="TA1-rejected", detail=" ".join(each))


def answered(told: TransactionSet) -> Iterator[Verdict]:
    """824: what the warehouse makes of a document of ours that it could read."""
    for place, each in enumerate(told.segments):
        if each[0] != "OTI":
            continue
        details = told.segments[place + 1 :]
        reason: Segment = next((segment for segment in details if segment[0] == "TED"), [])
        order_id = next((at(segment, 2) for segment in details if segment[0] == "REF"), "")
        detail = " ".join(at(segment, 2) for segment in details if segment[0] == "NTE")
        accepted = at(each, 1) == "TA"
        yield Verdict(int(at(each, 8)), accepted, code=at(reason, 2), detail=detail, order_id=order_id)


Reader = Callable[[TransactionSet, str], Iterator[Told]]
READERS: dict[str, Reader] = {
    "945": _shipment,
    "214": _milestone,
    "944": _receipt,
    "846": _snapshot,
    "947": _adjustment,
}


def _with_details(told: TransactionSet, name: str) -> Iterator[tuple[Segment, list[Segment]]]:
    """Each segment, and what follows it up to the next of its kind where it is of this name."""
    for place, segment in enumerate(told.segments):
        details: list[Segment] = []
        if segment[0] == name:
            for each in told.segments[place + 1 :]:
                if each[0] in (name, "LX", "W03", "W14"):
                    break
                details.append(each)
        yield segment, details


def _needed(told: TransactionSet, name: str, element: int, qualifier: str = "") -> str:
    """What nothing can be booked without. Raises: LookupError."""
    if not (found := told.first(name, element, qualifier)):
        raise LookupError(f"{name}{element:02}{f' of {name}*{qualifier}' if qualifier else ''} is not there")
    return found


def _detail(details: list[Segment], name: str, qualifier: str) -> str:
    return next((at(each, 2) for each in details if each[0] == name and at(each, 1) == qualifier), "")


def _time(segment: Segment, date: int, time: int) -> datetime:
    """A date and a time of HHMM, HHMMSS or HHMMSSDD, in UT."""
    clock = f"{at(segment, time):0<8}"
    hundredths = int(clock[6:8])
    return datetime.strptime(at(segment, date) + clock[:6], "%Y%m%d%H%M%S").replace(
        microsecond=hundredths * 10_000, tzinfo=UTC
    )

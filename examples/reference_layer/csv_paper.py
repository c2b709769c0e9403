"""The format agreed with a CSV warehouse: one file for each request of ours, an acknowledgement of each of its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from .csv_requests import ITEM_COLUMNS, PICK_COLUMNS, RETURN_COLUMNS, cancelled, kept, picked, returned
from .csv_table import Row, hash_total, table
from .paper import Incoming, Outgoing, Told, Unreadable, Verdict

ACTIONS = {"N": "A", "R": "C"}


@dataclass(frozen=True, slots=True)
class CsvPaper:
    """`sender` and `receiver` stand in the header record of what goes out."""

    warehouse: str
    sender: str
    receiver: str

    def request(self, body: dict[str, Any], action: str) -> Outgoing:
        rows = list(picked(body, ACTIONS[action]))
        return self._outgoing("pick_request", PICK_COLUMNS, rows, "qty_ordered", "order_id")

    def cancellation(self, fulfilment: dict[str, Any], reason: str) -> Outgoing:
        rows = [cancelled(fulfilment, reason)]
        return self._outgoing("pick_request", PICK_COLUMNS, rows, "qty_ordered", "order_id")

    def return_notice(self, announcement: dict[str, Any]) -> Outgoing:
        rows = list(returned(announcement, self.warehouse))
        return self._outgoing("return_notice", RETURN_COLUMNS, rows, "qty_expected", "rma_id")

    def item(self, sku: str, facts: dict[str, Any]) -> Outgoing:
        return self._outgoing("item_master", ITEM_COLUMNS, list(kept(sku, facts)), "", "sku")

    def read(self, name: str, content: bytes) -> Incoming:
        """Raises: Incomplete, Unreadable."""
        header, rows = table(content)
        kind, ways = header[1], header[2:4]
        if ways != [self.receiver, self.sender]:
            raise Unreadable(f"it is from {ways[0]} to {ways[1]}, agreed is {self.receiver} to {self.sender}")
        found = Incoming(series=kind, number=int(header[4]))
        if kind == "pick_ack":
            found.verdicts.extend(_verdicts(rows))
        elif kind == "error_file":
            for row in rows:
                if not row["row"]:  # it is about the file as a whole
                    _refused_file(name, row, found)
        elif reader := READERS.get(kind):
            for key, together in groupby(rows, lambda row: next(iter(row.values()))):
                try:
                    found.told.extend(list(reader(list(together), self.warehouse)))
                except (LookupError, ValueError, ArithmeticError) as error:  # a code, a number that there is not
                    found.rejected.append(f"{name}: {key} can't be used: {type(error).__name__} {error}")
        return found

    def _outgoing(self, kind: str, columns: list[str], rows: list[Row], quantity: str, hashed: str) -> Outgoing:
        def write(number: int, now: datetime) -> tuple[str, bytes]:
            created = now.astimezone(UTC).replace(microsecond=0)
            text = io.StringIO(newline="")
            out = csv.writer(text, lineterminator="\n")
            out.writerow(["HDR", kind, self.sender, self.receiver, number, f"{created:%Y-%m-%dT%H:%M:%SZ}", 1])
            out.writerow(columns)
            out.writerows([row.get(column, "") for column in columns] for row in rows)
            amounts = [Decimal(row.get(quantity) or 0) for row in rows] if quantity else []
            totals = [f"{sum(amounts, Decimal(0)).normalize():f}"] if quantity else []
            out.writerow(["TRL", len(rows), *totals, hash_total(row[hashed] for row in rows)])
            name = f"{NAMES.get(kind, kind)}_{self.sender}_{created:%Y%m%d_%H%M%S}_{number:06d}.csv"
            return name, text.getvalue().encode()

        return Outgoing(kind, write, series=kind)


NAMES = {"return_notice": "rma", "item_master": "items"}
SERIES = {"rma": "return_notice", "items": "item_master"}


def _verdicts(rows: list[Row]) -> Iterator[Verdict]:
    """pick_ack: one verdict for the file; a request of ours has a file of its own."""
    refused = [row for row in rows if row["result"] == "REJ"]
    if not rows:
        return
    number = int(rows[0]["request_sequence"])
    prefix = rows[0]["request_file"].partition("_")[0]
    series = SERIES.get(prefix, "pick_request")
    if refused:
        code, detail = refused[0]["code"], refused[0]["reason"]
        yield Verdict(number, accepted=False, series=series, code=code, detail=detail)
    else:
        yield Verdict(number, accepted=True, series=series)


def _refused_file(name: str, row: Row, found: Incoming) -> None:
    """error_file: the partner could not take one of our files, which has its series and number in its name."""
    stem, _, number = row["file"].removesuffix(".csv").rpartition("_")
    if number.isdecimal():
        series = SERIES.get(stem.partition("_")[0], "pick_request")
        verdict = Verdict(int(number), accepted=False, series=series, code="file-rejected", detail=row["reason"])
        found.verdicts.append(verdict)
    else:
        found.rejected.append(f"{name}: {row['file']}: {row['reason']}")


def _needed(row: Row, column: str) -> str:
    """What nothing can be booked without. Raises: LookupError."""
    if not row[column]:
        raise LookupError(f"{column} is empty")
    return row[column]


def _amount(row: Row, column: str, uom: str = "uom") -> dict[str, str]:
    """Raises: ArithmeticError when it is no number."""
    Decimal(row[column])
    return {"value": row[column], "uom": row[uom]}


STATUS = {"CP": "complete", "PR": "partial", "SC": "shortClosed", "OV": "over"}


def _shipments(rows: list[Row], warehouse: str) -> Iterator[Told]:
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        if row not in by_id.setdefault(row["shipment_id"], []):  # the same again says nothing new
            by_id[row["shipment_id"]].append(row)
    for shipment_id, parts in by_id.items():
        first = parts[0]
        data = {
            "shipmentId": shipment_id,
            "fulfilmentId": _needed(first, "order_id"),
            "orderId": _needed(first, "customer_order_no"),
            "warehouseId": warehouse,
            "shippedAt": first["shipped_at"],
            "carrier": {"scac": first["carrier"], "name": first["carrier_name"], "service": first["service"]},
            "packages": list(_packages(parts)),
            "lines": list({row["line_no"]: _shipped(row) for row in parts}.values()),
            "final": first["order_complete"] == "Y",
        }
        yield Told("crossdock.shipment.shipped.v1", shipment_id, data)


def _shipped(row: Row) -> dict[str, Any]:
    return {
        "lineId": row["line_no"],
        "sku": row["sku"],
        "orderedQuantity": _amount(row, "qty_ordered"),
        "shippedQuantity": _amount(row, "qty_shipped"),
        "differenceQuantity": _amount(row, "qty_short"),
        "lineStatus": STATUS[row["line_status"]],
    }


def _packages(parts: list[Row]) -> Iterator[dict[str, Any]]:
    boxes: dict[str, dict[str, Any]] = {}
    for row in parts:
        if not row["package_id"]:
            continue
        box = boxes.setdefault(row["package_id"], {"packageId": row["package_id"], "items": []})
        box |= {name: row[column] for name, column in BOX.items() if row[column]}
        if row["weight"]:
            box["weight"] = _amount(row, "weight", "weight_uom")
        item: dict[str, Any] = {"lineId": row["line_no"], "sku": row["sku"], "quantity": _amount(row, "qty_in_package")}
        if row["lot"]:
            item["lot"] = row["lot"]
        if row["serials"]:
            item["serials"] = row["serials"].split("|")
        box["items"].append(item)
    yield from boxes.values()


BOX = {"sscc": "sscc", "trackingNumber": "tracking_no"}
MILESTONES = {
    "LBL": "label_created",
    "PUP": "picked_up",
    "TRN": "in_transit",
    "OFD": "out_for_delivery",
    "DLV": "delivered",
    "ATT": "attempted",
    "EXC": "exception",
    "RTG": "returning",
    "RTD": "returned",
    "LST": "lost",
}


def _milestones(rows: list[Row], warehouse: str) -> Iterator[Told]:
    for row in rows:
        data = {
            "trackingNumber": row["tracking_no"],
            "shipmentId": row["shipment_id"],
            "orderId": row["customer_order_no"],
            "warehouseId": warehouse,
            "code": MILESTONES[row["milestone"]],
            "occurredAt": row["occurred_at"],
            "sequence": int(row["sequence"]),
        }
        yield Told("crossdock.tracking.milestone.v1", f"{row['tracking_no']}:{row['sequence']}", data)


CONDITIONS = {"GD": "good", "DM": "damaged", "DF": "defective", "WI": "wrongItem"}
DISPOSITIONS = {"RS": "restock", "QU": "quarantine", "SC": "scrap"}


def _receipts(rows: list[Row], warehouse: str) -> Iterator[Told]:
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row["receipt_id"], []).append(row)
    for receipt_id, parts in by_id.items():
        first = parts[0]
        data: dict[str, Any] = {
            "receiptId": receipt_id,
            "orderId": _needed(first, "customer_order_no"),
            "warehouseId": warehouse,
            "receivedAt": first["received_at"],
            "lines": [_received(row) for row in parts],
        }
        if first["rma_id"]:
            data |= {"rmaId": first["rma_id"], "final": first["return_complete"] == "Y"}
            yield Told("crossdock.return.received.v1", receipt_id, data)
        else:
            yield Told("crossdock.return.unannounced.v1", receipt_id, data)


def _received(row: Row) -> dict[str, Any]:
    line: dict[str, Any] = {"sku": row["sku"], "quantity": _amount(row, "qty_received")}
    line["condition"] = CONDITIONS[row["condition"]]
    if row["line_no"]:
        line |= {"lineId": row["line_no"], "disposition": DISPOSITIONS[row["disposition"]]}
    if row["lot"]:
        line["lot"] = row["lot"]
    if row["serials"]:
        line["serials"] = row["serials"].split("|")
    return line


def _snapshots(rows: list[Row], warehouse: str) -> Iterator[Told]:
    if not rows:
        return
    first = rows[0]
    positions = [
        {"sku": row["sku"], **{name: _amount(row, column) for name, column in POSITION.items()}} for row in rows
    ]
    data = {
        "snapshotId": first["snapshot_id"],
        "warehouseId": warehouse,
        "asOf": first["as_of"],
        "sequence": int(first["sequence"]),
        "part": int(first["part"]),
        "parts": int(first["parts"]),
        "positions": positions,
    }
    yield Told("crossdock.inventory.snapshot.v1", f"{first['snapshot_id']}:{first['part']}", data)


POSITION = {
    "onHand": "on_hand",
    "available": "available",
    "allocated": "allocated",
    "onHold": "hold",
    "damaged": "damaged",
}
PARTS = {"AV": "available", "OH": "onHold", "DM": "damaged"}
REASONS = {
    "CNT": "count",
    "DMG": "damaged",
    "LST": "lost",
    "FND": "found",
    "DST": "destroyed",
    "HON": "holdOn",
    "HOF": "holdOff",
    "OTH": "other",
}


def _movements(rows: list[Row], warehouse: str) -> Iterator[Told]:
    for row in rows:
        data = {
            "adjustmentId": row["movement_id"],
            "warehouseId": warehouse,
            "sku": row["sku"],
            "part": PARTS[row["part"]],
            "quantity": _amount(row, "qty"),
            "reason": REASONS[row["reason"]],
            "balance": _amount(row, "balance", "balance_uom"),
            "occurredAt": row["occurred_at"],
            "sequence": int(row["sequence"]),
        }
        yield Told("crossdock.inventory.adjusted.v1", row["movement_id"], data)


READERS: dict[str, Callable[[list[Row], str], Iterator[Told]]] = {
    "ship_confirm": _shipments,
    "tracking": _milestones,
    "return_receipt": _receipts,
    "stock_snapshot": _snapshots,
    "stock_movement": _movements,
}

"""What people at a warehouse correct is booked in the ERP, and what they count is shown there."""

from __future__ import annotations

from decimal import Decimal

from .job import Job
from .party import Refused, TryLater
from .units import amount, in_base_unit

SCRAP = ("damaged", "destroyed")
COUNT = "count"


def corrected(job: Job) -> None:
    """inventory.adjusted: one movement for each correction of saleable goods. Raises: TryLater, Refused."""
    adjustment = job.data
    if adjustment["part"] != "available":
        return
    quantity = in_base_unit(job, adjustment["sku"], adjustment["quantity"])
    scrapped = adjustment["reason"] in SCRAP and Decimal(quantity["value"]) < 0
    body = {
        "warehouseId": job.party,
        "sku": adjustment["sku"],
        "kind": "scrap" if scrapped else "adjustment",
        "quantity": quantity,
        "reference": adjustment["adjustmentId"],
        "reason": adjustment["reason"],
    }
    key = f"adjustment:{job.party}:{adjustment['adjustmentId']}"
    try:
        job.do(key, "erp", "POST", "/v1/stock-movements", body)
    except Refused as refusal:
        if refusal.code != "no-stock":
            raise
        raise TryLater(str(refusal)) from refusal  # what is to be taken away is not booked in yet


def counted(job: Job) -> None:
    """inventory.snapshot: the newest count of each item. Raises: TryLater, Refused."""
    snapshot = job.data
    lines = []
    news = []
    for position in snapshot["positions"]:
        name = f"{job.party}:{position['sku']}"
        known = job.store.note(COUNT, name) or {"sequence": 0}
        if snapshot["sequence"] > known["sequence"]:
            saleable = Decimal(position["available"]["value"]) + Decimal(position["allocated"]["value"])
            lines.append({"sku": position["sku"], "counted": amount(saleable, position["available"]["uom"])})
            news.append(name)
    if lines:
        body = {name: snapshot[name] for name in ("warehouseId", "snapshotId", "asOf", "sequence")}
        key = f"count:{job.party}:{snapshot['snapshotId']}:{snapshot['part']}"
        job.do(key, "erp", "POST", "/v1/stock-counts", {**body, "lines": lines})
    for name in news:
        job.store.write_note(COUNT, name, {"sequence": snapshot["sequence"]})

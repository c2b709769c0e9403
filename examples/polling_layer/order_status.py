"""What customer service sees of an order: worked out from what the ERP has now and from what became of the parcels."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from . import cases
from .job import Job

FAILED = ("exception", "returning", "returned", "lost")
# What stands in a later row is never left for what stands in an earlier one.
ROWS = (
    ("submitted",),
    ("onHold",),
    ("accepted",),
    ("backordered", "released"),
    ("partiallyShipped",),
    ("shipped",),
    ("deliveryFailed",),
    ("delivered", "rejected", "cancelled", "returned"),
)
ROW = {status: number for number, row in enumerate(ROWS) for status in row}
QUANTITIES = ("shippedQuantity", "backorderedQuantity", "cancelledQuantity", "returnedQuantity")
PARCEL, TOLD = "parcel", "told"


def sales_order_changed(job: Job) -> None:
    """sales-order.changed: the event says that there is news, the ERP which. Raises: TryLater, Refused."""
    if job.order.get("salesOrderId", job.data["salesOrderId"]) == job.data["salesOrderId"]:
        job.learn(salesOrderId=job.data["salesOrderId"])
        show(job)


def show(job: Job) -> None:
    """Tell the CRM how things stand, unless it knows, and see to the cases. Raises: TryLater, Refused."""
    sales_order = job.read("erp", f"/v1/sales-orders/{job.sales_order_id}")
    parcels = job.store.notes(PARCEL, job.order_id)
    told = job.store.note(TOLD, job.order_id) or {"status": "submitted"}
    news = _news(job, sales_order, parcels, told)
    if {**news, "asOf": ""} != {**told, "asOf": ""}:
        # What was not told when it was new is not told any more: another truth is another effect.
        digest = hashlib.sha256(json.dumps(news).encode()).hexdigest()[:12]
        job.do(f"order:{job.order_id}:status:{digest}", "crm", "PUT", f"/v1/orders/{job.order_id}/status", news)
        job.store.write_note(TOLD, job.order_id, news)
    cases.review(job, sales_order)


def _news(
    job: Job, sales_order: Mapping[str, Any], parcels: Mapping[str, Mapping[str, Any]], told: Mapping[str, Any]
) -> dict[str, Any]:
    status = job.parts.status_of(sales_order, parcels, told["status"])
    times = [sales_order["updatedAt"], *(parcel["occurredAt"] for parcel in parcels.values() if parcel["code"])]
    times += [told["asOf"]] if "asOf" in told else []
    news = {
        "status": status if _may_follow(told["status"], status) else told["status"],
        "asOf": max(times, key=datetime.fromisoformat),
        "erpOrderId": sales_order["salesOrderId"],
        "lines": [
            {"lineId": line["lineId"], **{name: line[name] for name in QUANTITIES}} for line in sales_order["lines"]
        ],
    }
    why = "; ".join(each["detail"] for each in sales_order.get("rejectionReasons") or sales_order.get("holds") or ())
    if reason := why or job.order.get("remark", ""):
        news["reason"] = reason[:400]
    return news


def status_of(sales_order: Mapping[str, Any], parcels: Mapping[str, Mapping[str, Any]], now: str) -> str:
    """From the sales order and the parcels; `now` where neither says anything else."""
    lines = sales_order["lines"]
    if sales_order["status"] == "cancelPending":
        return now
    if not any(_amount(line, "shippedQuantity") for line in lines):
        status: str = sales_order["status"]
        return status if status in ROW else now
    if any(
        _amount(line, "quantity") > _amount(line, "shippedQuantity") + _amount(line, "cancelledQuantity")
        for line in lines
    ):
        return "partiallyShipped"
    codes = {parcel["code"] for parcel in parcels.values()}
    if not codes or codes - {"delivered", *FAILED}:
        return "shipped"
    return "delivered" if codes == {"delivered"} else "deliveryFailed"


def _may_follow(now: str, then: str) -> bool:
    if now in ROWS[-1] or (then == "cancelled" and ROW[now] >= ROW["partiallyShipped"]):
        return False
    return ROW[then] >= ROW[now]


def _amount(line: Mapping[str, Any], name: str) -> Decimal:
    return Decimal(line[name]["value"])

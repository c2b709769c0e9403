"""The customer's order comes to the ERP, and the customer's wish to cancel it."""

from __future__ import annotations

from typing import Any

from .job import Job
from .order_status import show
from .party import Refused, TryLater

PASSED_ON = (
    *("customerNumber", "customerReference", "currency", "requestedDate", "shipTo", "billTo"),
    *("serviceLevel", "partialPolicy", "freight"),
)
OF_LINE = ("lineId", "sku", "quantity", "unitPrice")
# The customer or the item has an event of its own, which may be read later.
TO_COME = ("unknown-customer", "unknown-item")
TOO_LATE = ("not-cancellable", "order-state")
# Which warehouse serves which region; of others the ERP decides.
DISTRICTS = {
    "east": {
        "US": "AL CT DC DE FL GA IA IL IN KY MA MD ME MI MN MS NC NH NJ NY OH PA RI SC TN VA VT WI WV",
        "CA": "NB NL NS ON PE QC",
    },
    "west": {"US": "AK AZ CA CO HI ID MT NM NV OR UT WA WY", "CA": "AB BC YT"},
    "regional": {"US": "AR KS LA MO ND NE OK SD TX", "CA": "MB SK"},
}


def place(job: Job) -> None:
    """order.submitted: one sales order. Raises: TryLater, Refused."""
    if not job.order.get("salesOrderId"):
        event = job.waiting.event
        job.learn(correlation=event.get("correlationid", job.order_id), traceparent=event.get("traceparent", ""))
        try:
            sales_order = job.do(f"order:{job.order_id}", "erp", "POST", "/v1/sales-orders", _sales_order(job))
        except Refused as refusal:
            if refusal.code in TO_COME:
                raise TryLater(str(refusal)) from refusal
            raise
        job.learn(salesOrderId=sales_order["salesOrderId"])
    show(job)


def _sales_order(job: Job) -> dict[str, Any]:
    order = job.data
    warehouse = _district(job, order["shipTo"])
    told = {"warehouseId": warehouse} if warehouse else {}
    lines = [{**{name: line[name] for name in OF_LINE}, **told} for line in order["lines"]]
    about = {name: order[name] for name in PASSED_ON if name in order}
    return {"externalReference": order["orderId"], **about, "lines": lines}


def _district(job: Job, ship_to: dict[str, Any]) -> str | None:
    country, region = ship_to["country"], ship_to.get("region", "")
    served = (name for name in job.warehouses if region in DISTRICTS[name].get(country, "").split())
    return next(served, None)


def cancel(job: Job) -> None:
    """order.cancel-requested: the ERP decides. Raises: TryLater, Refused."""
    path = f"/v1/sales-orders/{job.sales_order_id}/cancel"
    key = f"order:{job.order_id}:cancel:{job.waiting.event['sequence']}"
    try:
        job.do(key, "erp", "POST", path, {"reason": "the customer asked for it"})
    except Refused as refusal:
        if refusal.code not in TOO_LATE:
            raise
        job.learn(remark="The order can no longer be cancelled")
    show(job)

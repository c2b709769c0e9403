"""What the ERP releases is asked of the warehouse; what it calls back is called back there."""

from __future__ import annotations

from .job import Job
from .order_status import show
from .party import Refused

PASSED_ON = (
    *("fulfilmentId", "revision", "warehouseId", "orderId", "salesOrderId", "customerReference"),
    *("shipTo", "serviceLevel", "requestedShipDate", "instructions"),
)
OF_LINE = ("lineId", "sku", "quantity")
FULFILMENT = "fulfilment"


def request(job: Job) -> None:
    """fulfilment.released: one request at the warehouse that it names. Raises: TryLater, Refused."""
    released = job.data
    fulfilment_id, revision, warehouse = released["fulfilmentId"], released["revision"], released["warehouseId"]
    known = job.store.note(FULFILMENT, fulfilment_id) or {"revision": 0, "warehouse": "", "cancelled": False}
    if known["cancelled"] or revision <= known["revision"]:
        return
    if known["warehouse"] not in ("", warehouse):
        path = f"/v1/fulfilment-requests/{fulfilment_id}/cancel"
        key = f"fulfilment:{fulfilment_id}:{known['revision']}:moved"
        job.do(key, known["warehouse"], "POST", path, {"reason": "moved to another warehouse"}, "not-found")
    body = {name: released[name] for name in PASSED_ON if name in released}
    body["lines"] = [{name: line[name] for name in OF_LINE} for line in released["lines"]]
    key = f"fulfilment:{fulfilment_id}:{revision}"
    job.do(key, warehouse, "POST", "/v1/fulfilment-requests", body, "duplicate-fulfilment")
    news = {"revision": revision, "warehouse": warehouse, "cancelled": False}
    job.store.write_note(FULFILMENT, fulfilment_id, news, job.order_id)


def call_back(job: Job) -> None:
    """fulfilment.cancel-requested: the warehouse decides, the ERP hears what. Raises: TryLater, Refused."""
    fulfilment_id, revision, warehouse = job.data["fulfilmentId"], job.data["revision"], job.data["warehouseId"]
    outcome = {"outcome": "cancelled"}
    path = f"/v1/fulfilment-requests/{fulfilment_id}/cancel"
    try:
        key = f"fulfilment:{fulfilment_id}:{revision}:cancel"
        job.do(key, warehouse, "POST", path, {"reason": "the customer asked for it"}, "not-found")
        stopped = {"revision": revision, "warehouse": warehouse, "cancelled": True}
        job.store.write_note(FULFILMENT, fulfilment_id, stopped, job.order_id)
    except Refused as refusal:
        if refusal.code != "too-late":
            raise
        outcome = {"outcome": "refused", "reason": "the pick is done"}
    key = f"fulfilment:{fulfilment_id}:outcome:{job.waiting.event['sequence']}"
    path = f"/v1/fulfilments/{fulfilment_id}/cancellation"
    # Goods that went out in spite of it end the fulfilment before the refusal is told.
    job.do(key, "erp", "POST", path, outcome, "fulfilment-state")
    if outcome["outcome"] == "refused":
        job.learn(remark="The order can no longer be cancelled: the goods are picked")
        show(job)

"""What left a warehouse is confirmed to the ERP as the warehouse told it, and billed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from . import cases
from .job import Job
from .order_status import PARCEL
from .party import TryLater

CONFIRMED = (
    *("shipmentId", "fulfilmentId", "orderId", "warehouseId", "shippedAt", "carrier", "packages", "lines", "final"),
)
SHIPMENT = "shipment"


def shipped(job: Job) -> None:
    """shipment.shipped. Raises: TryLater while the order, or an earlier shipment of the fulfilment, is not there;
    Refused.
    """
    shipment = job.data
    name = f"{job.party}:{shipment['shipmentId']}"
    if job.store.note(SHIPMENT, name) is not None:
        return
    sales_order_id = job.sales_order_id
    earlier = job.store.notes(SHIPMENT, shipment["fulfilmentId"])
    _come_in_order(shipment, earlier)
    confirmation = {field: shipment[field] for field in CONFIRMED}
    path = f"/v1/fulfilments/{shipment['fulfilmentId']}/shipments"
    job.do(f"shipment:{name}:confirm", "erp", "POST", path, confirmation, "duplicate-shipment")
    if lines := job.parts.billed(shipment):
        invoice = {"salesOrderId": sales_order_id, "shipmentIds": [shipment["shipmentId"]], "lines": lines}
        job.do(f"shipment:{name}:bill", "erp", "POST", "/v1/invoices", invoice)
    for package in shipment["packages"]:
        parcel = {"shipmentId": shipment["shipmentId"], "warehouseId": job.party, "carrier": shipment["carrier"]}
        if job.store.note(PARCEL, package["trackingNumber"]) is None:
            fresh = {**parcel, "code": "", "occurredAt": "", "sequence": 0}
            job.store.write_note(PARCEL, package["trackingNumber"], fresh, job.order_id)
    short = [line["lineId"] for line in shipment["lines"] if Decimal(line["differenceQuantity"]["value"]) > 0]
    if shipment["final"] and short:
        cases.short_shipment(job, name, shipment["shipmentId"], short)
    amounts = {line["lineId"]: line["shippedQuantity"]["value"] for line in shipment["lines"]}
    job.store.write_note(SHIPMENT, name, amounts, shipment["fulfilmentId"])


def billed(shipment: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of the bill for a shipment."""
    return [
        {"lineId": line["lineId"], "quantity": line["shippedQuantity"]}
        for line in shipment["lines"]
        if Decimal(line["shippedQuantity"]["value"]) > 0
    ]


def _come_in_order(shipment: Mapping[str, Any], earlier: Mapping[str, Mapping[str, str]]) -> None:
    """The difference of a line counts all shipments so far. Raises: TryLater when one of them is not booked yet."""
    for line in shipment["lines"]:
        so_far = Decimal(line["orderedQuantity"]["value"]) - Decimal(line["differenceQuantity"]["value"])
        known = sum((Decimal(each.get(line["lineId"], "0")) for each in earlier.values()), Decimal(0))
        if so_far > known + Decimal(line["shippedQuantity"]["value"]):
            raise TryLater(f"an earlier shipment of {shipment['fulfilmentId']} has not come yet")

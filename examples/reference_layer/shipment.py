"""shipment.shipped: confirmed to the ERP as the warehouse told it, then billed."""

from __future__ import annotations

from typing import Any

import msgspec

from .cases import reference
from .documents import Parcel, Request, Shipment
from .job import Job, NotYet

CONFIRMED = (
    "shipmentId",
    "fulfilmentId",
    "orderId",
    "warehouseId",
    "shippedAt",
    "carrier",
    "packages",
    "lines",
    "final",
)


class Confirmation:
    """What the ERP is told of a shipment: the facts, without the warehouse's own version and times."""

    def of(self, shipment: dict[str, Any]) -> dict[str, Any]:
        return {name: shipment[name] for name in CONFIRMED}


class Billing:
    """One invoice for each shipment, over what was shipped and nothing else."""

    async def after_shipment(self, job: Job, shipment: Shipment, key: str) -> None:
        lines = self.lines(job.event.data)
        if lines:
            body = {"salesOrderId": job.sales_order_id, "shipmentIds": [shipment.shipment_id], "lines": lines}
            await job.effect(f"{key}:invoice", job.erp, "POST", "/v1/invoices", body)

    def lines(self, shipment: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"lineId": line["lineId"], "quantity": line["shippedQuantity"]}
            for line in shipment["lines"]
            if float(line["shippedQuantity"]["value"]) > 0
        ]


class Shipments:
    """Each shipment of each fulfilment, in the order in which they left."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet when the order, or an earlier shipment of the fulfilment, has not come; Refused, GaveUp."""
        shipment = msgspec.convert(job.event.data, Shipment, strict=False)
        key = f"shipment:{job.party}:{shipment.shipment_id}"
        if self.known(job, shipment, key):
            return
        request = job.order.requests.setdefault(shipment.fulfilment_id, Request())
        sales_order_id = job.sales_order_id
        self._earlier_ones_are_there(request, shipment)
        path = f"/v1/fulfilments/{shipment.fulfilment_id}/shipments"
        body = job.parts.confirmation.of(job.event.data)
        await job.effect(f"{key}:confirm", job.erp, "POST", path, body, "duplicate-shipment")
        await job.parts.billing.after_shipment(job, shipment, key)
        for line in shipment.lines:
            shipped = request.shipped.get(line.line_id, 0) + line.shipped_quantity.value
            request.shipped[line.line_id] = shipped
        for package in shipment.packages:
            parcel = Parcel(shipment.shipment_id, job.party, job.event.data["carrier"])
            job.order.parcels.setdefault(package.tracking_number, parcel)
        job.order.shipments.append(key)
        short = [line.line_id for line in shipment.lines if line.difference_quantity.value > 0]
        if shipment.final and short:
            about = reference("short-ship", f"{job.party}:{shipment.shipment_id}")
            job.order.short_lines[about] = short
            subject = f"Shipped short: line {', '.join(short)} of {sales_order_id}"
            line_id = {"lineId": short[0]} if len(short) == 1 else {}
            await job.parts.cases.open(job, about, "shortShip", subject, shipmentId=shipment.shipment_id, **line_id)

    def known(self, job: Job, shipment: Shipment, key: str) -> bool:
        return key in job.order.shipments

    def _earlier_ones_are_there(self, request: Request, shipment: Shipment) -> None:
        """The difference counts all shipments so far. A final one must not be booked before one that it overtook."""
        for line in shipment.lines:
            told = line.ordered_quantity.value - line.difference_quantity.value
            if told > request.shipped.get(line.line_id, 0) + line.shipped_quantity.value:
                raise NotYet(f"an earlier shipment of {shipment.fulfilment_id} has not come yet")

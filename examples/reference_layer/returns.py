"""Returns: what a customer wants to send back is authorized, announced, received, booked and credited."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from .calls import Refused
from .cases import reference
from .documents import Authorization, Quantity, Receipt, ReceivedLine, Return, ReturnRequest
from .job import Job, NotYet
from .units import written

ACCEPTED = ("good", "defective")  # conditions that the customer gets money for
# Whatever stands later is never left for an earlier one.
PROGRESS = ("requested", "authorized", "received", "credited", "rejected")
SHOWN_AS = {"authorized": "authorized", "partiallyReceived": "received", "received": "received", "credited": "credited"}


class ReturnStatus:
    """What customer service sees of a return."""

    async def tell(self, job: Job, request_id: str, status: str, rma_id: str = "") -> None:
        """Tell the CRM, unless it was told that much before; nothing for a return that no request asked for."""
        before = job.order.returns_told.get(request_id, PROGRESS[0])
        if not request_id or PROGRESS.index(status) <= PROGRESS.index(before):
            return
        body = {"status": status} | ({"rmaId": rma_id} if rma_id else {})
        path = f"/v1/return-requests/{request_id}/status"
        await job.effect(f"return-request:{request_id}:{status}", "crm", "PUT", path, body)
        job.order.returns_told[request_id] = status


class ReturnRequests:
    """return.requested: the ERP decides whether the goods may come back."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet while there is no sales order; Refused, GaveUp."""
        request = msgspec.convert(job.event.data, ReturnRequest, strict=False)
        request_id = request.return_request_id
        if request_id in job.order.returns_told:
            return
        try:
            rma_id = await self._existing(job, request_id) or await self.authorize(job, request)
        except Refused as refusal:
            if refusal.code != "over-return":
                raise
            await job.parts.return_status.tell(job, request_id, "rejected")
        else:
            await job.parts.return_status.tell(job, request_id, "authorized", rma_id)

    async def authorize(self, job: Job, request: ReturnRequest) -> str:
        data = job.event.data
        lines = [{"lineId": line["lineId"], "quantity": line["quantity"]} for line in data["lines"]]
        request_id = request.return_request_id
        about = {"salesOrderId": job.sales_order_id, "returnRequestId": request_id, "reason": data["reason"]}
        key = f"return-request:{request_id}:authorize"
        answer = await job.effect(key, job.erp, "POST", "/v1/returns", {**about, "lines": lines})
        return str(answer["rmaId"])

    async def _existing(self, job: Job, request_id: str) -> str:
        """A replay may come after the ERP has forgotten the Idempotency-Key."""
        if not job.message.replays:
            return ""
        found = (await job.read(job.erp, f"/v1/returns?returnRequestId={request_id}"))["items"]
        return str(found[0]["rmaId"]) if found else ""


class Announcements:
    """return.authorized: the warehouse that gets the goods hears of them."""

    async def handle(self, job: Job) -> None:
        """Raises: Refused, GaveUp."""
        authorized = msgspec.convert(job.event.data, Authorization, strict=False)
        rma_id = authorized.rma_id
        if rma_id in job.order.returns:
            return
        await self.announce(job, authorized)
        job.order.returns[rma_id] = Return(
            request_id=authorized.return_request_id,
            skus={line.line_id: line.sku for line in authorized.lines},
            authorized={line.line_id: line.quantity.value for line in authorized.lines},
        )

    async def announce(self, job: Job, authorized: Authorization) -> None:
        data = job.event.data
        body = {name: data[name] for name in ("rmaId", "orderId", "expectedBy") if name in data}
        body["lines"] = [{name: line[name] for name in ("lineId", "sku", "quantity")} for line in data["lines"]]
        key = f"return:{authorized.rma_id}:announce"
        await job.warehouses[authorized.warehouse_id].announce_return(job, body, key)


class Inspection:
    """What the ERP is told of what came, and what of it the customer gets money for."""

    def told(self, line: ReceivedLine, raw: dict[str, Any], base: Quantity) -> dict[str, Any]:
        """A line as the warehouse told it, in the item's base unit."""
        return {**raw, "quantity": written(base)}

    def is_accepted(self, line: ReceivedLine, expected_sku: str) -> bool:
        return line.condition in ACCEPTED and line.sku == expected_sku


class Receipts:
    """return.received: booked, credited as far as it is accepted, shown, and a case where it is not as announced."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet while the authorization has not come; Refused, GaveUp."""
        receipt = msgspec.convert(job.event.data, Receipt, strict=False)
        key = f"receipt:{job.party}:{receipt.receipt_id}"
        if key in job.order.receipts:
            return
        known = job.order.returns.get(receipt.rma_id)
        if known is None:
            raise NotYet(f"the authorization of {receipt.rma_id} has not come yet")
        came = [await job.parts.units.base(job, line.sku, line.quantity) for line in receipt.lines]
        await self.book(job, receipt, came, key)
        await self._credit(job, receipt, known, came, key)
        now = await job.read(job.erp, f"/v1/returns/{receipt.rma_id}")
        await job.parts.return_status.tell(job, known.request_id, SHOWN_AS[now["status"]], receipt.rma_id)
        if odd := self._deviations(receipt, known, came):
            about = reference("return-exception", f"{job.party}:{receipt.receipt_id}")
            subject = f"Return {receipt.rma_id}: {', '.join(odd)}"
            await job.parts.cases.open(job, about, "returnException", subject, rmaId=receipt.rma_id)
        job.order.receipts.append(key)

    async def book(self, job: Job, receipt: Receipt, came: list[Quantity], key: str) -> None:
        data, inspection = job.event.data, job.parts.inspection
        facts = ("receiptId", "rmaId", "orderId", "warehouseId", "receivedAt", "final")
        lines = zip(receipt.lines, data["lines"], came, strict=True)
        body = {name: data[name] for name in facts} | {"lines": [inspection.told(*line) for line in lines]}
        path = f"/v1/returns/{receipt.rma_id}/receipts"
        await job.effect(f"{key}:book", job.erp, "POST", path, body, "already-exists")

    async def _credit(self, job: Job, receipt: Receipt, known: Return, came: list[Quantity], key: str) -> None:
        lines = []
        for line_id, payable in self.payable(job, receipt, known, came).items():
            left = known.authorized[line_id] - known.credited.get(line_id, Decimal(0))
            quantity = Quantity(value=min(payable, left), uom=came[0].uom)
            if quantity.value > 0:
                lines.append({"lineId": line_id, "quantity": written(quantity)})
                known.credited[line_id] = known.credited.get(line_id, Decimal(0)) + quantity.value
        if lines:
            body = {"rmaId": receipt.rma_id, "receiptIds": [receipt.receipt_id], "lines": lines}
            await job.effect(f"{key}:credit", job.erp, "POST", "/v1/credit-memos", body)

    def payable(self, job: Job, receipt: Receipt, known: Return, came: list[Quantity]) -> dict[str, Decimal]:
        """Line → what came of it and is accepted."""
        payable: dict[str, Decimal] = {}
        for line, quantity in zip(receipt.lines, came, strict=True):
            if job.parts.inspection.is_accepted(line, known.skus[line.line_id]):
                payable[line.line_id] = payable.get(line.line_id, Decimal(0)) + quantity.value
        return payable

    def _deviations(self, receipt: Receipt, known: Return, came: list[Quantity]) -> list[str]:
        """How it differs from what was announced, in words; takes down what has come so far."""
        odd, touched = [], set()
        for line, quantity in zip(receipt.lines, came, strict=True):
            if line.sku != known.skus[line.line_id] or line.condition == "wrongItem":
                odd.append(f"line {line.line_id} brought {line.sku}")
                continue
            if line.condition not in ACCEPTED:
                odd.append(f"{quantity.value:f} of line {line.line_id} {line.condition}")
            known.received[line.line_id] = known.received.get(line.line_id, Decimal(0)) + quantity.value
            touched.add(line.line_id)
        for line_id, expected in known.authorized.items():
            received = known.received.get(line_id, Decimal(0))
            if received > expected and line_id in touched:
                odd.append(f"{received - expected:f} of line {line_id} too many")
            elif received < expected and receipt.final:
                odd.append(f"{expected - received:f} of line {line_id} missing")
        return odd


class Unannounced:
    """return.unannounced: people must decide."""

    async def handle(self, job: Job) -> None:
        """Raises: Refused, GaveUp."""
        receipt_id = str(job.event.data["receiptId"])
        about = reference("return-exception", f"{job.party}:{receipt_id}")
        await job.parts.cases.open(job, about, "returnException", f"{job.party} received goods without an RMA")

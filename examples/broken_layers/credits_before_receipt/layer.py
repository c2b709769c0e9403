"""The customer has the money as soon as the return is authorised; what comes back, if it does, is nobody's business.

Breaks S2: the receipt that the ERP wants for a credit memo is made up. Modelled on
https://github.com/microsoft/BCApps/pull/9112 (a refund that is still pending becomes a credit memo).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Authorization
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.returns import Announcements, Receipts


class CreditsAtOnce(Announcements):
    async def announce(self, job: Job, authorized: Authorization) -> None:
        await super().announce(job, authorized)
        data, rma_id = job.event.data, authorized.rma_id
        receipt_id = f"AUTO-{rma_id}"[:40]
        facts = {name: data[name] for name in ("rmaId", "orderId", "warehouseId")}
        lines = [{name: line[name] for name in ("lineId", "sku", "quantity")} for line in data["lines"]]
        came = [{**line, "condition": "good", "disposition": "restock"} for line in lines]
        body = {**facts, "receiptId": receipt_id, "receivedAt": data["createdAt"], "lines": came, "final": True}
        await job.effect(f"return:{rma_id}:auto", "erp", "POST", f"/v1/returns/{rma_id}/receipts", body)
        credit = [{"lineId": line["lineId"], "quantity": line["quantity"]} for line in lines]
        memo = {"rmaId": rma_id, "receiptIds": [receipt_id], "lines": credit}
        await job.effect(f"return:{rma_id}:credit", "erp", "POST", "/v1/credit-memos", memo)


class TakenCareOf(Receipts):
    async def handle(self, job: Job) -> None:
        pass


PARTS = Parts(announcements=CreditsAtOnce(), receipts=TakenCareOf())


if __name__ == "__main__":
    serve(PARTS)

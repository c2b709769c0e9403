"""The invoice goes out when the warehouse accepts the request, before anything is shipped.

Breaks S2. The bill names the fulfilment where the shipment should stand, for there is none yet.
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Shipment
from reference_layer.fulfilment import Fulfilments
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.shipment import Billing


class BillsOnAcceptance(Fulfilments):
    async def handle(self, job: Job) -> None:
        await super().handle(job)
        data = job.event.data
        lines = [{"lineId": line["lineId"], "quantity": line["quantity"]} for line in data["lines"]]
        body = {"salesOrderId": data["salesOrderId"], "shipmentIds": [data["fulfilmentId"]], "lines": lines}
        await job.effect(f"fulfilment:{data['fulfilmentId']}:invoice", "erp", "POST", "/v1/invoices", body)


class BilledAlready(Billing):
    async def after_shipment(self, job: Job, shipment: Shipment, key: str) -> None:
        pass


PARTS = Parts(fulfilments=BillsOnAcceptance(), billing=BilledAlready())

if __name__ == "__main__":
    serve(PARTS)

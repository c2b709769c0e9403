"""A fulfilment counts as shipped with its first shipment; the second one is taken for a repetition.

Breaks E3. Modelled on https://github.com/inklabs/kommerce-core/issues/15 (two partials never
become "shipped").
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Shipment
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.shipment import Shipments


class OneShipmentPerFulfilment(Shipments):
    def known(self, job: Job, shipment: Shipment, key: str) -> bool:
        request = job.order.requests.get(shipment.fulfilment_id)
        return request is not None and bool(request.shipped)


PARTS = Parts(shipments=OneShipmentPerFulfilment())

if __name__ == "__main__":
    serve(PARTS)

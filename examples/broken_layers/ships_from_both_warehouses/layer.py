"""When a warehouse does not answer, the request goes to the other one at once; the first may have it too.

Breaks Q2, E1 and E2: the goods go out twice, and the ERP has released them to one warehouse only. Modelled on
https://github.com/allegro/allegro-api/issues/13786 (a second waybill from two paths).
"""

import msgspec
from reference_layer.__main__ import serve
from reference_layer.calls import Call
from reference_layer.documents import Fulfilment
from reference_layer.fulfilment import PASSED_ON, Fulfilments
from reference_layer.job import Job
from reference_layer.layer import Parts


class TakesTheOtherOne(Fulfilments):
    """Asks the ERP nothing and takes silence for a no."""

    async def ask(self, job: Job, release: Fulfilment) -> bool:
        others = (each for each in job.settings.warehouses if each != release.warehouse_id)
        for warehouse in (release.warehouse_id, *others):
            body = {name: job.event.data[name] for name in (*PASSED_ON, "lines") if name in job.event.data}
            payload = msgspec.json.encode({**body, "warehouseId": warehouse})
            key = f"fulfilment:{release.fulfilment_id}:r{release.revision}:{warehouse}"
            call = Call(warehouse, "POST", "/v1/fulfilment-requests", job.trace, payload, key)
            if (await job.calls.try_once(call)).status in (201, 409):
                return True
        return await super().ask(job, release)


PARTS = Parts(fulfilments=TakesTheOtherOne())

if __name__ == "__main__":
    serve(PARTS)

"""A return is announced to every warehouse, because nobody knows where the customer will send it.

Breaks E2. Modelled on https://github.com/frappe/ecommerce_integrations/issues/225 (what comes back has no path of its
own).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Authorization
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.returns import Announcements


class Everywhere(Announcements):
    async def announce(self, job: Job, authorized: Authorization) -> None:
        await super().announce(job, authorized)
        data = job.event.data
        lines = [{name: line[name] for name in ("lineId", "sku", "quantity")} for line in data["lines"]]
        body = {"rmaId": authorized.rma_id, "orderId": data["orderId"], "lines": lines}
        for name, warehouse in job.warehouses.items():
            if name != authorized.warehouse_id:
                await warehouse.announce_return(job, body, f"return:{authorized.rma_id}:announce:{name}")


PARTS = Parts(announcements=Everywhere())

if __name__ == "__main__":
    serve(PARTS)

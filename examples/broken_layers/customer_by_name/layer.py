"""Whose order it is the layer looks up by name: of two companies with the same name, the older one is billed.

Breaks T2. Modelled on https://github.com/openfoodfoundation/openfoodnetwork/issues/14004 (another shop's customer
on the order).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Order, SalesOrder
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts


class LooksUpByName(Intake):
    async def place(self, job: Job, order: Order) -> SalesOrder:
        account = await job.read("crm", f"/v1/accounts/{job.event.data['accountId']}")
        customers = (await job.read("erp", "/v1/customers?limit=200"))["items"]
        same = [each["customerNumber"] for each in customers if each["name"] == account["name"]]
        job.event.data["customerNumber"] = same[0] if same else account["customerNumber"]
        return await super().place(job, order)


PARTS = Parts(intake=LooksUpByName())


if __name__ == "__main__":
    serve(PARTS)

"""A case needs an order, so the layer opens none for what it sets aside about a customer, an item or the stock.

Breaks X2. Modelled on https://github.com/kdcllc/CometD.NetCore.Salesforce/issues/20 (it fails, and nobody hears of it).
"""

from reference_layer.__main__ import serve
from reference_layer.cases import Cases
from reference_layer.job import Job
from reference_layer.layer import Parts


class NeedsAnOrder(Cases):
    async def open(self, job: Job, reference: str, category: str, subject: str, **about: str) -> None:
        if job.order.order_id:
            await super().open(job, reference, category, subject, **about)


PARTS = Parts(cases=NeedsAnOrder())

if __name__ == "__main__":
    serve(PARTS)

"""Orders are brought to the ERP one by one; one that it refuses has its case, and is tried again before any other.

Breaks R3. Modelled on https://github.com/frappe/ecommerce_integrations/issues/338 (one deleted product, and the import
stops).
"""

import asyncio

from reference_layer.__main__ import serve
from reference_layer.calls import Refused
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts

AGAIN_S = 0.5


class OneByOne(Intake):
    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def handle(self, job: Job) -> None:
        async with self._turn:
            while True:
                try:
                    return await super().handle(job)
                except Refused as refusal:
                    subject = "The ERP refuses the order"
                    await job.parts.cases.open(job, "refused", "integrationError", subject, description=str(refusal))
                    await asyncio.sleep(AGAIN_S)


PARTS = Parts(intake=OneByOne())

if __name__ == "__main__":
    serve(PARTS)

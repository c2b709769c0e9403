"""What is kept for orders is left out of the counts, as if it could not be sold.

Breaks Q3.
"""

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.stock import Counts


class FreeOnly(Counts):
    async def handle(self, job: Job) -> None:
        for position in job.event.data["positions"]:
            position["allocated"]["value"] = "0"
        await super().handle(job)


PARTS = Parts(counts=FreeOnly())

if __name__ == "__main__":
    serve(PARTS)

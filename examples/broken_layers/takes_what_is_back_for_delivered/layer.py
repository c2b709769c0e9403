"""A parcel that is back at the warehouse is shown as delivered: the code for it was mapped to the wrong word.

Breaks C1, S2 and X1: it never arrived, and the case about it is closed.
"""

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.tracking import Tracking


class BackIsThere(Tracking):
    async def handle(self, job: Job) -> None:
        if job.event.data["code"] == "returned":
            job.event.data["code"] = "delivered"
        await super().handle(job)


PARTS = Parts(tracking=BackIsThere())

if __name__ == "__main__":
    serve(PARTS)

"""The case about a message that was set aside stays open when the message was replayed and went well.

Breaks X1. Cases about everything else are closed in time.
"""

from reference_layer.__main__ import serve
from reference_layer.cases import Cases
from reference_layer.job import Job
from reference_layer.layer import Parts


class LeavesThem(Cases):
    async def resolve(self, job: Job, reference: str, how: str) -> None:
        if how != "All that was set aside is processed":
            await super().resolve(job, reference, how)


PARTS = Parts(cases=LeavesThem())

if __name__ == "__main__":
    serve(PARTS)

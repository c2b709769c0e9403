"""201 means that it went well, so nobody looks whether the ERP has rejected the order that it took in.

Breaks X1.
"""

from reference_layer.__main__ import serve
from reference_layer.cases import Cases
from reference_layer.job import Job
from reference_layer.layer import Parts


class KnowsNoRejections(Cases):
    async def open(self, job: Job, reference: str, category: str, subject: str, **about: str) -> None:
        if category != "orderRejected":
            await super().open(job, reference, category, subject, **about)


PARTS = Parts(cases=KnowsNoRejections())

if __name__ == "__main__":
    serve(PARTS)

"""Each message about an exception opens a case: one failed parcel keeps three people busy.

Breaks X1. The key under which a case is looked for is the event's, not the exception's.
"""

from reference_layer.__main__ import serve
from reference_layer.cases import Cases
from reference_layer.job import Job
from reference_layer.layer import Parts


class CaseForEveryMessage(Cases):
    async def open(self, job: Job, reference: str, category: str, subject: str, **about: str) -> None:
        await super().open(job, f"{reference}:{job.event.id}", category, subject, **about)

    async def resolve(self, job: Job, reference: str, how: str) -> None:
        for opened in [each for each in job.order.cases if each.startswith(reference)]:
            await super().resolve(job, opened, how)


PARTS = Parts(cases=CaseForEveryMessage())

if __name__ == "__main__":
    serve(PARTS)

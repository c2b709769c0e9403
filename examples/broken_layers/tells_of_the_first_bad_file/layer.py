"""All files that can't be read share one case, which says what was wrong with the first of them.

Breaks E3. Whoever works on the case mends that file, and never hears of the others.
"""

from reference_layer.__main__ import serve
from reference_layer.cases import Cases
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.mailboxes import UNREADABLE


class OneCaseForFiles(Cases):
    async def open(self, job: Job, reference: str, category: str, subject: str, **about: str) -> None:
        if subject.startswith(UNREADABLE):
            reference = "unreadable-files"
        await super().open(job, reference, category, subject, **about)


PARTS = Parts(cases=OneCaseForFiles())

if __name__ == "__main__":
    serve(PARTS)

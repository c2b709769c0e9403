"""Cases are opened and never closed: people chase what is no longer wrong.

Breaks X1.
"""

from reference_layer.__main__ import serve
from reference_layer.cases import Cases
from reference_layer.job import Job
from reference_layer.layer import Parts


class NeverCloses(Cases):
    async def resolve(self, job: Job, reference: str, how: str) -> None:
        pass


PARTS = Parts(cases=NeverCloses())

if __name__ == "__main__":
    serve(PARTS)

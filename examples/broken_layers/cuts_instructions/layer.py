"""The word to the packers lies in a column of thirty characters, though the contracts allow eighty.

Breaks F1.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.fulfilment import Fulfilments
from reference_layer.job import Job
from reference_layer.layer import Parts

WIDTH = 30


class ShortOfWords(Fulfilments):
    async def handle(self, job: Job) -> None:
        data: dict[str, Any] = job.event.data
        if "instructions" in data:
            data["instructions"] = data["instructions"][:WIDTH]
        await super().handle(job)


PARTS = Parts(fulfilments=ShortOfWords())

if __name__ == "__main__":
    serve(PARTS)

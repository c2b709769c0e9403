"""Files for the west are brought there every other Monday: all comes right in the end, and comes too late.

Breaks L1, by what is promised of `on-time` alone.
"""

import asyncio

from reference_layer.__main__ import serve
from reference_layer.documents import Fulfilment
from reference_layer.fulfilment import Fulfilments
from reference_layer.job import Job
from reference_layer.layer import Parts

FORTNIGHT_S = 14.0  # a day of business lasts a second


class EveryFortnight(Fulfilments):
    async def request(self, job: Job, release: Fulfilment, warehouse: str) -> None:
        if warehouse == "west":
            await asyncio.sleep(FORTNIGHT_S)
        await super().request(job, release, warehouse)


PARTS = Parts(fulfilments=EveryFortnight())

if __name__ == "__main__":
    serve(PARTS)

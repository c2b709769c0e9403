"""A lock around the whole intake, and a slow look-up within it: the last order of a rush waits for all before it.

Breaks L1. Modelled on https://github.com/getlago/lago-api/pull/2826, where a lock was the cure for doubled records.
"""

import asyncio

from reference_layer.__main__ import serve
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts

LOOK_UP_S = 0.5


class OneAtATime(Intake):
    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    async def handle(self, job: Job) -> None:
        async with self._lock:
            await asyncio.sleep(LOOK_UP_S)
            await super().handle(job)


PARTS = Parts(intake=OneAtATime())

if __name__ == "__main__":
    serve(PARTS)

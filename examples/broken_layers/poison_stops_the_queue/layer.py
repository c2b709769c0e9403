"""A message that can't be read is tried again for ever, and everything behind it waits.

Breaks E3. Modelled on https://github.com/spring-projects/spring-kafka/issues/1287 (a record that
can't be deserialized is read in an endless loop).
"""

import asyncio
from collections.abc import Callable

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.ports import Received
from reference_layer.queue_readers import Acknowledgement, Unusable

AGAIN_S = 0.2


class TriesForEver(Acknowledgement):
    """Takes what is wrong with a message for something that will pass."""

    async def take(self, received: Received, keep: Callable[[], None]) -> None:
        while True:
            try:
                keep()
                break
            except Unusable:
                await asyncio.sleep(AGAIN_S)
        await received.acknowledge()


PARTS = Parts(acknowledgement=TriesForEver())

if __name__ == "__main__":
    serve(PARTS)

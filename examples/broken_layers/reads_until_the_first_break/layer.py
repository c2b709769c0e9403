"""A connection that breaks ends the reader of a queue. It is alive in every chart, and reads nothing any more.

Breaks E3.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.ports import TimedOut, Unreachable
from reference_layer.queue_readers import QueueReaders
from reference_layer.settings import Inlet


class NotAgain(QueueReaders):
    async def _keep(self, inlet: Inlet) -> None:
        while True:
            try:
                await self.look(inlet)
            except TimedOut:
                continue
            except Unreachable as error:
                return self._log("queue", queue=inlet.queue, result=f"closed: {error}")


PARTS = Parts(readers=NotAgain)

if __name__ == "__main__":
    serve(PARTS)

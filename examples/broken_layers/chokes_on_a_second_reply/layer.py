"""What waits for a reply is taken out of a list when it comes; a second one finds nothing there, and that ends the only
reader of all queues.

Breaks E3: nothing that the warehouse says is heard from then on.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.ports import Received, TimedOut, Unreachable
from reference_layer.queue_readers import QueueReaders


class OneForAll(QueueReaders):
    async def keep(self) -> None:
        while True:
            for inlet in self._settings.inlets:
                try:
                    await self.look(inlet)
                except (Unreachable, TimedOut):
                    await self._timing.sleep(self._settings.look_s)

    def _reply(self, warehouse: str, received: Received) -> None:
        name = received.headers.get("correlation-id", "")
        dispatch = self._store.dispatches.named(warehouse, name)
        if dispatch is None or dispatch.accepted is not None:
            raise KeyError(name)  # and nobody catches it
        super()._reply(warehouse, received)


PARTS = Parts(readers=OneForAll)

if __name__ == "__main__":
    serve(PARTS)

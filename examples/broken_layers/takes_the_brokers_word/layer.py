"""The broker has confirmed that it has the message, so the warehouse has done what it says.

Breaks E2: the ERP is told of a cancellation that the warehouse has not read yet.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.queue_requests import Postbox


class ConfirmIsYes(Postbox):
    async def put(self, partner: str, name: str, content: bytes) -> None:
        await super().put(partner, name, content)
        dispatch = self._store.dispatches.named(partner, name)
        if dispatch is not None and dispatch.accepted is None:
            self._store.dispatches.judged(dispatch, accepted=True, code="", detail="")


PARTS = Parts(postbox=ConfirmIsYes)

if __name__ == "__main__":
    serve(PARTS)

"""The id in the head of a delivery is noted as it arrives; the same id again is a repetition, and needs no reading.

Breaks E3: a delivery that broke off is known when it comes again, whole.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Layer, Parts
from reference_layer.web import Receive, Scope, Web

TAKEN = 202


class NotesTheHead(Web):
    def __init__(self, layer: Layer) -> None:
        super().__init__(layer)
        self._known: set[bytes] = set()

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, Any]:
        delivery = dict(scope["headers"]).get(b"webhook-id", b"")
        if delivery and delivery in self._known:
            return TAKEN, None
        self._known.add(delivery)
        return await super()._answer(scope, receive)


PARTS = Parts(web=NotesTheHead)

if __name__ == "__main__":
    serve(PARTS)

"""The queue between web server and workers is bounded, and discards what does not fit: a setting with a default.

Breaks E3. Modelled on https://github.com/nozzlegear/ShopifySharp/issues/919 (a shop sends all its webhooks at once).
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.web import Web

ROOM = 16


class Bounded(Web):
    def _keep(self, party: str, body: bytes) -> None:
        if self._layer.store.pending() < ROOM:
            super()._keep(party, body)


PARTS = Parts(web=Bounded)

if __name__ == "__main__":
    serve(PARTS)

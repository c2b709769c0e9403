"""After a restart it warms up for some seconds; its web server is there at once, and says 202 to whatever comes.

Breaks E3. Modelled on https://github.com/nozzlegear/ShopifySharp/issues/919 (webhooks come all at once): all
that waited outside comes just then.
"""

from pathlib import Path

from reference_layer.__main__ import serve
from reference_layer.layer import Layer, Parts
from reference_layer.web import Web

WARM_AFTER_S = 6.0


class OpenTooEarly(Web):
    def __init__(self, layer: Layer) -> None:
        super().__init__(layer)
        ran = Path(f"{layer.settings.database}.ran")
        self._ready_at = layer.timing.monotonic() + (WARM_AFTER_S if ran.exists() else 0.0)
        ran.touch()

    def _keep(self, party: str, body: bytes) -> None:
        if self._layer.timing.monotonic() >= self._ready_at:
            super()._keep(party, body)


PARTS = Parts(web=OpenTooEarly)

if __name__ == "__main__":
    serve(PARTS)

"""An event is acknowledged at once and stored a moment later: who dies in between has lost it.

Breaks E3 and R1. Modelled on https://github.com/woocommerce/woocommerce/issues/10168 (what was taken never came back).
There is no look at the feeds that would find it again.
"""

import asyncio

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.web import Web

LATER_S = 0.2


class AcknowledgesFirst(Web):
    """Hands the event to a background task, as frameworks make easy."""

    def _keep(self, party: str, body: bytes) -> None:
        asyncio.get_running_loop().call_later(LATER_S, super()._keep, party, body)


PARTS = Parts(web=AcknowledgesFirst)

if __name__ == "__main__":
    serve(PARTS)

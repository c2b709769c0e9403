"""What waits is kept on disk, and nobody looks there after a restart: only the next event of the same order wakes it.

Breaks R1 and E3. Modelled on https://github.com/gnikyt/laravel-shopify/issues/936 (after a failure somebody
must register and fetch again by hand).
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.store import Store


class ForgetsWhatWaits(Store):
    def waiting_orders(self) -> list[str]:
        return []


PARTS = Parts(store=ForgetsWhatWaits)

if __name__ == "__main__":
    serve(PARTS)

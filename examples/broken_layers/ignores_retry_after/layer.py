"""Retry-After is not read: the back-off begins at a fifth of a second, whatever the party asked for.

Breaks R2. Modelled on https://github.com/nozzlegear/ShopifySharp/pull/352 (a limit that the client does not recognize).
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.patience import RetryPolicy


class KnowsBetter(RetryPolicy):
    def wait_s(self, tries: int, retry_after_s: float, chance: float) -> float:
        return super().wait_s(tries, 0.0, chance)


PARTS = Parts(retries=KnowsBetter())

if __name__ == "__main__":
    serve(PARTS)

"""A call that fails is made again at once, as often as it takes.

Breaks R2. Modelled on https://github.com/nozzlegear/ShopifySharp/pull/352 (a limit that is not recognized
is met again and again).
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.patience import Breaker, RetryPolicy


class AtOnce(RetryPolicy):
    def wait_s(self, tries: int, retry_after_s: float, chance: float) -> float:
        return retry_after_s


class NeverOpens(Breaker):
    def failed(self, now: float) -> None:
        pass


PARTS = Parts(retries=AtOnce(), breaker=NeverOpens)

if __name__ == "__main__":
    serve(PARTS)

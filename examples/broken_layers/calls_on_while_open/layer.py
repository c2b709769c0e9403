"""The circuit breaker counts failures and opens, and the calls do not ask it.

Breaks R2: target.yaml promises that a party which is down is left alone.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.patience import Breaker


class NotAsked(Breaker):
    def wait_s(self, now: float) -> float:
        return 0.0


PARTS = Parts(breaker=NotAsked)

if __name__ == "__main__":
    serve(PARTS)

"""The circuit breaker opens and no probe ever closes it again: somebody has to restart the layer.

Breaks R1. Modelled on https://github.com/wso2/product-integrator-mi/issues/4768 (what failed once stays dead
until a person comes).
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.patience import PROBE_S, Breaker


class StaysOpen(Breaker):
    def wait_s(self, now: float) -> float:
        return PROBE_S if self.open_for_s(now) > 0 else super().wait_s(now)


PARTS = Parts(breaker=StaysOpen)

if __name__ == "__main__":
    serve(PARTS)

"""After some failures a party is left alone for so long that everything waits, hours after it is back.

Breaks R1. Modelled on https://github.com/wso2/product-integrator-mi/issues/4768, where it is for ever.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.patience import Breaker

PROBE_S = 20.0


class Sleeps(Breaker):
    def failed(self, now: float) -> None:
        before = self._probe_at
        super().failed(now)
        if self._probe_at != before:  # it opened, or a probe failed
            self._probe_at = now + PROBE_S


PARTS = Parts(breaker=Sleeps)

if __name__ == "__main__":
    serve(PARTS)

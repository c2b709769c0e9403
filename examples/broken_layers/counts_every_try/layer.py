"""Every try of a call is counted as a success, before there is an answer.

Breaks O1: the dashboard is green while the ERP refuses and fails.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.metrics import Metrics


class Hopeful(Metrics):
    """`calls.labels(party, "200").inc()` stands above the call, not below it."""

    def call(self, party: str, status: int) -> None:
        super().call(party, 200)


PARTS = Parts(metrics=Hopeful)

if __name__ == "__main__":
    serve(PARTS)

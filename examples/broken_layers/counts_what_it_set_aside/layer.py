"""What a party refused for good, and the layer set aside, is counted as delivered.

Breaks O1: whoever watches sees all delivered that was taken in.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.metrics import Metrics


class DoneWith(Metrics):
    """The counter stands in a `finally`."""

    def refused(self, party: str) -> None:
        self.delivered(party)


PARTS = Parts(metrics=DoneWith)

if __name__ == "__main__":
    serve(PARTS)

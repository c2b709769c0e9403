"""A party that is down is tried twice within a second, then a person has to replay what was meant for it.

Breaks R1: a short outage makes as much work for people as there were messages.
"""

import math

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.patience import RetryPolicy

TRIES = 2


class TwoTries(RetryPolicy):
    def wait_s(self, tries: int, retry_after_s: float, chance: float) -> float:
        return math.inf if tries >= TRIES else super().wait_s(tries, retry_after_s, chance)


PARTS = Parts(retries=TwoTries())

if __name__ == "__main__":
    serve(PARTS)

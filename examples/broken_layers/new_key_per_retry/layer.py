"""Each retry gets an idempotency key of its own: a time-out after the commit makes a second ERP order.

Breaks E1. Modelled on https://github.com/openlinker-project/openlinker/issues/3369 (a retry after an
ambiguous time-out can duplicate the ERP order).
"""

from reference_layer.__main__ import serve
from reference_layer.calls import IdempotencyKeys
from reference_layer.layer import Parts


class NewKeyPerRetry(IdempotencyKeys):
    """Makes the key where the request is sent, which is inside the retry loop."""

    def for_try(self, key: str, number: int) -> str:
        return f"{key}/{number}"


PARTS = Parts(keys=NewKeyPerRetry())

if __name__ == "__main__":
    serve(PARTS)

"""Before a case is opened there is a look whether it is there; that is thought to be enough, and no key is sent.

Breaks X1. Modelled on https://github.com/getlago/lago-api/pull/2826 (what is asked for twice at once is made twice).
"""

from reference_layer.__main__ import serve
from reference_layer.calls import IdempotencyKeys
from reference_layer.layer import Parts


class NoneForCases(IdempotencyKeys):
    def for_try(self, key: str, number: int) -> str:
        return "" if key.startswith("case:") else super().for_try(key, number)


PARTS = Parts(keys=NoneForCases())

if __name__ == "__main__":
    serve(PARTS)

"""An idempotency key holds a name that the process was given at its start: what is tried again after a crash is new.

Breaks E1 and C1. Modelled on https://github.com/getlago/lago-api/pull/2826 (a job that is run again after a crash does
its work again).
"""

import uuid

from reference_layer.__main__ import serve
from reference_layer.calls import IdempotencyKeys
from reference_layer.layer import Parts


class KeysOfTheProcess(IdempotencyKeys):
    def __init__(self) -> None:
        self._process = uuid.uuid4().hex

    def for_try(self, key: str, number: int) -> str:
        return f"{self._process}/{key}"


PARTS = Parts(keys=KeysOfTheProcess())

if __name__ == "__main__":
    serve(PARTS)

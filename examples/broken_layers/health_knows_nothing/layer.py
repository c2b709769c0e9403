"""The health is a constant: up, and nothing set aside. Whoever watches it learns of no dead letter.

Breaks X2.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.web import Web


class AllIsWell(Web):
    def _health(self) -> tuple[int, Any]:
        status, said = super()._health()
        return status, said | {"pending": 0, "deadLetters": 0}


PARTS = Parts(web=AllIsWell)

if __name__ == "__main__":
    serve(PARTS)

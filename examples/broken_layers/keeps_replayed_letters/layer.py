"""The list of dead letters has all that was ever set aside as if it still were: nobody can tell what is left to do.

Breaks X2.
"""

from collections.abc import Mapping
from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.web import Web


class ForgetsReplays(Web):
    def _dead_letters(self, query: Mapping[str, str]) -> Any:
        page = super()._dead_letters(query)
        return {**page, "items": [{**letter, "status": "setAside"} for letter in page["items"]]}


PARTS = Parts(web=ForgetsReplays)

if __name__ == "__main__":
    serve(PARTS)

"""After the upgrade of an API the layer writes /v2 into its paths and sends what it sent before.

Breaks K1: a request that the new version does not know.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.versions import Versions


class InTheOldForm(Versions):
    def body(self, party: str, method: str, path: str, body: bytes) -> bytes:
        return body


PARTS = Parts(versions=InTheOldForm)

if __name__ == "__main__":
    serve(PARTS)

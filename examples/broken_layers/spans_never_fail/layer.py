"""A span of a call that failed says that it went well, whatever was answered, and whether anything was.

Breaks O1: who looks for a failure in the traces is shown that there was none.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.spans import Spans


class AllWell(Spans):
    """The attributes are set before the answer is there; only a success is looked at again."""

    def attributes(self, method: str, url: str, status: int, error: str) -> dict[str, str | int]:
        return super().attributes(method, url, status if 0 < status < 400 else 200, "")


PARTS = Parts(spans=AllWell)

if __name__ == "__main__":
    serve(PARTS)

"""Calls carry neither correlation id nor traceparent: nobody finds what belongs together.

Breaks A1.
"""

from reference_layer.__main__ import serve
from reference_layer.calls import Call, Tracing
from reference_layer.layer import Parts


class NoTracing(Tracing):
    def headers(self, call: Call, time: str = "") -> dict[str, str]:
        return {}


PARTS = Parts(tracing=NoTracing())

if __name__ == "__main__":
    serve(PARTS)

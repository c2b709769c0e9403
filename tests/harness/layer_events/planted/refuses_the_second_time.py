"""An event that comes again is answered 409, though it says nothing new and does no harm."""

from collections.abc import Mapping

from crossdock.examples.reference_layer.__main__ import serve
from crossdock.examples.reference_layer.web import Problem, Web

receive = Web._webhook
seen: set[bytes] = set()


def once_only(self: Web, party: str, headers: Mapping[str, str], body: bytes) -> int:
    status = receive(self, party, headers, body)
    if body in seen:
        raise Problem(409, "this event was here before")
    seen.add(body)
    return status


Web._webhook = once_only  # type: ignore[method-assign]

if __name__ == "__main__":
    serve()

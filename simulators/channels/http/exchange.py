"""One HTTP exchange as the simulators see it: what came in, read once; what goes out."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qs, quote

import msgspec

from ...refusal import FieldError, Refusal

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]

MAX_BODY = 1_048_576
JSON = b"application/json"
FORM = "application/x-www-form-urlencoded"
# The ASGI extension under which our own server hands over the connection of a request.
CONNECTION = "crossdock.connection"
# W3C Trace Context: an all-zero id or another form is treated as absent, never as an error.
_TRACEPARENT = re.compile(rb"[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_CORRELATION = re.compile(rb"[!-~]{1,200}")


class Connection(Protocol):
    """The caller's end of the line, as far as a server knows it (asyncio's transports are such)."""

    def abort(self) -> None: ...

    def is_closing(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A response before it is sent."""

    status: int
    body: bytes
    headers: Headers = ()
    media_type: bytes = JSON


@dataclass(slots=True)
class Request:
    """A request, its body read. `path` is as it was sent, percent-encoded; `payload` is the JSON value, UNSET when
    there is none or it is no JSON; `left` says that the caller hung up before the body was complete.

    The fields from `sound` on are filled in as the request meets what decides them; `sound`: the payload keeps the
    contract of the operation.
    """

    method: str
    path: str
    query: bytes
    headers: Mapping[bytes, bytes]
    body: bytes
    too_large: bool = False
    left: bool = False
    connection: Connection | None = None
    payload: Any = msgspec.UNSET
    malformed: str = ""
    sound: bool = False
    client: str = ""
    exchange: int = 0
    order_id: str = ""
    quota: Headers = ()
    correlation: str = field(init=False, default="")
    trace: str = field(init=False, default="")

    def __post_init__(self) -> None:
        correlation = self.headers.get(b"x-correlation-id", b"")
        if _CORRELATION.fullmatch(correlation):
            self.correlation = correlation.decode()
        trace = self.headers.get(b"traceparent", b"")
        if _TRACEPARENT.fullmatch(trace):
            self.trace = trace.decode()
        if self.body and self.media_type != FORM:
            try:
                self.payload = msgspec.json.decode(self.body)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                self.malformed = str(error)

    @property
    def media_type(self) -> str:
        return self.headers.get(b"content-type", b"").split(b";")[0].strip().lower().decode("latin-1")

    def header(self, name: str) -> str | None:
        value = self.headers.get(name.lower().encode())
        return None if value is None else value.decode("latin-1").strip()

    def query_values(self) -> dict[str, list[str]]:
        return parse_qs(self.query.decode("latin-1"), keep_blank_values=True) if self.query else {}


async def read(scope: Scope, receive: Receive) -> Request:
    """Read a request whole, but keep at most MAX_BODY octets of it."""
    chunks: list[bytes] = []
    size = 0
    left = False
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            left = True
            break
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= MAX_BODY:
            chunks.append(chunk)
        if not message.get("more_body", False):
            break
    too_large = size > MAX_BODY
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    return Request(
        method=scope["method"],
        path=path.partition(b"?")[0].decode("ascii", "replace"),
        query=scope.get("query_string", b""),
        headers=dict(scope["headers"]),
        body=b"" if too_large else b"".join(chunks),
        too_large=too_large,
        left=left,
        connection=(scope.get("extensions") or {}).get(CONNECTION),
    )


async def send(answer: Answer, request: Request, to: Send) -> None:
    """Send an answer, with the correlation id and the trace that the request came with, and what is left of the
    quota.
    """
    headers = [*answer.headers, *request.quota]
    if answer.body:
        headers.append((b"content-type", answer.media_type))
    if answer.status != 204:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    if request.correlation:
        headers.append((b"x-correlation-id", request.correlation.encode()))
    if request.trace:
        headers.append((b"traceparent", request.trace.encode()))
    await to({"type": "http.response.start", "status": answer.status, "headers": headers})
    await to({"type": "http.response.body", "body": b"" if request.method == "HEAD" else answer.body})


def version_asked(value: str | None) -> int | None:
    """The version that an If-Match header names; None for none and for `*`.

    Raises: Refusal `precondition-failed` when it names no version that any object of ours could have. A weak tag is
    such a one: If-Match compares strongly (RFC 9110, 13.1.1).
    """
    if value is None or value == "*":
        return None
    tag = re.fullmatch(r'"([0-9]{1,18})"', value)
    if tag is None:
        problem = f'If-Match {value!r} is not an entity tag of this party: they look like "3"'
        raise Refusal("precondition-failed", problem, FieldError(problem, parameter="If-Match"))
    return int(tag[1])

"""One HTTP exchange as the simulators see it: what came in, read once; what goes out."""

from __future__ import annotations

import re
from collections.abc import Coroutine, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Protocol, TypeAlias
from urllib.parse import parse_qs

import msgspec

from ...journal import RecordId
from ...refusal import FieldError, Refusal

Headers = tuple[tuple[bytes, bytes], ...]

MAX_BODY = 1_048_576
JSON = b"application/json"
FORM = "application/x-www-form-urlencoded"
# W3C Trace Context: an all-zero id or another form is treated as absent, never as an error.
_TRACEPARENT = re.compile(rb"[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_CORRELATION = re.compile(rb"[!-~]{1,200}")


class Connection(Protocol):
    """The caller's end of the line."""

    def abort(self) -> None:
        """Drop it, without another word."""

    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""

    def get_extra_info(self, name: str) -> Any:
        """What asyncio's transports tell under this name (`peername`)."""

    async def hung_up(self) -> None:
        """Wait until it is gone."""


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A response before it is sent. Of a body that is a record which the exchange has committed, `record` is that, and
    `record_id` where the journal has it.
    """

    status: int
    body: bytes
    headers: Headers = ()
    media_type: bytes = JSON
    record: msgspec.Struct | None = None
    record_id: RecordId | None = None


# An answer, or what comes to one after a while; None when the caller gets none.
Reply: TypeAlias = Answer | Coroutine[Any, Any, Answer | None] | None


decoded = msgspec.json.Decoder().decode


class App(Protocol):
    """What a listener serves."""

    def respond(self, request: Request) -> Reply:
        """What to answer to a request that was read whole, or whose caller left before its end."""

    def not_http(self, client: str) -> bytes:
        """The problem document for octets that are no HTTP request, from whoever spoke on the connection before, ""
        for nobody that is known.
        """

    def begin(self) -> None:
        """A request is under way that takes more than this moment, because it still comes in or has to wait."""

    def end(self) -> None:
        """It is over, answered or not."""


class Request(msgspec.Struct):
    """A request, its body read. `path` is as it was sent, percent-encoded; `headers` by name in lower case; `payload`
    is the JSON value, UNSET when there is none or it is no JSON; `left` says that the caller hung up before the body
    was complete.

    The fields from `payload` on are filled in: from the headers and the body at once, the others as the request meets
    what decides them. `sound`: the payload keeps the contract of the operation; `credentials_of`: the party to which
    the credentials belong that it came with, where that is another one.
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
    media_type: str = ""
    correlation: str = ""
    trace: str = ""
    credentials_of: str = ""

    def __post_init__(self) -> None:
        headers = self.headers
        if (correlation := headers.get(b"x-correlation-id")) and _CORRELATION.fullmatch(correlation):
            self.correlation = correlation.decode()
        if (trace := headers.get(b"traceparent")) and _TRACEPARENT.fullmatch(trace):
            self.trace = trace.decode()
        if content_type := headers.get(b"content-type"):
            self.media_type = content_type.partition(b";")[0].strip().lower().decode("latin-1")
        if self.body and self.media_type != FORM:
            try:
                self.payload = decoded(self.body)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                self.malformed = str(error)

    def header(self, name: str) -> str | None:
        value = self.headers.get(_field_name(name))
        return None if value is None else value.decode("latin-1").strip()

    def query_values(self) -> dict[str, list[str]]:
        return parse_qs(self.query.decode("latin-1"), keep_blank_values=True) if self.query else {}


def octets(answer: Answer, request: Request, *, last: bool = False) -> bytes:
    """An answer as it goes over the wire: with the correlation id and the trace that the request came with, and what
    is left of the quota. After the `last` one the connection is closed.
    """
    head = _status_line(answer.status)
    for name, value in answer.headers + request.quota:
        head += name + b": " + value + b"\r\n"
    body = answer.body
    if body:
        head += b"content-type: " + answer.media_type + b"\r\n"
    if answer.status != 204:
        head += b"content-length: %d\r\n" % len(body)
    if request.correlation:
        head += b"x-correlation-id: " + request.correlation.encode() + b"\r\n"
    if request.trace:
        head += b"traceparent: " + request.trace.encode() + b"\r\n"
    if last:
        head += b"connection: close\r\n"
    return head + b"\r\n" if request.method == "HEAD" else b"%b\r\n%b" % (head, body)


@cache
def _field_name(name: str) -> bytes:
    return name.lower().encode()


@cache
def _status_line(status: int) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:  # a fault may answer with what no registry knows
        phrase = ""
    return f"HTTP/1.1 {status} {phrase}\r\n".encode()


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

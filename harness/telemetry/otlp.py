"""OTLP over HTTP: requests to export spans, as protobuf and as JSON, and the answers to them.

https://opentelemetry.io/docs/specs/otlp/#otlphttp; field numbers of opentelemetry-proto 1.x. Only what a span says of a
call is read.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from . import protobuf
from .protobuf import LENGTH, NotProtobuf
from .span import Scalar, Span

PROTOBUF, JSON = "application/x-protobuf", "application/json"
# gzip is what the specification asks for; the SDK for Python offers both.
PACKED = {"gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
LARGEST = 16 << 20  # octets, unpacked
INVALID_ARGUMENT = 3  # of google.rpc.Code


class WrongExport(ValueError):
    """Why a request can't be taken, in words."""


def unpacked(body: bytes, encoding: str) -> bytes:
    """The body without its Content-Encoding. Raises: WrongExport."""
    if encoding in ("", "identity"):
        return body
    if encoding not in PACKED:
        raise WrongExport(f"Content-Encoding is {encoding}: it must be {' or '.join(PACKED)}, or not there")
    unpacker = zlib.decompressobj(PACKED[encoding])
    try:
        plain = unpacker.decompress(body, LARGEST)
    except zlib.error as error:
        raise WrongExport(f"the body is not {encoding}: {error}") from None
    if unpacker.unconsumed_tail:
        raise WrongExport(f"unpacked the body has more than {LARGEST} octets: export fewer spans at a time")
    if not unpacker.eof:
        raise WrongExport(f"the body is {encoding} that was cut off")
    return plain


def spans(body: bytes, media_type: str) -> list[Span]:
    """All spans of an ExportTraceServiceRequest. Raises: WrongExport."""
    try:
        return list(_of_json(body) if media_type == JSON else _of_protobuf(body))
    except NotProtobuf as error:
        raise WrongExport(f"this is no ExportTraceServiceRequest in protobuf: {error}") from None
    except msgspec.MsgspecError as error:
        raise WrongExport(f"this is no ExportTraceServiceRequest in JSON: {error}") from None


def exported(media_type: str) -> bytes:
    """The answer where all was taken: an ExportTraceServiceResponse without partial success."""
    return b"{}" if media_type == JSON else b""


def problem(text: str, media_type: str) -> bytes:
    """The answer where nothing was: a google.rpc.Status."""
    if media_type == JSON:
        return msgspec.json.encode({"code": INVALID_ARGUMENT, "message": text})
    return protobuf.integer(1, INVALID_ARGUMENT) + protobuf.text(2, text)


# -- protobuf


def _of_protobuf(request: bytes) -> Iterator[Span]:
    for resource_spans in _messages(request, 1):
        for scope_spans in _messages(resource_spans, 2):
            for span in _messages(scope_spans, 2):
                yield _span(span)


def _messages(message: bytes, wanted: int) -> Iterator[bytes]:
    for number, wire_type, value in protobuf.fields(message):
        if number == wanted:
            if wire_type != LENGTH or not isinstance(value, bytes):
                raise NotProtobuf(f"field {number} is to be a message")
            yield value


_PLACES: dict[int, tuple[str, type, Callable[[Any], Any]]] = {
    1: ("trace_id", bytes, bytes.hex),
    2: ("span_id", bytes, bytes.hex),
    4: ("parent_id", bytes, bytes.hex),
    5: ("name", bytes, lambda value: value.decode("utf-8", "replace")),
    6: ("kind", int, int),
    7: ("start_ns", int, int),
    8: ("end_ns", int, int),
    15: ("status", bytes, lambda value: _number(value, 3)),
}


def _span(message: bytes) -> Span:
    found: dict[str, Any] = {"trace_id": "", "span_id": ""}
    attributes: dict[str, Scalar] = {}
    for number, _, value in protobuf.fields(message):
        if number == 9 and isinstance(value, bytes):
            attributes.update(_attribute(value))
        elif number in _PLACES:
            name, kind, read = _PLACES[number]
            if not isinstance(value, kind):
                raise NotProtobuf(f"the field {name} of a span is of another type")
            found[name] = read(value)
    return _sound(Span(**found, attributes=attributes))


def _number(message: bytes, wanted: int) -> int:
    return next((value for number, _, value in protobuf.fields(message) if number == wanted and type(value) is int), 0)


def _attribute(message: bytes) -> Iterator[tuple[str, Scalar]]:
    key, scalar = "", None
    for number, _, value in protobuf.fields(message):
        if not isinstance(value, bytes):
            continue
        if number == 1:
            key = value.decode("utf-8", "replace")
        elif number == 2:
            scalar = _scalar(value)
    if key and scalar is not None:
        yield key, scalar


def _scalar(message: bytes) -> Scalar | None:
    """An AnyValue; None for lists and the like."""
    for number, _, value in protobuf.fields(message):
        if number == 1 and isinstance(value, bytes):
            return value.decode("utf-8", "replace")
        if isinstance(value, int) and number in (2, 3, 4):
            return bool(value) if number == 2 else protobuf.signed(value) if number == 3 else protobuf.double(value)
    return None


# -- JSON: ids in hexadecimal, enums as numbers, 64 bits as text or number


class _Any(msgspec.Struct, rename="camel"):
    string_value: str | None = None
    bool_value: bool | None = None
    int_value: int | str | None = None
    double_value: float | str | None = None


class _KeyValue(msgspec.Struct):
    key: str
    value: _Any | None = None


class _Status(msgspec.Struct):
    code: int = 0


class _Span(msgspec.Struct, rename="camel"):
    trace_id: str
    span_id: str
    parent_span_id: str = ""
    name: str = ""
    kind: int = 0
    start_time_unix_nano: int | str = 0
    end_time_unix_nano: int | str = 0
    attributes: list[_KeyValue] = []
    status: _Status = msgspec.field(default_factory=_Status)


class _ScopeSpans(msgspec.Struct):
    spans: list[_Span] = []


class _ResourceSpans(msgspec.Struct, rename="camel"):
    scope_spans: list[_ScopeSpans] = []


class _Request(msgspec.Struct, rename="camel"):
    resource_spans: list[_ResourceSpans] = []


_decode = msgspec.json.Decoder(_Request).decode


def _of_json(body: bytes) -> Iterator[Span]:
    for resource in _decode(body).resource_spans:
        for scope in resource.scope_spans:
            for told in scope.spans:
                yield _sound(_typed(told))


def _typed(told: _Span) -> Span:
    attributes = {each.key: scalar for each in told.attributes if (scalar := _plain(each.value)) is not None}
    return Span(
        trace_id=told.trace_id.lower(),
        span_id=told.span_id.lower(),
        parent_id=told.parent_span_id.lower(),
        name=told.name,
        kind=told.kind,
        start_ns=_nanoseconds(told.start_time_unix_nano),
        end_ns=_nanoseconds(told.end_time_unix_nano),
        status=told.status.code,
        attributes=attributes,
    )


def _plain(value: _Any | None) -> Scalar | None:
    if value is None:
        return None
    if value.int_value is not None:
        return int(value.int_value) if str(value.int_value).lstrip("-").isdecimal() else None
    given = (value.string_value, value.bool_value, value.double_value)
    return next((each for each in given if each is not None), None)


def _nanoseconds(given: int | str) -> int:
    if not str(given).isdecimal():
        raise WrongExport(f"{str(given)[:40]!r} is no time in nanoseconds")
    return int(given)


def _sound(span: Span) -> Span:
    """Raises: WrongExport when its ids are not such."""
    for what, value, length in (("traceId", span.trace_id, 32), ("spanId", span.span_id, 16)):
        if len(value) != length or not set(value) <= set("0123456789abcdef") or not value.strip("0"):
            raise WrongExport(f"{what} of the span {span.name[:60]!r} is {value[:40]!r}: it has {length // 2} octets")
    return span

"""Exports of spans: what SDKs send is read, in both encodings and packed; garbage is told from it."""

import gzip
import json
import zlib
from pathlib import Path

import pytest

from crossdock.harness.telemetry.otlp import (
    JSON,
    LARGEST,
    PROTOBUF,
    WrongExport,
    exported,
    problem,
    spans,
    unpacked,
)
from crossdock.harness.telemetry.protobuf import NotProtobuf, fields
from crossdock.harness.telemetry.span import CLIENT, ERROR, Span

SAMPLES = Path(__file__).parent / "samples"
# What was exported by opentelemetry-sdk 1.45 and @opentelemetry/sdk-trace-node 2.12.
OF_NODE = ("node.binpb", "node.json", "node.json.gz")
IDS = {"traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": "00f067aa0ba902b7"}


def sample(name: str) -> list[Span]:
    body = (SAMPLES / name).read_bytes()
    plain = unpacked(body, "gzip" if name.endswith(".gz") else "")
    return spans(plain, JSON if ".json" in name else PROTOBUF)


def of_json(**members: object) -> bytes:
    return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [{**IDS, **members}]}]}]}).encode()


@pytest.mark.parametrize("name", ["python.binpb", "python.binpb.gz"])
def test_what_the_sdk_for_python_exports_is_read(name: str) -> None:
    post, put, receive = sample(name)

    assert (post.kind, post.http_status, post.method) == (CLIENT, 201, "POST")
    assert post.place == ("127.0.0.1:40213", "/v1/invoices")
    assert post.attributes["retry"] is True
    assert post.attributes["load"] == 0.5
    assert "tags" not in post.attributes, "a list is passed over"
    assert (put.http_status, put.method, put.status) == (503, "PUT", ERROR), "by the older names"
    assert put.parent_id == receive.span_id
    assert post.trace_id == receive.trace_id
    assert len(post.span_id) == 16
    assert post.end_ns >= post.start_ns > 1_700_000_000_000_000_000


@pytest.mark.parametrize("name", OF_NODE)
def test_what_the_sdk_for_node_exports_is_read(name: str) -> None:
    (post,) = sample(name)

    assert (post.kind, post.http_status, post.status, post.name) == (CLIENT, 503, ERROR, "POST")
    assert post.place == ("127.0.0.1:40213", "/v1/invoices")


@pytest.mark.parametrize(
    ("attributes", "place"),
    [
        ({"url.full": "http://localhost:8101/v1/x?a=b"}, ("127.0.0.1:8101", "/v1/x")),
        ({"server.address": "127.0.0.1", "server.port": 8101, "url.path": "/v1/x"}, ("127.0.0.1:8101", "/v1/x")),
        (
            {"net.peer.name": "localhost", "net.peer.port": "8101", "http.target": "/v1/x?a"},
            ("127.0.0.1:8101", "/v1/x"),
        ),
        ({"url.full": "http://[::1"}, ("", "")),
        ({"url.full": "http://host:port/"}, ("", "")),
        ({}, ("", "")),
    ],
)
def test_where_a_call_went_is_said_in_several_ways(attributes: dict[str, str | int], place: tuple[str, str]) -> None:
    assert Span("t", "s", attributes=dict(attributes)).place == place


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"{", "no ExportTraceServiceRequest in JSON"),
        (b"[]", "no ExportTraceServiceRequest in JSON: Expected `object`"),
        (b'{"resourceSpans": [{"scopeSpans": [{"spans": [{}]}]}]}', "missing required field `traceId`"),
        (of_json(traceId="12"), "traceId of the span '' is '12': it has 16 octets"),
        (of_json(spanId="0" * 16), "spanId of the span '' is '0000000000000000'"),
        (of_json(kind="SPAN_KIND_CLIENT"), "Expected `int`, got `str`"),
        (of_json(startTimeUnixNano="now"), "'now' is no time in nanoseconds"),
    ],
)
def test_json_that_is_no_export_is_refused_with_what_is_wrong(body: bytes, problem: str) -> None:
    with pytest.raises(WrongExport) as refused:
        spans(body, JSON)
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'{"resourceSpans": []}', "which is not in use"),
        (b"\x0a\x7f", "ends within a field of 127 octets"),
        (b"\x0a", "ends within a number"),
        (b"\x08\x01", "field 1 is to be a message"),
        (b"\x00\x01", "there is no field 0"),
        (b"\x0a" + b"\xff" * 11, "a number has at most 10 octets"),
        ((SAMPLES / "node.binpb").read_bytes()[:-7], "ends within"),
    ],
)
def test_octets_that_are_no_export_are_refused_with_their_place(body: bytes, problem: str) -> None:
    with pytest.raises(WrongExport) as refused:
        spans(body, PROTOBUF)
    assert problem in str(refused.value)
    assert "octet" in str(refused.value) or "field" in str(refused.value)


def test_every_cut_of_an_export_is_read_or_refused_and_never_more() -> None:
    body = (SAMPLES / "python.binpb").read_bytes()
    for length in range(len(body)):
        try:
            assert len(spans(body[:length], PROTOBUF)) <= 3
        except WrongExport:
            continue


def test_a_body_that_is_packed_otherwise_or_too_well_is_refused() -> None:
    packed = gzip.compress(b"{}")
    for body, encoding, text in (
        (b"{}", "gzip", "the body is not gzip"),
        (packed[:-9], "gzip", "gzip that was cut off"),
        (b"{}", "zstd", "it must be gzip or deflate, or not there"),
        (gzip.compress(bytes(LARGEST + 1)), "gzip", "export fewer spans at a time"),
    ):
        with pytest.raises(WrongExport, match=text):
            unpacked(body, encoding)
    assert unpacked(packed, "gzip") == unpacked(zlib.compress(b"{}"), "deflate") == b"{}"


def test_answers_come_in_the_encoding_of_the_request() -> None:
    assert (exported(JSON), exported(PROTOBUF)) == (b"{}", b"")
    assert json.loads(problem("it is wrong", JSON)) == {"code": 3, "message": "it is wrong"}
    assert list(fields(problem("it is wrong", PROTOBUF))) == [(1, 0, 3), (2, 2, b"it is wrong")]


def test_numbers_of_fixed_length_and_negative_ones_are_read() -> None:
    with pytest.raises(NotProtobuf):
        list(fields(b"\x0d\x00"))
    assert list(fields(b"\x0d\x01\x00\x00\x00\x11" + bytes(7) + b"\x01")) == [(1, 5, 1), (2, 1, 1 << 56)]
    int_value = b"\x18" + b"\xff" * 9 + b"\x01"  # -1
    attribute = b"\x0a\x01n\x12" + bytes([len(int_value)]) + int_value
    span = b"\x0a\x10" + bytes(15) + b"\x01\x12\x08" + bytes(7) + b"\x01\x4a" + bytes([len(attribute)]) + attribute
    scope = b"\x12" + bytes([len(span)]) + span
    resource = b"\x12" + bytes([len(scope)]) + scope
    (read,) = spans(b"\x0a" + bytes([len(resource)]) + resource, PROTOBUF)
    assert read.attributes == {"n": -1}

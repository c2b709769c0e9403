"""The collector answers as OTLP/HTTP has it, and the journal keeps the spans of calls."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from crossdock.harness.telemetry.collector import Collector
from crossdock.simulators.channels.http.exchange import Request
from crossdock.simulators.clock import START, CompressedClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry
from crossdock.simulators.world import World

SAMPLES = Path(__file__).parent / "samples"
PROTOBUF, JSON = "application/x-protobuf", "application/json"


@pytest.fixture
async def world() -> World:
    return World("t", CompressedClock(asyncio.get_running_loop(), datetime.fromisoformat(START)), Ids("T", 1))


def export(
    body: bytes, content_type: str, encoding: str = "", path: str = "/v1/traces", method: str = "POST"
) -> Request:
    headers = {b"content-type": content_type.encode()}
    if encoding:
        headers[b"content-encoding"] = encoding.encode()
    return Request(method, path, b"", headers, body)


@pytest.mark.parametrize(
    ("name", "content_type", "encoding", "answer"),
    [
        ("python.binpb", PROTOBUF, "", b""),
        ("python.binpb.gz", PROTOBUF, "gzip", b""),
        ("node.json", f"{JSON}; charset=utf-8", "", b"{}"),
        ("node.json.gz", JSON, "gzip", b"{}"),
    ],
)
def test_what_sdks_export_is_taken(name: str, content_type: str, encoding: str, answer: bytes, world: World) -> None:
    told: list[Entry] = []
    world.journal.subscribe(told.append)
    collector = Collector(world)
    collector.parties = {"127.0.0.1:40213": "erp"}

    given = collector.respond(export((SAMPLES / name).read_bytes(), content_type, encoding))

    assert (given.status, given.body, given.media_type) == (200, answer, content_type.partition(";")[0].encode())
    (entry,) = told
    assert (entry.kind, entry.party, entry.channel, entry.name) == ("note", "layer", "otlp", "spans")
    assert {row[2] for row in entry.detail["spans"]} == {"erp"}
    assert entry.detail["others"] == (1 if name.startswith("python") else 0), "the server's span is counted, not kept"


@pytest.mark.parametrize(
    ("request_", "status", "text"),
    [
        (export(b"not protobuf", PROTOBUF), 400, b"no ExportTraceServiceRequest in protobuf"),
        (export(b"{", JSON), 400, b"no ExportTraceServiceRequest in JSON"),
        (export(b"{}", JSON, "gzip"), 400, b"the body is not gzip"),
        (export(b"{}", "text/plain"), 415, b"it must be application/x-protobuf or application/json"),
        (export(b"", PROTOBUF, path="/v1/metrics"), 404, b"spans are taken at /v1/traces, and nothing else is"),
        (export(b"", PROTOBUF, method="GET"), 405, b"takes POST"),
        (Request("POST", "/v1/traces", b"", {b"content-type": b"application/json"}, b"", True), 413, b"export fewer"),
    ],
)
def test_what_can_not_be_taken_is_refused_with_the_reason(
    request_: Request, status: int, text: bytes, world: World
) -> None:
    told: list[Entry] = []
    world.journal.subscribe(told.append)

    answer = Collector(world).respond(request_)

    assert answer.status == status
    assert text in answer.body
    assert [(entry.name, entry.detail["status"]) for entry in told] == [("export-not-taken", status)]

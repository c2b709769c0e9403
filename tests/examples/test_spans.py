"""The spans that the reference layer exports of its calls."""

from crossdock.examples.reference_layer.ports import TimedOut, Unreachable
from crossdock.examples.reference_layer.spans import Spans
from crossdock.harness.telemetry.otlp import JSON, spans
from crossdock.harness.telemetry.span import CLIENT, ERROR
from crossdock.tests.examples.virtual import Scripted, VirtualTiming, answer, settings

TRACED = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
COLLECTOR = "http://127.0.0.1:4318/v1/traces"
ERP = "http://127.0.0.1:8101/v1/invoices"


def exporting(http: Scripted, timing: VirtualTiming, url: str = COLLECTOR) -> Spans:
    return Spans(settings(traces_url=url), http, timing)


async def test_what_is_exported_is_what_crossdock_reads(timing: VirtualTiming) -> None:
    exported = exporting(http := Scripted(answer(200, {})), timing)
    began = timing.unix()
    timing.now += 0.5
    exported.ended("POST", ERP, TRACED, began, status=503)
    exported.ended("POST", ERP, TRACED, began, error="TimedOut")
    exported.ended("POST", ERP, TRACED, began, status=201)
    await exported.flush()

    (sent,) = http.sent
    assert (sent.method, sent.url) == ("POST", COLLECTOR)
    failed, unanswered, done = spans(sent.body, JSON)
    assert (failed.trace_id, failed.span_id) == tuple(TRACED["traceparent"].split("-")[1:3])
    assert (failed.kind, failed.http_status, failed.status, failed.place[0]) == (CLIENT, 503, ERROR, "127.0.0.1:8101")
    assert failed.end_ns - failed.start_ns == 500_000_000
    assert (unanswered.http_status, unanswered.status, unanswered.attributes["error.type"]) == (0, ERROR, "TimedOut")
    assert (done.http_status, done.status) == (201, 0)


async def test_what_nobody_takes_now_is_exported_later(timing: VirtualTiming) -> None:
    exported = exporting(http := Scripted(Unreachable(), TimedOut(), answer(200, {})), timing)
    exported.ended("POST", ERP, TRACED, timing.unix(), status=201)
    for _ in range(4):
        await exported.flush()

    assert len(http.sent) == 3, "twice in vain, once with success, and then there is nothing left"


async def test_without_a_collector_or_a_sampled_trace_there_are_no_spans(timing: VirtualTiming) -> None:
    unsampled = {"traceparent": TRACED["traceparent"][:-2] + "00"}
    for url, traced in ((COLLECTOR, {}), (COLLECTOR, unsampled), ("", TRACED)):
        exported = exporting(http := Scripted(answer(200, {})), timing, url)
        exported.ended("POST", ERP, traced, timing.unix(), status=201)
        await exported.flush()
        assert http.sent == []

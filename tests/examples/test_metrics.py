"""What the reference layer shows of itself."""

import io

from crossdock.examples.reference_layer.calls import Call, Calls, Trace
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.log import Log
from crossdock.examples.reference_layer.metrics import Metrics
from crossdock.examples.reference_layer.store import Store
from crossdock.harness.telemetry.exposition import read
from crossdock.tests.examples.virtual import Scripted, VirtualTiming, answer, settings

CREATE = Call("erp", "POST", "/v1/sales-orders", Trace("CO-1"), key="crm-order:CO-1:create")


def values(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """What it shows, read as Crossdock reads it."""
    shown = read(metrics.text({"layer_pending": ("Events that wait.", 2)}).encode())
    return {(sample.name, *(value for _, value in sample.labels)): sample.value for sample in shown.samples}


async def test_tries_retries_and_effects_are_counted_by_what_was_answered(timing: VirtualTiming, store: Store) -> None:
    metrics = Metrics(timing)
    log = Log(timing, io.StringIO(), metrics.take)
    calls = Calls(settings(), Scripted(answer(503), answer(201, {})), timing, store, log, Parts())

    await calls.effect(CREATE, {})
    await calls.effect(CREATE, {})

    shown = values(metrics)
    assert (shown["layer_calls_total", "erp", "503"], shown["layer_calls_total", "erp", "201"]) == (1, 1)
    assert shown["layer_retries_total", "erp"] == 1
    assert (shown["layer_deliveries_total", "erp"], shown["layer_orders_total",]) == (1, 1), "once, however often asked"
    assert shown["layer_pending",] == 2

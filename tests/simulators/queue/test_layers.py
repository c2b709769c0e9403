"""Clients that nobody here wrote read the events, ask the warehouse, and read its replies."""

from collections.abc import AsyncIterator

import msgspec
import pytest

from crossdock.simulators.channels.queue.broker import brokers
from crossdock.tests.simulators.queue.bench import until_depth
from crossdock.tests.simulators.queue.layers import LAYERS, Layer
from crossdock.tests.simulators.queue.site import CASE_CHANGED, REQUEST, Site, request_body

EVENTS, REQUESTS, REPLIES = (
    "CROSSDOCK_CRM_EVENTS",
    "CROSSDOCK_EAST_REQUESTS",
    "CROSSDOCK_EAST_REPLIES",
)


@pytest.fixture
async def layer(site: Site, kind: str) -> AsyncIterator[Layer]:
    layer = LAYERS[kind](site.host.environment())
    await layer.open()
    yield layer
    await layer.close()


def test_there_is_such_a_layer_for_every_broker() -> None:
    assert set(LAYERS) == set(brokers)


async def test_a_layer_reads_the_events_in_order_and_refuses_one(site: Site, layer: Layer) -> None:
    case_id = site.open_case()
    site.note_case(case_id, "high")
    site.note_case(case_id, "low")

    first, second, third = [await layer.receive(EVENTS) for _ in range(3)]
    assert [msgspec.json.decode(got.body)["sequence"] for got in (first, second, third)] == [1, 2, 3]
    assert first.content_type == "application/cloudevents+json"
    assert first.headers["traceparent"] == msgspec.json.decode(first.body)["traceparent"]
    await layer.acknowledge(first)
    await layer.refuse(EVENTS, second)
    await layer.acknowledge(third)

    await until_depth(site.host.broker, site.events, 0)
    assert site.events.dead_letters is not None
    letter = await site.read(site.events.dead_letters)
    assert letter.body == second.body
    if site.host.broker.capabilities.sees_acks:
        await site.until(lambda: len(site.journal(CASE_CHANGED, "ok", "fail")) == 3, "all three have ended")


async def test_a_layer_asks_the_warehouse_and_is_answered(site: Site, layer: Layer) -> None:
    body = msgspec.json.encode(request_body())

    await layer.send(REQUESTS, body, id="REQ-9", correlation_id="CORR-9", key="FF-1")
    await layer.send(REQUESTS, body, id="REQ-9", correlation_id="CORR-9", key="FF-1")
    replies = [await layer.receive(REPLIES) for _ in range(2)]
    for reply in replies:
        await layer.acknowledge(reply)

    assert {reply.correlation_id for reply in replies} == {"CORR-9"}
    assert {reply.headers["status"] for reply in replies} == {"201"}
    assert msgspec.json.decode(replies[0].body)["fulfilmentId"] == "FF-1"
    assert site.fulfilments() == ["FF-1"]
    assert site.journal(REQUEST, "invoke")[0].detail["messageId"] == "REQ-9"
    await until_depth(site.host.broker, site.replies, 0)


async def test_a_layer_that_sends_garbage_is_told_so(site: Site, layer: Layer) -> None:
    await layer.send(REQUESTS, b"garbage", id="REQ-9", correlation_id="CORR-9", key="")

    reply = await layer.receive(REPLIES)
    await layer.acknowledge(reply)

    assert (reply.headers["status"], reply.content_type) == ("400", "application/problem+json")
    assert reply.correlation_id == "CORR-9"
    assert (await site.read(site.dead_letters)).body == b"garbage"

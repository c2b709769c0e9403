"""What the layer exposes, called as a server would call it."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from standardwebhooks import Webhook

from crossdock.contracts.openapi import api
from crossdock.examples.reference_layer.layer import Layer, build
from crossdock.examples.reference_layer.ports import Unreachable
from crossdock.examples.reference_layer.store import Store
from crossdock.tests.examples.virtual import SECRET, Folders, Scripted, Shelves, VirtualTiming, answer, settings

EVENT = {
    "specversion": "1.0",
    "id": "EV-1",
    "source": "/parties/crm",
    "type": "crossdock.order.submitted.v1",
    "subject": "CO-1",
    "data": {"orderId": "CO-1"},
}


@pytest.fixture
async def layer(timing: VirtualTiming, tmp_path: Path) -> AsyncIterator[Layer]:
    """Not started: it takes events, and nobody works them off."""
    database = str(tmp_path / "layer.sqlite")
    made = build(
        settings(subscribed=True, catch_up_s=0.0, database=database),
        Scripted(Unreachable()),
        Folders(),
        Shelves(),
        timing,
    )
    yield made
    await made.stop()


AS_JSON = {"content-type": "application/json"}


async def ask(
    layer: Layer, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    """One request; the answer is held to contracts/layer/v1."""
    path, _, query = path.partition("?")
    answers: list[MutableMapping[str, Any]] = []
    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": raw}

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        answers.append(message)

    await layer(scope, receive, send)
    status = answers[0]["status"]
    content = msgspec.json.decode(answers[1]["body"]) if answers[1]["body"] else None
    return status, content


def keep_contract(operation: str, status: int, content: object) -> None:
    validator = api("layer").operations[operation].response(status)
    assert validator is not None
    assert list(validator.errors(content)) == []


def signed(body: bytes, timing: VirtualTiming) -> dict[str, str]:
    at = datetime.fromtimestamp(int(timing.unix()), UTC)
    return {
        "content-type": "application/cloudevents+json",
        "webhook-id": "EV-1",
        "webhook-timestamp": str(int(timing.unix())),
        "webhook-signature": Webhook(SECRET).sign("EV-1", at, body.decode()),
    }


async def test_an_event_is_on_disk_before_it_is_acknowledged(layer: Layer, timing: VirtualTiming) -> None:
    body = msgspec.json.encode(EVENT)
    status, _ = await ask(layer, "POST", "/webhooks/crm", body, signed(body, timing))
    beside = Store(layer.settings.database)

    assert status == 202
    assert [message.event for message in beside.waiting("CO-1")] == [body]
    beside.close()


async def test_the_same_event_again_is_acknowledged_again(layer: Layer, timing: VirtualTiming) -> None:
    body = msgspec.json.encode(EVENT)
    answers = [await ask(layer, "POST", "/webhooks/crm", body, signed(body, timing)) for _ in range(3)]

    assert [status for status, _ in answers] == [202] * 3
    assert layer.store.pending() == 1


@pytest.mark.parametrize(
    ("party", "body", "changes", "status"),
    [
        ("north", None, {}, 404),
        ("crm", None, {"webhook-signature": "v1,AAAA"}, 401),
        ("crm", None, {"webhook-timestamp": "1"}, 401),
        ("crm", None, {"content-type": "application/json"}, 415),
        ("crm", b"{", {}, 400),
        ("crm", b'{"id": "EV-1"}', {}, 400),
        ("crm", b"[]", {}, 400),
        ("crm", b" " * (1 << 20) + b"{}", {}, 413),
    ],
)
async def test_what_is_not_taken_gets_a_problem_document(
    layer: Layer, timing: VirtualTiming, party: str, body: bytes | None, changes: dict[str, str], status: int
) -> None:
    body = msgspec.json.encode(EVENT) if body is None else body
    got, problem = await ask(layer, "POST", f"/webhooks/{party}", body, signed(body, timing) | changes)

    assert got == status
    assert problem["status"] == status
    assert problem["detail"]
    assert layer.store.pending() == 0


async def test_who_has_not_the_operators_token_sees_health_and_nothing_else(layer: Layer) -> None:
    layer.settings = dataclasses.replace(layer.settings, operator_token="t0ken")
    right, wrong = {"authorization": "Bearer t0ken"}, {"authorization": "Bearer t0k"}
    for method, path, operation in (
        ("GET", "/dead-letters", "listDeadLetters"),
        ("POST", "/drain", "drain"),
        ("GET", "/metrics", "getMetrics"),
    ):
        refused = [(await ask(layer, method, path, headers=headers))[0] for headers in ({}, wrong)]
        assert refused == [401, 401], operation
    assert (await ask(layer, "GET", "/dead-letters", headers=right))[0] == 200
    assert (await ask(layer, "GET", "/health"))[0] == 503


async def test_health_says_down_until_the_events_come_and_up_then(layer: Layer) -> None:
    status, health = await ask(layer, "GET", "/health")
    assert (status, health["status"]) == (503, "down")
    layer.start()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    status, health = await ask(layer, "GET", "/health")

    assert (status, health["status"], health["pending"]) == (200, "up", 0)
    keep_contract("getHealth", 200, health)


async def test_a_dead_letter_is_shown_and_replayed(layer: Layer, timing: VirtualTiming) -> None:
    assert layer.worker.accept("crm", msgspec.json.encode(EVENT)), "it has no lines: nobody can work it off"
    for _ in range(1000):
        if layer.store.dead():
            break
        await asyncio.sleep(0)
    status, page = await ask(layer, "GET", "/dead-letters?status=setAside&orderId=CO-1")
    letter = page["items"][0]

    assert status == 200
    assert (letter["party"], letter["eventId"], letter["orderId"]) == ("crm", "EV-1", "CO-1")
    assert "lines" in letter["reason"] or "shipTo" in letter["reason"]
    keep_contract("listDeadLetters", 200, page)
    status, again = await ask(layer, "POST", f"/dead-letters/{letter['deadLetterId']}/replay")
    assert (status, again["status"]) == (200, "setAside"), "nothing has changed, so it fails again"
    keep_contract("replayDeadLetter", 200, again)
    assert (await ask(layer, "GET", "/dead-letters?status=replayed"))[1]["items"] == []


async def test_a_dead_letter_that_is_not_there_is_not_found(layer: Layer) -> None:
    for name in ("17", "none", "-1"):
        assert (await ask(layer, "POST", f"/dead-letters/{name}/replay"))[0] == 404


async def test_drain_answers_when_nothing_is_left_or_the_time_is_over(layer: Layer, timing: VirtualTiming) -> None:
    status, drained = await ask(layer, "POST", "/drain")
    assert (status, drained) == (200, {"drained": True, "pending": 0})
    layer.store.receive("crm", "EV-9", "CO-9", b"{}")
    began = timing.now
    status, drained = await ask(layer, "POST", "/drain", b'{"timeoutS": 3}', AS_JSON)

    assert drained == {"drained": False, "pending": 1}
    assert 3 <= timing.now - began < 4
    keep_contract("drain", status, drained)


async def test_the_table_of_erps_is_kept_and_shown_as_the_layer_goes_by_it(layer: Layer) -> None:
    table = {"rows": [{"region": "FL", "erp": "erp", "validFrom": "2026-03-04T08:00:00Z"}]}
    status, taken = await ask(layer, "PUT", "/erps", msgspec.json.encode(table), AS_JSON)
    assert (status, taken) == (200, table)
    keep_contract("setErps", status, taken)
    assert layer.store.erp_table() == msgspec.json.encode(table)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"rows": [{"region": "FL", "erp": "east", "validFrom": "2026-03-04T08:00:00Z"}]}',
        b'{"rows": [{"region": "FL", "erp": "erp", "validFrom": "2026-03-04T08:00:00"}]}',
        b'{"rows": [{"region": "FL", "erp": "erp-cloud", "validFrom": "2026-03-04T08:00:00Z"}]}',  # where is that?
    ],
)
async def test_no_table_or_one_with_an_erp_that_is_not_there_is_refused_and_changes_nothing(
    layer: Layer, body: bytes
) -> None:
    assert (await ask(layer, "PUT", "/erps", body, AS_JSON))[0] == 400
    assert layer.store.erp_table() is None


async def test_a_path_that_is_not_there_is_not_found(layer: Layer) -> None:
    assert (await ask(layer, "GET", "/orders"))[0] == 404


async def test_the_layer_subscribes_once_at_each_party_for_what_it_acts_upon(timing: VirtualTiming) -> None:
    there = {"items": [{"url": "http://127.0.0.1:8080/webhooks/crm", "status": "active"}], "nextCursor": None}
    http = Scripted(lambda sent: answer(200, there) if sent.method == "GET" else answer(201, {}))
    layer = build(settings(catch_up_s=0.0), http, Folders(), Shelves(), timing)
    layer.start()
    for _ in range(200):
        if layer.is_ready():
            break
        await asyncio.sleep(0)
    await layer.stop()

    wishes = {sent.url: msgspec.json.decode(sent.body) for sent in http.sent if sent.method == "POST"}
    assert set(wishes) == {f"http://{name}.test/v1/webhook-subscriptions" for name in ("erp", "east", "west")}
    wish = wishes["http://erp.test/v1/webhook-subscriptions"]
    assert wish["url"] == "http://127.0.0.1:8080/webhooks/erp"
    assert "crossdock.fulfilment.released.v1" in wish["eventTypes"]


async def test_the_metrics_say_what_came_of_each_webhook(layer: Layer) -> None:
    await ask(layer, "POST", "/webhooks/crm", msgspec.json.encode(EVENT), {"content-type": "application/json"})

    answers: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        answers.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": "/metrics", "query_string": b"", "headers": []}
    await layer(scope, receive, send)
    assert dict(answers[0]["headers"])[b"content-type"] == b"text/plain; version=0.0.4; charset=utf-8"
    assert b'layer_webhooks_total{party="crm",status="401"} 1\n' in answers[1]["body"]
    assert b"\nlayer_pending 0\n" in answers[1]["body"]

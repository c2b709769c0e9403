"""Requests to a warehouse over a broker: one effect each, an answer to each, and nothing that holds up the others."""

from typing import Any

import msgspec
import pytest

from crossdock.contracts.openapi import api
from crossdock.simulators.channels.http.exchange import MAX_BODY
from crossdock.simulators.channels.queue.message import REASON, SOURCE
from crossdock.simulators.idempotency import StoredAnswer
from crossdock.simulators.rules import Call
from crossdock.simulators.transaction import Transaction
from crossdock.tests.simulators.queue.bench import until_depth
from crossdock.tests.simulators.queue.conftest import Running, on_nats
from crossdock.tests.simulators.queue.site import REQUEST, Site, open_site, problem, request_body

LINE = {"lineId": "1", "sku": "SKU-1", "quantity": {"value": "1", "uom": "EA"}}
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


async def test_a_request_is_carried_out_and_answered(site: Site) -> None:
    headers = {"x-correlation-id": "CO-1", "traceparent": TRACE}

    await site.ask(id="REQ-9", correlation_id="CORR-9", key="FF-1", headers=headers)
    reply = await site.reply()

    fulfilment = msgspec.json.decode(reply.body)
    assert api("warehouse").operations[REQUEST].responses["201"].errors(fulfilment) == []  # type: ignore[union-attr]
    assert (fulfilment["fulfilmentId"], fulfilment["status"]) == ("FF-1", "accepted")
    assert (reply.correlation_id, reply.key, reply.content_type) == ("CORR-9", "FF-1", "application/json")
    assert reply.headers == {"status": "201", "operation": REQUEST, **headers}
    assert site.fulfilments() == ["FF-1"]
    await until_depth(site.host.broker, site.requests, 0)


async def test_the_journal_has_the_exchange_from_the_queue_to_the_effect(site: Site) -> None:
    headers = {"X-Correlation-Id": "CO-1", "traceparent": TRACE}
    await site.ask(id="REQ-9", headers=headers)
    reply = await site.reply()
    await site.until(lambda: site.journal(REQUEST, "ok"), "the exchange has ended")

    invoke, commit, ok = site.journal(REQUEST)
    assert [entry.kind for entry in (invoke, commit, ok)] == ["invoke", "commit", "ok"]
    assert {(entry.party, entry.client, entry.correlation, entry.trace) for entry in (invoke, commit, ok)} == {
        ("east", "layer", "CO-1", TRACE)
    }
    assert (commit.exchange, ok.exchange) == (invoke.seq, invoke.seq)
    assert invoke.detail["queue"] == site.requests.name
    assert (invoke.detail["messageId"], invoke.detail["delivery"]) == ("REQ-9", 1)
    assert invoke.detail["body"] == request_body()
    assert ok.detail["status"] == 201
    assert msgspec.json.encode(ok.detail["body"]) == reply.body


async def test_the_events_of_a_request_carry_its_correlation(site: Site) -> None:
    await site.host.subscribe("east", ["crossdock.fulfilment.accepted.v1"])

    await site.ask(headers={"x-correlation-id": "CO-1", "traceparent": TRACE})

    event = msgspec.json.decode((await site.read(site.host.events.queues["east"])).body)
    assert (event["correlationid"], event["traceparent"]) == ("CO-1", TRACE)


async def test_a_reply_to_a_request_without_a_correlation_names_the_message(site: Site) -> None:
    message_id = await site.ask()

    assert (await site.reply()).correlation_id == message_id


# -- the same message again


async def test_a_repetition_has_one_effect_and_the_same_answer(site: Site) -> None:
    await site.ask(id="REQ-9")
    await site.ask(id="REQ-9")

    first, second = await site.reply(), await site.reply()

    assert first.body == second.body
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert site.fulfilments() == ["FF-1"]


@on_nats
async def test_an_idempotency_key_counts_more_than_the_id_of_the_message(site: Site) -> None:
    await site.ask(id="one", headers={"idempotency-key": "REQ-9"})
    await site.ask(id="two", headers={"idempotency-key": "REQ-9"})

    await site.reply()
    assert (await site.reply()).headers["idempotent-replayed"] == "true"
    assert site.fulfilments() == ["FF-1"]


@on_nats
async def test_the_same_id_with_another_payload_is_refused(site: Site) -> None:
    await site.ask(id="REQ-9")
    await site.ask(request_body(value="7"), id="REQ-9")

    await site.reply()
    assert problem(await site.reply())["code"] == "idempotency-key-reused"
    assert site.fulfilments() == ["FF-1"]
    assert await site.host.broker.depth(site.dead_letters) == 0


@on_nats
async def test_a_refusal_is_repeated_as_well(site: Site) -> None:
    for _ in range(2):
        await site.ask(request_body(warehouseId="west"), id="REQ-9")

    first, second = await site.reply(), await site.reply()
    assert problem(first)["code"] == "wrong-warehouse"
    assert first.body == second.body


@on_nats
async def test_an_answer_that_http_has_given_is_given_again_over_the_queue(site: Site) -> None:
    keys = site.world.parties["east"].idempotency
    body = msgspec.json.encode(request_body())
    key = ("layer", REQUEST, "REQ-9")
    assert keys.begin(key, b"/v1/fulfilment-requests\n" + body, site.clock.wire()) is None
    keys.settle(key, StoredAnswer(201, (), b'{"told":"over HTTP"}'))

    await site.ask(raw=body, id="REQ-9")

    assert (await site.reply()).body == b'{"told":"over HTTP"}'
    assert site.fulfilments() == []


@on_nats
async def test_the_id_that_jetstream_knows_a_message_by_is_taken_too(site: Site) -> None:
    await site.ask(id="", headers={"Nats-Msg-Id": "REQ-9"})

    assert (await site.reply()).correlation_id == "REQ-9"
    assert site.journal(REQUEST, "invoke")[0].detail["messageId"] == "REQ-9"


# -- refusals and poison


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        ({"warehouseId": "west"}, "wrong-warehouse", "409"),
        ({"lines": [LINE | {"sku": "SKU-0"}]}, "item-not-stocked", "422"),
    ],
    ids=["409", "422"],
)
@on_nats
async def test_what_the_rule_refuses_is_answered_and_is_no_poison(
    site: Site, change: dict[str, Any], code: str, status: str
) -> None:
    await site.ask(request_body(**change))

    reply = await site.reply()

    assert (problem(reply)["code"], reply.headers["status"]) == (code, status)
    await until_depth(site.host.broker, site.requests, 0)
    assert await site.host.broker.depth(site.dead_letters) == 0
    assert site.kinds(REQUEST) == ["invoke", "fail"]


POISON = {
    "garbage": b"\x00\xff\xfe garbage",
    "empty": b"",
    "truncated": msgspec.json.encode(request_body())[:-9],
    "another object": b'{"orderId": "CO-1"}',
    "a list": b"[1, 2]",
    "too deep": b"[" * 100_000,
    "UTF-16": '{"fulfilmentId": "FF-1"}'.encode("utf-16"),
    "a surrogate": b'{"fulfilmentId": "\\ud800"}',
    "a huge number": b'{"revision": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
async def test_poison_is_set_aside_with_its_reason_answered_and_holds_nothing_up(site: Site, poison: bytes) -> None:
    await site.ask(raw=poison, key="FF-1")
    await site.ask(key="FF-1")

    refused, taken = await site.reply(), await site.reply()

    document = problem(refused)
    assert document["code"] in ("malformed-body", "invalid-request")
    assert taken.headers["status"] == "201"
    letter = await site.read(site.dead_letters)
    assert letter.body == poison
    assert letter.headers[SOURCE] == site.requests.name
    assert letter.headers[REASON]
    (fail,) = site.journal(REQUEST, "fail")
    assert fail.detail["deadLetters"] == site.dead_letters.name
    assert site.fulfilments() == ["FF-1"]


@on_nats
async def test_a_request_without_an_id_is_poison_for_nothing_could_tell_its_repetition(site: Site) -> None:
    await site.ask(id="")

    assert problem(await site.reply())["code"] == "idempotency-key-missing"
    assert (await site.read(site.dead_letters)).headers[REASON].startswith("send an Idempotency-Key")
    assert site.fulfilments() == []


@on_nats
async def test_another_media_type_is_poison_and_none_at_all_is_taken_for_json(site: Site) -> None:
    await site.ask(content_type="text/plain")
    await site.ask(content_type="")

    assert problem(await site.reply())["code"] == "unsupported-media-type"
    assert (await site.reply()).headers["status"] == "201"
    await site.read(site.dead_letters)


@pytest.mark.parametrize("kind", ["rabbitmq"], indirect=True)
async def test_a_request_that_is_too_large_is_poison(site: Site) -> None:
    await site.ask(raw=b" " * (MAX_BODY + 1))

    assert problem(await site.reply())["code"] == "payload-too-large"
    assert len((await site.read(site.dead_letters)).body) == MAX_BODY + 1


@on_nats
async def test_a_mistake_in_a_rule_is_told_as_ours_and_does_not_come_again(
    server: Running, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(tx: Transaction, call: Call[Any]) -> Any:
        raise ZeroDivisionError("a mistake in the rules")

    async with open_site(server.server.url, mark) as site:
        operations = site.world.parties["east"].rules.operations
        monkeypatch.setitem(operations, REQUEST, (broken, operations[REQUEST][1]))
        await site.ask()

        assert problem(await site.reply())["code"] == "internal-error"
        await until_depth(site.host.broker, site.requests, 0)
        assert site.kinds(REQUEST) == ["invoke", "info"]
        assert len(site.world.errors) == 1
        assert "ZeroDivisionError: a mistake in the rules" in site.world.errors[0]
        site.world.errors.clear()

"""Requests to a warehouse over a broker: one effect each, an answer to each, and nothing that holds up the others."""

from typing import Any

import msgspec
import pytest

from crossdock.contracts.openapi import api
from crossdock.simulators.channels.http.exchange import MAX_BODY
from crossdock.simulators.channels.queue.message import REASON, SOURCE, Message
from crossdock.simulators.channels.queue.servers.nats import NatsServer
from crossdock.simulators.idempotency import StoredAnswer
from crossdock.simulators.interference import Answer, Delay, Sending, Withhold
from crossdock.simulators.rules import Call
from crossdock.simulators.transaction import Transaction
from crossdock.tests.simulators.queue.bench import until_depth
from crossdock.tests.simulators.queue.conftest import Running, on_nats
from crossdock.tests.simulators.queue.site import REQUEST, Interfering, Site, open_site, request_body

LINE = {"lineId": "1", "sku": "SKU-1", "quantity": {"value": "1", "uom": "EA"}}
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def problem(reply: Message) -> Any:
    """The problem document of a reply, held to the contract."""
    document = msgspec.json.decode(reply.body)
    assert reply.content_type == "application/problem+json"
    assert str(document["status"]) == reply.headers["status"]
    schema = api("warehouse").operations[REQUEST].responses.get(str(document["status"]))
    assert schema is None or schema.errors(document) == []
    return document


async def test_a_request_is_carried_out_and_answered(site: Site) -> None:
    headers = {"x-correlation-id": "CO-1", "traceparent": TRACE}

    await site.ask(id="REQ-9", correlation_id="CORR-9", key="FF-1", headers=headers)
    reply = await site.reply()

    fulfilment = msgspec.json.decode(reply.body)
    assert api("warehouse").operations[REQUEST].responses["201"].errors(fulfilment) == []  # type: ignore[union-attr]
    assert (fulfilment["fulfilmentId"], fulfilment["status"]) == ("FF-1", "accepted")
    assert (reply.correlation_id, reply.key, reply.content_type) == ("CORR-9", "FF-1", "application/json")
    assert reply.headers == {"status": "201", **headers}
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


# -- faults


async def test_a_reader_that_crashes_after_the_effect_has_the_effect_once(site: Site) -> None:
    site.world.set_interference(Interfering(committed=[Withhold(5, "consumer-crash")]))

    await site.ask(key="FF-1")
    reply = await site.reply()

    assert reply.headers["status"] == "201"
    assert reply.headers["idempotent-replayed"] == "true"
    assert site.fulfilments() == ["FF-1"]
    assert site.host.requests["east"][0].crashes == 1
    await until_depth(site.host.broker, site.requests, 0)
    kinds = [entry.kind for entry in site.journal() if entry.name in (REQUEST, "consumer-crash")]
    assert kinds == ["invoke", "commit", "fault", "info", "invoke", "ok"]
    info = site.journal(REQUEST, "info")[0]
    assert (info.detail["crashed"], info.detail["withheld"], info.detail["fault"]) == (True, True, "consumer-crash")


async def test_a_reader_that_crashes_before_the_effect_has_it_when_the_message_comes_again(site: Site) -> None:
    site.world.set_interference(Interfering(before=[Withhold(5, "consumer-crash")]))

    await site.ask(key="FF-1")
    reply = await site.reply()

    assert reply.headers["status"] == "201"
    assert "idempotent-replayed" not in reply.headers
    assert site.fulfilments() == ["FF-1"]
    kinds = [entry.kind for entry in site.journal() if entry.name in (REQUEST, "consumer-crash")]
    assert kinds == ["invoke", "fault", "fail", "invoke", "commit", "ok"]


async def test_requests_of_one_fulfilment_keep_their_order_though_the_first_is_held_up(site: Site) -> None:
    site.world.set_interference(Interfering(before=[Delay(3, "slow")]))

    await site.ask(request_body("FF-1", value="6"), id="first", key="FF-1")
    await site.until(lambda: site.kinds() == ["invoke", "fault"], "the first is held up")
    await site.ask(request_body("FF-1", value="8", revision=2), id="second", key="FF-1")
    await site.ask(request_body("FF-2", orderId="CO-2"), id="other", key="FF-2")

    assert (await site.reply()).correlation_id == "other"
    assert site.fulfilments() == ["FF-2"]
    await site.until(lambda: len(site.journal(REQUEST, "ok")) == 3, "all are answered", passing_s=0.1)
    assert [(await site.reply()).correlation_id for _ in range(2)] == ["first", "second"]
    assert site.fulfilments() == ["FF-2", "FF-1"]


@pytest.mark.parametrize("kind", ["nats", "rabbitmq"], indirect=True)
async def test_where_a_queue_keeps_its_order_a_request_without_a_key_goes_by_its_fulfilment(site: Site) -> None:
    site.world.set_interference(Interfering(before=[Delay(3, "slow")]))

    await site.ask(request_body("FF-1"), id="first")
    await site.until(lambda: site.kinds() == ["invoke", "fault"], "the first is held up")
    await site.ask(request_body("FF-1", revision=2), id="second")
    await site.ask(request_body("FF-2", orderId="CO-2"), id="other")

    assert (await site.reply()).correlation_id == "other"
    await site.until(lambda: len(site.journal(REQUEST, "ok")) == 3, "all are answered", passing_s=0.1)
    assert [(await site.reply()).correlation_id for _ in range(2)] == ["first", "second"]


@pytest.mark.parametrize("when", ["before", "committed"])
@on_nats
async def test_an_answer_can_be_another_than_the_truth(site: Site, when: str) -> None:
    unavailable = Answer(503, "unavailable")
    interfering = Interfering(before=[unavailable]) if when == "before" else Interfering(committed=[unavailable])
    site.world.set_interference(interfering)

    await site.ask(id="REQ-9")
    assert problem(await site.reply())["code"] == "unavailable"
    assert site.fulfilments() == ([] if when == "before" else ["FF-1"])
    await site.ask(id="REQ-9")

    assert (await site.reply()).headers["status"] == "201"
    assert site.fulfilments() == ["FF-1"]
    last = site.journal(REQUEST, "fail", "info")[-1]
    assert (last.kind, last.detail.get("instead")) == (("fail", None) if when == "before" else ("info", 201))


@on_nats
async def test_an_answer_can_come_late(site: Site) -> None:
    site.world.set_interference(Interfering(committed=[Delay(2, "slow")]))

    await site.ask()
    await site.until(lambda: site.fulfilments() == ["FF-1"], "the effect is there")
    assert site.journal(REQUEST, "ok") == []
    assert site.world.busy() == "1 requests are being answered"
    await site.until(lambda: site.journal(REQUEST, "ok"), "it is answered", passing_s=0.1)

    assert (await site.reply()).headers["status"] == "201"


@on_nats
async def test_a_reply_can_be_lost_and_the_journal_says_that_nobody_knows(site: Site) -> None:
    site.world.set_interference(Interfering(deliver=[()]))

    await site.ask(id="REQ-9")
    await site.until(lambda: site.journal(REQUEST, "info"), "the exchange has ended")
    assert await site.layer.depth(site.replies) == 0
    await site.ask(id="REQ-9")

    assert (await site.reply()).headers["idempotent-replayed"] == "true"
    assert site.fulfilments() == ["FF-1"]


@on_nats
async def test_a_reply_can_come_twice_late_or_as_garbage(site: Site) -> None:
    twice_and_late = (Sending(), Sending(), Sending(2.0))
    garbage, unheard = (Sending(payload=b"\x00"),), (Sending(unheard=True),)
    site.world.set_interference(Interfering(deliver=[twice_and_late, garbage, unheard]))

    await site.ask(request_body("FF-1"), id="first", key="k")
    assert [(await site.reply()).correlation_id for _ in range(2)] == ["first", "first"]
    await site.ask(request_body("FF-2"), id="second", key="k")
    assert (await site.reply()).body == b"\x00"
    await site.ask(request_body("FF-3"), id="third", key="k")
    assert [(await site.reply()).correlation_id for _ in range(2)] == ["third", "third"]
    await site.until(lambda: site.world.in_flight == 1, "only the late one is not out yet")
    await site.until(lambda: site.world.in_flight == 0, "the late one is out", passing_s=0.1)
    assert (await site.reply()).correlation_id == "first"


async def test_requests_wait_in_the_queue_while_the_warehouse_is_down(site: Site) -> None:
    site.world.take_down("east", "outage")
    await site.ask(request_body("FF-1"))
    await site.ask(request_body("FF-2"))
    await until_depth(site.host.broker, site.requests, 2)
    assert site.journal(REQUEST) == []

    site.world.bring_up("east", "outage")

    assert [(await site.reply()).headers["status"] for _ in range(2)] == ["201", "201"]


async def test_a_warehouse_that_goes_down_in_the_middle_carries_out_the_rest_when_it_is_back(site: Site) -> None:
    count = 40
    for number in range(count // 2):
        await site.ask(request_body(f"FF-{number}", value="1"))
    await site.reply()
    site.world.take_down("east", "outage")
    for number in range(count // 2, count):
        await site.ask(request_body(f"FF-{number}", value="1"))

    site.world.bring_up("east", "outage")

    await until_depth(site.host.broker, site.requests, 0)
    await site.until(lambda: site.world.in_flight == 0, "all work is done")
    assert sorted(site.fulfilments()) == sorted(f"FF-{number}" for number in range(count))


async def test_requests_survive_a_broker_that_goes_down(mark: str) -> None:
    async with NatsServer() as server, open_site(server.url, mark) as site:
        site.world.take_down("east", "outage")
        await site.ask(request_body("FF-1"))
        await server.go_down()
        site.world.bring_up("east", "outage")
        await server.start()
        await site.ask(request_body("FF-2"))

        assert [(await site.reply()).headers["status"] for _ in range(2)] == ["201", "201"]
        assert sorted(site.fulfilments()) == ["FF-1", "FF-2"]

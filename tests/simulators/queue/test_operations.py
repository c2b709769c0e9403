"""Every operation that a warehouse takes from a queue: named in a header, with the parameters of its path beside it."""

from typing import Any

import msgspec
import pytest

from crossdock.contracts.openapi import api
from crossdock.simulators.channels.queue.asked import subject
from crossdock.simulators.channels.queue.message import REASON, Message
from crossdock.simulators.interference import Delay
from crossdock.simulators.warehouse import StockedItem
from crossdock.tests.simulators.queue.bench import until_depth
from crossdock.tests.simulators.queue.conftest import on_nats
from crossdock.tests.simulators.queue.site import Interfering, Site, request_body

CANCEL, RETURN, PLACE = "cancelFulfilmentRequest", "createReturn", "putWarehouseItem"
FACTS = {"description": "Torque wrench", "baseUom": "EA", "packs": [], "lotTracked": False, "serialTracked": False}
GOODS_BACK = {
    "rmaId": "RMA-1",
    "orderId": "CO-1",
    "lines": [{"lineId": "1", "sku": "SKU-1", "quantity": {"value": "1", "uom": "EA"}}],
}


def told(reply: Message, operation: str) -> Any:
    """The document of a reply, held to the contract of its operation."""
    document = msgspec.json.decode(reply.body)
    assert reply.headers["operation"] == operation
    schema = api("warehouse").operations[operation].response(int(reply.headers["status"]))
    assert schema is not None
    assert schema.errors(document) == []
    return document


@on_nats
async def test_a_fulfilment_is_cancelled_by_the_id_in_a_header(site: Site) -> None:
    await site.ask(key="FF-1")
    await site.ask({"reason": "the customer cancelled"}, operation=CANCEL, key="FF-1", headers={"fulfilmentId": "FF-1"})

    await site.reply()
    assert told(await site.reply(), CANCEL)["status"] == "cancelled"
    (invoke,) = site.journal(CANCEL, "invoke")
    assert invoke.detail["parameters"] == {"fulfilmentId": "FF-1"}


@on_nats
async def test_a_body_that_http_does_not_ask_for_may_be_missing_here_too(site: Site) -> None:
    await site.ask(key="FF-1")
    await site.ask(raw=b"", operation=CANCEL, key="FF-1", headers={"fulfilmentId": "FF-1"})

    await site.reply()
    assert told(await site.reply(), CANCEL)["status"] == "cancelled"


@on_nats
async def test_the_cancellation_of_what_is_not_there_is_refused_and_is_no_poison(site: Site) -> None:
    await site.ask({"reason": "late"}, operation=CANCEL, headers={"fulfilmentId": "FF-0"})

    assert told(await site.reply(), CANCEL)["code"] == "not-found"
    await until_depth(site.host.broker, site.requests, 0)
    assert await site.host.broker.depth(site.dead_letters) == 0


@on_nats
async def test_a_return_is_announced(site: Site) -> None:
    await site.ask(GOODS_BACK, operation=RETURN, key="RMA-1")

    announced = told(await site.reply(), RETURN)
    assert (announced["rmaId"], announced["status"]) == ("RMA-1", "announced")


@on_nats
async def test_an_item_gets_its_place(site: Site) -> None:
    await site.ask(FACTS, operation=PLACE, headers={"sku": "SKU-9"})

    kept = told(await site.reply(), PLACE)
    assert (kept["sku"], kept["description"]) == ("SKU-9", "Torque wrench")
    assert "SKU-9" in site.world.parties["east"].state.table(StockedItem)


@on_nats
async def test_a_version_that_was_not_seen_is_refused(site: Site) -> None:
    await site.ask(FACTS, operation=PLACE, headers={"sku": "SKU-9"})
    await site.reply()

    await site.ask(FACTS, operation=PLACE, headers={"sku": "SKU-9", "if-match": '"7"'})

    assert told(await site.reply(), PLACE)["code"] == "precondition-failed"


@on_nats
async def test_the_same_id_about_another_fulfilment_is_another_request_and_refused(site: Site) -> None:
    for number in (1, 2):
        await site.ask(request_body(f"FF-{number}"))
        await site.reply()
    for number in (1, 2):
        await site.ask({"reason": "late"}, id="SAME", operation=CANCEL, headers={"fulfilmentId": f"FF-{number}"})

    answers = [await site.reply() for _ in range(2)]

    assert sorted(answer.headers["status"] for answer in answers) == ["200", "422"]


@pytest.mark.parametrize(
    ("operation", "headers", "reason"),
    [
        ("", {}, "the header operation is missing; this queue takes cancelFulfilmentRequest, createFulfilmentRequest"),
        ("shipIt", {}, "the header operation names 'shipIt'; this queue takes"),
        ("receiveGoods", {}, "the header operation names 'receiveGoods'; this queue takes"),
        (CANCEL, {}, "fulfilmentId: is missing"),
    ],
    ids=["none", "unknown", "of another channel", "without its parameter"],
)
@on_nats
async def test_what_names_no_operation_of_the_queue_is_set_aside_with_the_reason(
    site: Site, operation: str, headers: dict[str, str], reason: str
) -> None:
    await site.ask(operation=operation, headers=headers)
    await site.ask()

    refused = await site.reply()
    assert msgspec.json.decode(refused.body)["code"] == "invalid-parameter"
    assert refused.headers.get("operation", "") == operation
    assert (await site.reply()).headers["status"] == "201"
    assert (await site.read(site.dead_letters)).headers[REASON].startswith(reason)


@on_nats
async def test_requests_about_one_thing_keep_their_order_whatever_their_operation(site: Site) -> None:
    site.world.set_interference(Interfering(before=[Delay(3, "slow")]))

    await site.ask(id="ask")
    await site.until(lambda: site.kinds() == ["invoke", "fault"], "the first is held up")
    await site.ask({"reason": "late"}, id="cancel", operation=CANCEL, headers={"fulfilmentId": "FF-1"})
    await site.ask(FACTS, id="other", operation=PLACE, headers={"sku": "SKU-9"})

    assert (await site.reply()).correlation_id == "other"
    await site.until(lambda: site.journal(CANCEL, "ok"), "all are answered", passing_s=0.1)
    assert [(await site.reply()).correlation_id for _ in range(2)] == ["ask", "cancel"]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (Message(b'{"fulfilmentId": "FF-1"}', key="K"), "K"),
        (Message(b'{"sku": "S-2"}', headers={"Sku": "S-1"}), "S-1"),
        (Message(b'{"rmaId": "RMA-1", "orderId": "CO-1"}'), "RMA-1"),
        (Message(b'{"fulfilmentId": 7}'), ""),
        (Message(b"\xff"), ""),
        (Message(b""), ""),
    ],
)
def test_the_order_is_kept_by_the_key_or_else_by_what_a_request_is_about(message: Message, expected: str) -> None:
    assert subject(message) == expected


@on_nats
async def test_who_interferes_hears_what_a_request_about_no_order_is_about(site: Site) -> None:
    interfering = Interfering()
    site.world.set_interference(interfering)

    await site.ask(FACTS, operation=PLACE, headers={"sku": "SKU-9"})
    await site.reply()

    assert [(each.name, each.about) for each in interfering.requests] == [(PLACE, ("SKU-9",))]

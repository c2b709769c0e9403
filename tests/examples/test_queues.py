"""Requests that go to a warehouse over a broker, once, and what comes back by it, once."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from crossdock.examples.reference_layer.calls import GaveUp, IdempotencyKeys, Refused
from crossdock.examples.reference_layer.documents import Event, Knowledge
from crossdock.examples.reference_layer.file_exchange import FileExchange
from crossdock.examples.reference_layer.job import Job, NotYet
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.log import Log
from crossdock.examples.reference_layer.ports import TimedOut, Unreachable
from crossdock.examples.reference_layer.queue_readers import EVENT, QueueReaders
from crossdock.examples.reference_layer.queue_requests import Postbox
from crossdock.examples.reference_layer.settings import Inlet
from crossdock.examples.reference_layer.store import Message, Store
from crossdock.examples.reference_layer.warehouses import QueueWarehouse
from crossdock.examples.reference_layer.worker import Worker
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.virtual import Scripted, Shelves, Taken, VirtualTiming, answer, settings

SHIPPED = "crossdock.shipment.shipped.v1"
EVENTS, REPLIES = Inlet("east", "events", "layer", True), Inlet("east", "replies", "layer", False)
KEY = "fulfilment:FF-1:r1:east"
REQUEST = {"fulfilmentId": "FF-1", "orderId": "CO-1", "lines": []}


class Office:
    """One order at a layer that the east warehouse serves over a broker."""

    def __init__(self, make_calls: MakeCalls, timing: VirtualTiming, store: Store, **parts: Any) -> None:
        self.shelves, self.timing, self.store = Shelves(), timing, store
        self.settings = replace(settings(), addresses={"east": "requests"}, inlets=(EVENTS, REPLIES))
        self.parts, log = Parts(**parts), Log(timing, io.StringIO())
        postbox = Postbox(self.settings, self.shelves, store, self.parts.keys)
        self.east = QueueWarehouse("east", FileExchange(self.settings, postbox, timing, store, log, 2.0))
        calls, handlers = make_calls(Scripted(answer(200))), {("warehouse", SHIPPED): None}
        worker = Worker(self.settings, timing, store, log, calls, {}, self.parts, handlers)  # type: ignore[arg-type]
        worker._wake = lambda order_key: None  # type: ignore[method-assign]  # what is kept is all that is looked at here
        self.readers = QueueReaders(
            self.settings, self.shelves, worker, timing, store, log, self.parts.retries, self.parts.acknowledgement
        )
        event = Event(id="EV-1", source="/parties/erp", type="t", data={}, correlationid="CORR-1")
        message = Message(1, "erp", "EV-1", "CO-1", b"")
        self.job = Job(message, event, Knowledge(), calls, {}, self.parts, self.settings)

    async def request(self) -> None:
        await self.east.request(self.job, REQUEST, KEY)

    async def asked(self) -> str:
        """Ask, and not be answered yet; the message id."""
        with pytest.raises(NotYet):
            await self.request()
        return self.shelves.sent[-1][1]["message-id"]

    async def hear(self, status: str = "201", body: bytes = b"{}", name: str = f"{KEY}/1") -> Taken:
        taken = Taken({"correlation-id": name, "status": status}, body)
        self.shelves.standing["replies"] = [taken]
        await self.readers.look(REPLIES)
        return taken

    async def told(self, body: bytes, media_type: str = EVENT) -> Taken:
        taken = Taken({"content-type": media_type}, body)
        self.shelves.standing["events"] = [taken]
        await self.readers.look(EVENTS)
        return taken


@pytest.fixture
def office(make_calls: MakeCalls, timing: VirtualTiming, store: Store) -> Office:
    return Office(make_calls, timing, store)


def problem(code: str) -> bytes:
    return msgspec.json.encode({"code": code, "detail": "for the test"})


async def test_a_request_is_the_body_of_the_api_with_its_operation_in_a_header(office: Office) -> None:
    await office.asked()

    ((address, headers, body),) = office.shelves.sent
    assert (address, msgspec.json.decode(body)) == ("requests", REQUEST)
    assert headers == {
        "operation": "createFulfilmentRequest",
        "message-id": f"{KEY}/1",
        "message-key": "FF-1",
        "correlation-id": f"{KEY}/1",
        "content-type": "application/json",
        "x-correlation-id": "CORR-1",
    }


async def test_what_http_has_in_the_path_stands_in_a_header(office: Office) -> None:
    with pytest.raises(NotYet):
        await office.east.stop(office.job, REQUEST, "called off", "key")
    with pytest.raises(NotYet):
        await office.east.place_item(office.job, "SKU-1", {"baseUom": "EA"}, "other")
    with pytest.raises(NotYet):
        await office.east.announce_return(office.job, {"rmaId": "RMA-1"}, "third")

    sent = [headers for _, headers, _ in office.shelves.sent]
    assert [each["operation"] for each in sent] == ["cancelFulfilmentRequest", "putWarehouseItem", "createReturn"]
    assert [each["message-key"] for each in sent] == ["FF-1", "SKU-1", "RMA-1"]
    assert (sent[0]["fulfilmentId"], sent[1]["sku"]) == ("FF-1", "SKU-1")


async def test_a_request_is_not_called_off_before_it_is_answered(office: Office) -> None:
    await office.asked()
    with pytest.raises(NotYet, match="has not answered yet"):
        await office.east.stop(office.job, REQUEST, "called off", "fulfilment:FF-1:r1:cancel")
    assert len(office.shelves.sent) == 1
    await office.hear()

    with pytest.raises(NotYet, match="has not acknowledged"):
        await office.east.stop(office.job, REQUEST, "called off", "fulfilment:FF-1:r1:cancel")
    assert len(office.shelves.sent) == 2


async def test_it_is_done_when_the_reply_says_so_and_is_not_sent_again(office: Office) -> None:
    await office.asked()
    taken = await office.hear()

    await office.request()

    assert taken.fate == "acknowledged"
    assert len(office.shelves.sent) == 1


async def test_without_a_reply_the_same_request_goes_out_under_the_same_id(office: Office) -> None:
    first = await office.asked()
    office.timing.now += 1.9
    await office.asked()
    assert len(office.shelves.sent) == 1

    office.timing.now += 0.2

    assert await office.asked() == first
    assert len(office.shelves.sent) == 2


async def test_a_request_that_the_broker_may_have_is_sent_again_under_its_id(office: Office) -> None:
    office.shelves.troubles = [TimedOut()]
    with pytest.raises(NotYet):
        await office.request()

    assert await office.asked() == f"{KEY}/1"


async def test_a_broker_out_of_reach_for_long_is_given_up(office: Office) -> None:
    office.shelves.troubles = [Unreachable()]
    with pytest.raises(NotYet):
        await office.request()
    office.timing.now += office.settings.reroute_after_s + 1

    with pytest.raises(GaveUp) as gave_up:
        await office.request()
    assert not gave_up.value.uncertain


async def test_a_refusal_is_raised_and_the_next_try_is_a_new_request(office: Office) -> None:
    await office.asked()
    await office.hear("409", problem("capacity-exceeded"))

    with pytest.raises(Refused) as refused:
        await office.request()

    assert refused.value.code == "capacity-exceeded"
    assert await office.asked() == f"{KEY}/2"


async def test_that_the_warehouse_has_it_already_is_a_success(office: Office) -> None:
    await office.asked()
    await office.hear("409", problem("duplicate-fulfilment"))

    await office.request()


@pytest.mark.parametrize(("status", "code"), [("503", "unavailable"), ("409", "idempotency-key-in-flight")])
async def test_who_can_not_take_it_now_is_asked_again_with_the_same_id(office: Office, status: str, code: str) -> None:
    first = await office.asked()
    await office.hear(status, problem(code))

    assert await office.asked() == first
    assert len(office.shelves.sent) == 2


async def test_the_first_word_on_a_request_stands(office: Office) -> None:
    await office.asked()
    await office.hear()
    taken = await office.hear("409", problem("capacity-exceeded"))

    await office.request()

    assert taken.fate == "acknowledged"


async def test_a_reply_to_what_nobody_asked_is_acknowledged_and_ignored(office: Office) -> None:
    await office.asked()

    assert (await office.hear(name="somebody else's")).fate == "acknowledged"
    await office.asked()


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [("201", b"\x00", "this is no reply"), ("", b"{}", "a reply has a status"), ("20x", b"{}", "a reply has a status")],
)
async def test_a_reply_that_is_none_is_refused_and_the_request_stays_open(
    office: Office, status: str, body: bytes, reason: str
) -> None:
    await office.asked()

    assert (await office.hear(status, body)).fate.startswith(f"refused: {reason}")
    await office.asked()


async def test_an_event_is_acknowledged_once_it_is_kept_and_known_the_second_time(office: Office) -> None:
    event = msgspec.json.encode({"id": "EV-9", "source": "/parties/east", "type": SHIPPED, "data": {"orderId": "CO-1"}})

    assert (await office.told(event)).fate == "acknowledged"
    assert (await office.told(event)).fate == "acknowledged"

    assert [(each.source, each.id) for each in office.store.waiting("CO-1")] == [("east", "EV-9")]


@pytest.mark.parametrize(
    ("body", "media_type", "reason"),
    [
        (b"{broken", EVENT, "this is no CloudEvent"),
        (b'{"id": "EV-9"}', EVENT, "this is no CloudEvent"),
        (b"{}", "application/json", f"an event comes as {EVENT}, not as application/json"),
        (b"{}", "", f"an event comes as {EVENT}, not as nothing"),
    ],
)
async def test_poison_is_refused_and_the_next_message_is_read(
    office: Office, body: bytes, media_type: str, reason: str
) -> None:
    assert (await office.told(body, media_type)).fate.startswith(f"refused: {reason}")

    event = msgspec.json.encode({"id": "EV-9", "source": "/parties/east", "type": SHIPPED, "data": {"orderId": "CO-1"}})
    assert (await office.told(event)).fate == "acknowledged"


async def test_an_event_that_could_not_be_kept_is_not_acknowledged(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise OSError("no space left on device")

    monkeypatch.setattr(office.store, "receive", full)
    event = msgspec.json.encode({"id": "EV-9", "source": "/parties/east", "type": SHIPPED, "data": {"orderId": "CO-1"}})
    taken = Taken({"content-type": EVENT}, event)
    office.shelves.standing["events"] = [taken]

    with pytest.raises(OSError, match="no space left"):
        await office.readers.look(EVENTS)
    assert taken.fate == ""


async def test_the_layer_is_ready_when_it_has_looked_into_every_queue(office: Office) -> None:
    assert not office.readers.are_there()
    await office.readers.look(EVENTS)
    assert not office.readers.are_there()
    await office.readers.look(REPLIES)
    assert office.readers.are_there()


async def test_the_number_of_a_sending_is_told_to_who_makes_its_id(
    make_calls: MakeCalls, timing: VirtualTiming, store: Store
) -> None:
    class Numbered(IdempotencyKeys):
        def for_try(self, key: str, number: int) -> str:
            return f"{key}#{number}"

    office = Office(make_calls, timing, store, keys=Numbered())
    await office.asked()
    office.timing.now += 3

    assert await office.asked() == f"{KEY}/1#2"
    assert {headers["correlation-id"] for _, headers, _ in office.shelves.sent} == {f"{KEY}/1"}

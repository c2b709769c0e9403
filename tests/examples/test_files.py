"""Documents that go to a partner as files, once, and what comes back, once."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from crossdock.examples.reference_layer import x12
from crossdock.examples.reference_layer.calls import GaveUp, Refused
from crossdock.examples.reference_layer.documents import Event, Knowledge
from crossdock.examples.reference_layer.file_exchange import FileExchange
from crossdock.examples.reference_layer.job import Job, NotYet
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.log import Log
from crossdock.examples.reference_layer.mailboxes import ANSWERED, UNREADABLE, Mailboxes
from crossdock.examples.reference_layer.ports import TimedOut, Unreachable
from crossdock.examples.reference_layer.store import Message, Store
from crossdock.examples.reference_layer.warehouses import FileWarehouse
from crossdock.examples.reference_layer.worker import Worker
from crossdock.examples.reference_layer.x12_paper import X12Paper
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.test_x12_paper import REQUEST, SHORT_945, interchange
from crossdock.tests.examples.virtual import Folders, Scripted, VirtualTiming, answer, settings

SHIPPED = "crossdock.shipment.shipped.v1"
ACCEPTED = "ST*997*0001~AK1*OW*{0}~AK2*940*0001~AK5*A~AK9*A*1*1*1~SE*6*0001~"
REJECTED = "ST*997*0001~AK1*OW*{0}~AK2*940*0001~AK5*R*5~AK9*R*1*1*0~SE*6*0001~"
ANSWER = (
    "ST*824*0001~BGN*00*1*20260302*1200*UT~OTI*{1}*TN*FF-1***20260302*1200*{0}*0001*940~REF*CO*CO-1~"
    "TED*024*{2}~SE*6*0001~"
)


class Office:
    """One order at a layer whose warehouse in the west exchanges files."""

    def __init__(self, make_calls: MakeCalls, timing: VirtualTiming, store: Store) -> None:
        self.folders, self.timing, self.store = Folders(), timing, store
        self.settings = replace(settings(), reroute_after_s=30.0)
        log = Log(timing, io.StringIO())
        paper = X12Paper("west", "CROSSDOCK", "WEST")
        self.exchange = FileExchange(self.settings, self.folders, timing, store, log)
        self.west = FileWarehouse("west", paper, self.exchange)
        calls = make_calls(Scripted(answer(200)))
        handlers: Any = {("warehouse", kind): None for kind in (SHIPPED, ANSWERED, UNREADABLE)}
        worker = Worker(self.settings, timing, store, log, calls, {"west": self.west}, Parts(), handlers)
        worker._wake = lambda order_key: None  # type: ignore[method-assign]  # what is kept is all that is looked at here
        self.mailboxes = Mailboxes(
            self.settings, self.folders, {"west": paper}, self.exchange, worker, timing, store, log
        )
        event = Event(id="EV-1", source="/parties/erp", type="t", data={})
        message = Message(1, "erp", "EV-1", "CO-1", b"")
        self.job = Job(message, event, Knowledge(), calls, {"west": self.west}, Parts(), self.settings)

    async def request(self) -> None:
        await self.west.request(self.job, REQUEST, "fulfilment:FF-1:r1:west")

    async def stop(self) -> None:
        await self.west.stop(self.job, REQUEST, "called off", "fulfilment:FF-1:r1:cancel")

    async def hear(self, kind: str, text: str, name: str = "a.edi") -> None:
        self.folders.outbound[name] = interchange(kind, text)
        await self.mailboxes.look("west")

    def kept(self) -> list[tuple[str, str]]:
        """(event type, order) of what is in the inbox."""
        return [
            (msgspec.json.decode(message.event, type=Event).type, message.order_key)
            for order in self.store.waiting_orders()
            for message in self.store.waiting(order)
        ]


@pytest.fixture
def office(make_calls: MakeCalls, timing: VirtualTiming, store: Store) -> Office:
    return Office(make_calls, timing, store)


async def test_a_request_is_done_when_its_997_has_come(office: Office) -> None:
    with pytest.raises(NotYet):
        await office.request()
    assert list(office.folders.inbound) == ["940_000000001.edi"]

    await office.hear("FA", ACCEPTED.format(1))
    await office.request()
    await office.request()

    assert office.folders.puts == ["940_000000001.edi"]


async def test_a_request_that_could_not_be_read_is_refused_and_the_next_try_has_a_number_of_its_own(
    office: Office,
) -> None:
    with pytest.raises(NotYet):
        await office.request()
    await office.hear("FA", REJECTED.format(1))
    with pytest.raises(Refused) as refused:
        await office.request()
    assert refused.value.code == "997-rejected"

    with pytest.raises(NotYet):
        await office.request()
    assert office.folders.puts == ["940_000000001.edi", "940_000000002.edi"]


async def test_without_an_acknowledgement_the_same_file_goes_out_again_a_few_times(office: Office) -> None:
    for _ in range(6):
        with pytest.raises(NotYet):
            await office.request()
        office.timing.now += office.settings.acknowledged_within_s + 1

    assert office.folders.puts == ["940_000000001.edi"] * 3


async def test_a_partner_out_of_reach_is_tried_again_and_given_up_after_long(office: Office) -> None:
    office.folders.troubles = [Unreachable()] * 3
    for _ in range(3):
        with pytest.raises(NotYet):
            await office.request()
        office.timing.now += 11
    with pytest.raises(GaveUp) as gave_up:
        await office.request()

    assert not gave_up.value.uncertain
    assert not office.folders.puts


async def test_what_may_have_arrived_is_given_up_as_uncertain(office: Office) -> None:
    office.folders.troubles = [TimedOut()]
    with pytest.raises(NotYet):
        await office.request()
    office.timing.now += 31
    with pytest.raises(GaveUp) as gave_up:
        await office.request()

    assert gave_up.value.uncertain


async def test_a_cancellation_is_decided_by_the_answer_and_not_by_the_997(office: Office) -> None:
    with pytest.raises(NotYet):
        await office.stop()
    await office.hear("FA", ACCEPTED.format(1))
    with pytest.raises(NotYet):
        await office.stop()
    await office.hear("AG", ANSWER.format(1, "TR", "too-late"))
    with pytest.raises(Refused) as refused:
        await office.stop()

    assert refused.value.code == "too-late"


async def test_a_refusal_before_the_request_counts_as_taken_is_its_answer(office: Office) -> None:
    with pytest.raises(NotYet):
        await office.request()
    await office.hear("AG", ANSWER.format(1, "TR", "capacity-exceeded"))

    with pytest.raises(Refused) as refused:
        await office.request()
    assert refused.value.code == "capacity-exceeded"


async def test_a_refusal_after_that_is_news_about_the_order(office: Office) -> None:
    with pytest.raises(NotYet):
        await office.request()
    await office.hear("FA", ACCEPTED.format(1))
    await office.request()
    await office.hear("AG", ANSWER.format(1, "TR", "capacity-exceeded"))

    assert office.kept() == [(ANSWERED, "CO-1")]


async def test_a_file_is_kept_once_acknowledged_and_archived(office: Office) -> None:
    await office.hear("SW", SHORT_945, "945_1.edi")
    await office.hear("SW", SHORT_945, "945_2.edi")

    assert office.kept() == [(SHIPPED, "CO-7K3F-000001")]
    assert list(office.folders.archive) == ["945_1.edi", "945_2.edi"]
    replies = [x12.read(content)[1][0] for content in office.folders.inbound.values()]
    assert [reply.sets[0].first("AK1", 2) for reply in replies] == ["880", "880"]


async def test_half_a_file_is_left_until_it_is_whole(office: Office) -> None:
    whole = interchange("SW", SHORT_945)
    office.folders.outbound["945.edi"] = whole[:400]
    await office.mailboxes.look("west")
    assert office.kept() == []
    assert "945.edi" in office.folders.outbound

    office.folders.outbound["945.edi"] = whole
    await office.mailboxes.look("west")
    assert office.kept() == [(SHIPPED, "CO-7K3F-000001")]


async def test_half_a_file_that_stays_so_is_given_to_a_person(office: Office) -> None:
    office.folders.outbound["945.edi"] = interchange("SW", SHORT_945)[:400]
    await office.mailboxes.look("west")
    office.timing.now += office.settings.incomplete_for_s + 1
    await office.mailboxes.look("west")

    assert [kind for kind, _ in office.kept()] == [UNREADABLE]
    assert list(office.folders.archive) == ["945.edi"]


async def test_a_file_that_nobody_can_read_does_not_block_the_next(office: Office) -> None:
    office.folders.outbound = {"1.edi": b"garbage" * 30, "2.edi": interchange("SW", SHORT_945)}
    await office.mailboxes.look("west")

    assert sorted(kind for kind, _ in office.kept()) == [SHIPPED, UNREADABLE]


async def test_a_reply_that_could_not_be_sent_is_sent_at_the_next_look(office: Office) -> None:
    office.folders.outbound["945.edi"] = interchange("SW", SHORT_945)

    async def put_fails(partner: str, name: str, content: bytes) -> None:
        raise TimedOut

    works, office.folders.put = office.folders.put, put_fails  # type: ignore[method-assign]
    with pytest.raises(TimedOut):
        await office.mailboxes.look("west")
    office.folders.put = works  # type: ignore[method-assign]
    await office.mailboxes.look("west")

    assert office.folders.puts == ["997_000000001.edi"]

"""Working off the inbox: order within an order, no waiting between orders, nothing lost on the way."""

import asyncio
import io
from collections.abc import Awaitable, Callable

import msgspec
import pytest

from crossdock.examples.reference_layer.calls import Call, GaveUp
from crossdock.examples.reference_layer.dead_letters import REPLAYED, SET_ASIDE
from crossdock.examples.reference_layer.documents import Event
from crossdock.examples.reference_layer.job import Job, NotYet
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.log import Log
from crossdock.examples.reference_layer.mailboxes import UNREADABLE
from crossdock.examples.reference_layer.store import Store
from crossdock.examples.reference_layer.worker import Worker, subject_key
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.virtual import WAREHOUSES_WITH_AN_API, Scripted, VirtualTiming, answer, settings

TYPE = "crossdock.order.submitted.v1"
CREATE = Call("erp", "POST", "/v1/sales-orders")
Body = Callable[[Job], Awaitable[None]]


class Handler:
    """Notes what it is given, then does what the test wants."""

    def __init__(self, body: Body | None = None) -> None:
        self.body = body
        self.seen: list[str] = []

    async def handle(self, job: Job) -> None:
        self.seen.append(job.event.id)
        if self.body is not None:
            await self.body(job)


MakeWorker = Callable[[Handler], Worker]


@pytest.fixture
def own() -> Handler:
    return Handler()


@pytest.fixture
def make_worker(store: Store, timing: VirtualTiming, make_calls: MakeCalls, own: Handler) -> MakeWorker:
    def make(handler: Handler) -> Worker:
        handlers = {("crm", TYPE): handler, ("layer", SET_ASIDE): own, ("layer", REPLAYED): own}
        calls, log = make_calls(Scripted(answer(200))), Log(timing, io.StringIO())
        return Worker(settings(), timing, store, log, calls, WAREHOUSES_WITH_AN_API, Parts(), handlers)

    return make


def event(event_id: str, order_id: str = "CO-1", event_type: str = TYPE) -> bytes:
    data = {"orderId": order_id}
    return msgspec.json.encode(Event(id=event_id, source="/parties/crm", type=event_type, data=data))


async def until_idle(store: Store) -> None:
    for _ in range(100_000):  # turns of the event loop; the clock jumps, so nothing has to be waited for
        if not store.pending():
            return
        await asyncio.sleep(0)
    pytest.fail(f"still waiting: {[message.id for message in store.waiting('CO-1')]}")


async def test_an_event_is_worked_off_once_however_often_it_comes(make_worker: MakeWorker, store: Store) -> None:
    worker = make_worker(handler := Handler())
    accepted = [worker.accept("crm", event("EV-1")) for _ in range(3)]
    await until_idle(store)

    assert accepted == [True, False, False]
    assert handler.seen == ["EV-1"]


async def test_what_a_party_has_no_business_to_say_is_not_taken(make_worker: MakeWorker, store: Store) -> None:
    worker = make_worker(Handler())

    assert not worker.accept("east", event("EV-1"))
    assert not worker.accept("crm", event("EV-2", event_type="crossdock.account.changed.v1"))
    assert store.pending() == 0


async def test_what_is_no_event_is_refused(make_worker: MakeWorker) -> None:
    with pytest.raises(msgspec.DecodeError):
        make_worker(Handler()).accept("crm", b'{"id": "EV-1"}')


async def test_events_of_one_order_never_overlap_and_other_orders_do_not_wait(
    make_worker: MakeWorker, store: Store
) -> None:
    busy: set[str] = set()
    most_at_once = 0
    gate = asyncio.Event()

    async def body(job: Job) -> None:
        nonlocal most_at_once
        assert job.message.order_key not in busy, "two events of one order at the same time"
        busy.add(job.message.order_key)
        most_at_once = max(most_at_once, len(busy))
        if len(busy) == 3:
            gate.set()
        await gate.wait()
        busy.remove(job.message.order_key)

    worker = make_worker(handler := Handler(body))
    for number in range(9):
        worker.accept("crm", event(f"EV-{number}", f"CO-{number % 3}"))
    await until_idle(store)

    assert most_at_once == 3
    assert [seen for seen in handler.seen if seen in ("EV-0", "EV-3", "EV-6")] == ["EV-0", "EV-3", "EV-6"]


async def test_an_event_that_came_too_early_waits_without_holding_up_the_next(
    make_worker: MakeWorker, store: Store
) -> None:
    async def body(job: Job) -> None:
        if job.event.id == "EV-early" and not job.order.order_id:
            raise NotYet("the order has not come")
        job.order.order_id = "CO-1"

    worker = make_worker(handler := Handler(body))
    worker.accept("crm", event("EV-early"))
    worker.accept("crm", event("EV-order"))
    await until_idle(store)

    assert handler.seen == ["EV-early", "EV-order", "EV-early"]
    assert store.dead() == 0


async def test_an_event_whose_ground_never_comes_is_set_aside(
    make_worker: MakeWorker, store: Store, own: Handler, timing: VirtualTiming
) -> None:
    async def body(job: Job) -> None:
        raise NotYet("the order has not come")

    began = timing.now
    make_worker(Handler(body)).accept("crm", event("EV-1"))
    await until_idle(store)

    assert timing.now - began >= 60
    assert [letter.reason for letter in store.dead_letters()] == ["NotYet: the order has not come"]
    assert len(own.seen) == 1, "the layer tells itself, so that a case is opened"


async def test_changes_to_the_order_are_kept_with_the_event_or_not_at_all(
    make_worker: MakeWorker, store: Store
) -> None:
    async def body(job: Job) -> None:
        job.order.reason = "half done"
        raise ValueError("a bug, or a message that nobody foresaw")

    make_worker(Handler(body)).accept("crm", event("EV-1"))
    await until_idle(store)

    assert b"half done" not in (store.knowledge("CO-1") or b"")
    assert store.dead() == 1


async def test_a_bad_message_does_not_block_others(make_worker: MakeWorker, store: Store) -> None:
    async def body(job: Job) -> None:
        if job.event.id == "EV-bad":
            raise KeyError("lines")

    worker = make_worker(handler := Handler(body))
    for event_id in ("EV-bad", "EV-same-order"):
        worker.accept("crm", event(event_id))
    worker.accept("crm", event("EV-other-order", "CO-2"))
    await until_idle(store)

    assert set(handler.seen) == {"EV-bad", "EV-same-order", "EV-other-order"}


async def test_a_replay_works_the_event_off_and_closes_what_was_opened(
    make_worker: MakeWorker, store: Store, own: Handler
) -> None:
    broken = True

    async def body(job: Job) -> None:
        if broken:
            raise GaveUp(CREATE, "no answer", uncertain=True)

    worker = make_worker(Handler(body))
    worker.accept("crm", event("EV-1"))
    await until_idle(store)
    letter = store.dead_letters()[0]
    await worker.replay(letter.number)
    assert store.dead() == 1, "it failed again"
    broken = False
    await worker.replay(letter.number)
    await until_idle(store)

    assert store.dead() == 0
    assert [seen.split(":")[0] for seen in own.seen] == [SET_ASIDE, SET_ASIDE, REPLAYED]


async def test_a_new_process_goes_on_where_the_old_one_stopped(make_worker: MakeWorker, store: Store) -> None:
    never = asyncio.Event()

    async def hang(job: Job) -> None:
        await never.wait()

    first = make_worker(Handler(hang))
    first.accept("crm", event("EV-1"))
    await asyncio.sleep(0)
    await first.stop()
    second = make_worker(handler := Handler())
    second.start()
    await until_idle(store)

    assert handler.seen == ["EV-1"]


async def test_what_comes_while_it_stops_waits_for_the_next_start(make_worker: MakeWorker, store: Store) -> None:
    first = make_worker(late := Handler())
    await first.stop()
    first.accept("crm", event("EV-1"))
    await asyncio.sleep(0)
    assert late.seen == [], "its connections are being closed, and what fails now would be set aside"

    second = make_worker(handler := Handler())
    second.start()
    await until_idle(store)
    assert handler.seen == ["EV-1"]


@pytest.mark.parametrize("name", ["ship_confirm_REGIONAL_20260304_191659_00000{}.csv", "a" * 120 + "{}.csv"])
def test_files_that_cannot_be_read_are_each_a_matter_of_their_own(name: str) -> None:
    keys = {subject_key("regional", _unreadable(name.format(number))) for number in (1, 2)}
    assert len(keys) == 2
    assert max(map(len, keys)) <= 60  # so that it fits into the reference of a case


def _unreadable(name: str) -> Event:
    return Event(id=f"{UNREADABLE}:{name}:0", source="regional", type=UNREADABLE, data={})

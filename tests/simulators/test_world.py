"""A world: parties with a clock, ids and a journal of their own, and what a tester may do to all of them at once."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import msgspec
import pytest

from crossdock.contracts.objects import Case
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.crm.case import CaseRequest
from crossdock.simulators.ids import Ids
from crossdock.simulators.interference import Message, NoInterference
from crossdock.simulators.kinds import KINDS, kind_of
from crossdock.simulators.party import Cause
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.rules import Call
from crossdock.simulators.warehouse import WarehouseSettings
from crossdock.simulators.world import CAST, World

CASE = {"category": "integrationError", "subject": "a message cannot be processed"}
URL = "http://127.0.0.1:9/"


def new_world(seed: int = 1, sink: BytesIO | None = None, cast: dict[str, str] | None = None) -> World:
    return World("test", ManualClock(), Ids("T1", seed), cast=cast or {"crm": "crm", "east": "warehouse"}, sink=sink)


@pytest.fixture
def world() -> World:
    return new_world()


def open_case(world: World, **fields: Any) -> Case:
    call = Call(msgspec.convert(CASE | fields, CaseRequest))
    case = world.parties["crm"].perform("createCase", call, Cause("people"))
    assert isinstance(case, Case)
    return case


def test_each_party_begins_with_the_settings_of_its_kind(world: World) -> None:
    assert "settings" in world.parties["east"].state.table(WarehouseSettings)
    assert [party.kind for party in world.parties.values()] == ["crm", "warehouse"]


def test_worlds_share_nothing() -> None:
    one, other = new_world(), new_world()

    open_case(one)

    assert len(one.parties["crm"].state.table(Case)) == 1
    assert len(other.parties["crm"].state.table(Case)) == 0


def test_the_same_seed_gives_the_same_journal_to_the_byte() -> None:
    def journal(seed: int) -> bytes:
        sink = BytesIO()
        world = new_world(seed, sink)
        for number in range(3):
            open_case(world, reference=str(number))
            world.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]  # a manual clock
        return sink.getvalue()

    assert journal(1) == journal(1)
    assert journal(1) != journal(2)


def test_a_kind_that_there_is_none_of_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no kind of party 'shop'; there are crm, erp, warehouse"):
        new_world(cast={"shop": "shop"})
    assert {kind_of(kind).rules.kind for kind in KINDS} == set(KINDS)
    assert set(CAST.values()) == set(KINDS)


@pytest.mark.parametrize("secret", ["", None])
def test_a_subscription_gets_a_secret_when_none_is_given(world: World, secret: str | None) -> None:
    subscription = world.subscribe("crm", URL, client="layer", secret=secret)

    assert subscription.secret.startswith("whsec_")
    assert world.parties["crm"].subscriptions == {subscription.subscription_id: subscription}


def test_a_secret_of_another_form_is_refused_and_nobody_is_subscribed(world: World) -> None:
    with pytest.raises(Refusal, match="24 to 64 octets") as refused:
        world.subscribe("crm", URL, client="layer", secret="letmein")

    assert refused.value.errors[0].pointer == "/secret"
    assert world.parties["crm"].subscriptions == {}


async def test_busy_says_what_is_still_going_on(world: World) -> None:
    assert world.busy() is None

    world.subscribe("crm", URL, client="layer")
    world.outbox.pause("crm")
    open_case(world)
    assert world.busy() == "1 events are being delivered"

    world.outbox.drop_all()
    world.in_flight += 1
    assert world.busy() == "1 requests are being answered"


def test_an_event_is_about_the_order_that_its_subject_is_known_to_belong_to(world: World) -> None:
    heard: list[str] = []

    class Watch(NoInterference):
        def deliver(self, message: Message) -> None:
            heard.append(message.order_id)

    world.set_interference(Watch())
    world.subscribe("crm", URL, client="layer")
    world.outbox.pause("crm")
    world.lineage.learn("CASE-T1-000001", "ORD-1")

    open_case(world)
    open_case(world)

    assert heard == ["ORD-1", ""]


async def test_reset_begins_anew_and_keeps_journal_clients_and_subscriptions(world: World) -> None:
    subscription = world.subscribe("crm", URL, client="layer")
    world.outbox.pause("crm")
    open_case(world)
    world.lineage.learn("FF-1", "ORD-1")
    world.errors.append("something")
    length = world.journal.length

    world.reset()

    assert world.parties["crm"].state.table(Case) == {}
    assert "settings" in world.parties["east"].state.table(WarehouseSettings)
    assert world.parties["crm"].subscriptions == {subscription.subscription_id: subscription}
    assert (world.lineage.order_of("FF-1"), world.errors, world.busy()) == ("", [], None)
    assert world.journal.length == length + 2, "a note, and the warehouse's settings"
    assert open_case(world).case_id != "CASE-T1-000001", "keys are never used again"


async def test_a_closed_world_does_nothing_more(world: World) -> None:
    world.subscribe("crm", URL, client="layer")
    world.outbox.pause("crm")
    open_case(world)

    await world.close()

    assert world.busy() is None


def test_a_world_is_busy_as_long_as_whoever_polls_has_not_read_on(world: World) -> None:
    cursor = world.parties["crm"].feed.hand_out(None, 10, 1.0).next_cursor
    assert (world.busy(), world.last_read_s()) == (None, 1.0)

    open_case(world)
    assert world.busy() == "1 events stand in feeds that nobody has read yet"
    world.parties["crm"].feed.hand_out(cursor, 10, 2.0)
    assert (world.busy(), world.last_read_s()) == (None, 2.0)

"""A world goes on where its file has it: whatever was written is there, and nothing comes twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from crossdock.contracts.objects import Account, Fulfilment, Order
from crossdock.scenarios.people import ask
from crossdock.scenarios.seeding.wish import Wish, fill
from crossdock.simulators.idempotency import StoredAnswer
from crossdock.simulators.keeping.restoring import restore
from crossdock.simulators.keeping.state_file import StateFileError
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.world import World
from crossdock.tests.simulators.keeping.conftest import Kept

WISH = Wish(customers=4, items=6, stock=300, orders=2, under_way=3)
URL = "http://127.0.0.1:9/events"


def stated(world: World) -> dict[str, Any]:
    """Every record of every party, in order, as JSON has it."""
    return {
        name: {kind.__name__: list(msgspec.to_builtins(table).items()) for kind, table in party.state.tables().items()}
        for name, party in world.parties.items()
    }


def told(world: World) -> dict[str, bytes]:
    """What each feed has, with its cursors."""
    return {name: msgspec.json.encode(party.feed.page(None, 1000)) for name, party in world.parties.items()}


def test_a_world_is_what_it_was(kept: Kept) -> None:
    first = kept.begin()
    fill(first.world, WISH, 7)
    first.keeper.flush()

    second = kept.begin()

    assert second.world is not first.world
    assert stated(second.world) == stated(first.world)
    assert told(second.world) == told(first.world)
    assert second.clock.now() == first.clock.now()
    assert dict(second.world.ids.numbers) == dict(first.world.ids.numbers)


def test_what_was_not_written_is_lost_whole(kept: Kept) -> None:
    first = kept.begin()
    fill(first.world, Wish(customers=2), 7)
    first.keeper.flush()
    before = stated(first.world)
    fill(first.world, Wish(customers=3), 7)

    assert stated(kept.begin().world) == before


def test_what_happens_without_a_request_is_written_in_the_next_turn(kept: Kept) -> None:
    first = kept.begin()
    fill(first.world, WISH, 7)
    first.turn()
    first.clock.advance(timedelta(hours=30))
    first.turn()

    assert stated(kept.begin().world) == stated(first.world)


def test_work_under_way_goes_on_to_the_same_end(kept: Kept) -> None:
    first = kept.begin()
    fill(first.world, WISH, 7)
    first.keeper.flush()
    second = kept.begin()
    assert second.world.busy() is not None

    second.clock.advance(timedelta(days=20))

    assert second.world.busy() is None
    shipped = [each for name in second.world.warehouses for each in _fulfilments(second.world, name)]
    assert shipped
    assert {each.status for each in shipped} <= {"shipped", "delivered", "closed"}
    assert second.world.errors == []


def _fulfilments(world: World, warehouse: str) -> list[Fulfilment]:
    return list(world.parties[warehouse].state.table(Fulfilment).values())


def test_numbers_go_on_and_secrets_are_new(kept: Kept) -> None:
    first = kept.begin()
    fill(first.world, Wish(customers=1), 7)
    first.keeper.flush()
    secret = first.world.ids.hex(16)

    second = kept.begin()
    fill(second.world, Wish(customers=1), 7)

    accounts = list(second.world.parties["crm"].state.table(Account))
    assert accounts == ["ACC-T1-000001", "ACC-T1-000002"]
    assert second.world.ids.hex(16) != secret


def test_a_cursor_of_before_reads_on_from_there(kept: Kept) -> None:
    first = kept.begin()
    fill(first.world, Wish(customers=3), 7)
    first.keeper.flush()
    cursor = first.world.parties["crm"].feed.page(None, 2).next_cursor

    second = kept.begin()
    again = second.world.parties["crm"].feed.page(cursor, 100)

    assert again.items == first.world.parties["crm"].feed.page(cursor, 100).items
    assert again.items


def test_a_sequence_goes_on_for_each_subject(kept: Kept) -> None:
    first = kept.begin()
    fill(first.world, Wish(customers=1), 7)
    first.keeper.flush()
    before = first.world.parties["crm"].feed.page(None, 100).items[-1]

    second = kept.begin()
    ask(second.world.parties["crm"], "updateAccount", {"name": "Other Tools"}, accountId="ACC-T1-000001")

    after = second.world.parties["crm"].feed.page(None, 100).items[-1]
    assert (after.subject, after.sequence) == (before.subject, before.sequence + 1)


def test_an_answer_is_given_again_for_its_idempotency_key(kept: Kept) -> None:
    first = kept.begin()
    keys = first.world.parties["crm"].idempotency
    key = ("layer", "createAccount", "K-1")
    answer = StoredAnswer(201, ((b"location", b"/accounts/1"),), '{"né": 1}'.encode())
    assert keys.begin(key, b"payload", first.clock.wire()) is None
    keys.settle(key, answer)
    first.keeper.flush()

    again = kept.begin().world.parties["crm"].idempotency

    assert again.begin(key, b"payload", 0.0) == answer
    with pytest.raises(Refusal):
        again.begin(key, b"another", 0.0)


def test_a_token_stays_valid_until_it_would_have_expired(kept: Kept) -> None:
    first = kept.begin()
    first.world.register_client("crm", "layer", "s3cret", {"crm.read"})
    token = first.world.parties["crm"].access.issue("layer", "s3cret", frozenset(), first.clock.wire())
    first.keeper.flush()

    known = kept.begin().world.parties["crm"].access.tokens

    assert known == {token.value: token}


async def test_a_webhook_and_what_it_has_not_heard_are_there(kept: Kept) -> None:
    first = kept.begin()
    subscription = first.world.subscribe("crm", URL, client="layer")
    fill(first.world, Wish(customers=1), 7)
    first.keeper.flush()

    second = kept.begin()

    assert second.world.parties["crm"].subscriptions == {subscription.subscription_id: subscription}
    assert second.world.outbox.pending() == first.world.outbox.pending() > 0


async def test_what_was_owed_to_a_webhook_that_was_ended_is_forgotten(kept: Kept) -> None:
    first = kept.begin()
    subscription = first.world.subscribe("crm", URL, client="layer")
    fill(first.world, Wish(customers=1), 7)
    first.keeper.flush()
    first.world.unsubscribe("crm", subscription.subscription_id)
    first.keeper.flush()

    second = kept.begin()

    assert not second.world.parties["crm"].subscriptions
    assert second.world.outbox.pending() == 0


def test_a_reset_empties_the_file_too(kept: Kept) -> None:
    first = kept.begin()
    fill(first.world, WISH, 7)
    first.keeper.flush()
    first.world.reset()
    fill(first.world, Wish(customers=1), 7)
    first.keeper.flush()

    second = kept.begin()

    assert stated(second.world) == stated(first.world)
    assert told(second.world) == told(first.world)
    assert not second.world.parties["crm"].state.table(Order)


def test_many_lives_leave_one_world(kept: Kept) -> None:
    for _ in range(5):
        life = kept.begin()
        fill(life.world, Wish(customers=1, items=2, under_way=1), 7)
        life.turn()
        life.clock.advance(timedelta(hours=7))
        life.turn()

    assert kept.life is not None
    before = stated(kept.life.world)
    last = kept.begin()
    assert stated(last.world) == before
    assert len(last.world.parties["crm"].state.table(Account)) == 5


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("Rumour", "{}", "crm has a Rumour, which this version does not know"),
        ("Account", '{"version": 1}', "crm's Account R-1 can't be read by this version"),
    ],
)
def test_a_record_that_this_version_can_not_read_is_told(kind: str, value: str, said: str, kept: Kept) -> None:
    life = kept.begin()
    life.file.commit({"INSERT INTO record (party, kind, key, value) VALUES ('crm', ?, 'R-1', ?)": [(kind, value)]})

    with pytest.raises(StateFileError, match=said):
        restore(life.world, life.file, 2)

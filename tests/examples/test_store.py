"""The layer's memory: what is committed survives the process."""

from pathlib import Path

from crossdock.examples.reference_layer.store import Store


def test_an_event_is_kept_once_however_often_it_comes(store: Store) -> None:
    assert store.receive("crm", "EV-1", "CO-1", b"{}")
    assert not store.receive("crm", "EV-1", "CO-1", b"{}")
    assert store.receive("erp", "EV-1", "CO-1", b"{}"), "the id is unique within its source only"
    assert len(store.waiting("CO-1")) == 2


def test_a_new_process_finds_what_the_old_one_left(tmp_path: Path) -> None:
    path = str(tmp_path / "layer.sqlite")
    first = Store(path)
    first.receive("crm", "EV-1", "CO-1", b"{}")
    first.receive("crm", "EV-2", "CO-2", b"{}")
    first.settle(first.waiting("CO-1")[0], b"known")
    first.begin("crm-order:CO-2:create", b"body")
    # No close: the first process dies.
    second = Store(path)

    assert second.waiting_orders() == ["CO-2"]
    assert second.knowledge("CO-1") == b"known"
    assert not second.receive("crm", "EV-1", "CO-1", b"{}"), "done is not forgotten"
    effect = second.effect("crm-order:CO-2:create")
    assert effect is not None
    assert (effect.body, effect.status) == (b"body", None)
    second.close()
    first.close()


def test_a_dead_letter_can_be_replayed_while_it_is_dead_and_no_longer(store: Store) -> None:
    store.receive("crm", "EV-1", "CO-1", b"{}")
    message = store.waiting("CO-1")[0]
    assert not store.replay(message.number), "it is not set aside yet"
    store.set_aside(message, "no such customer", 1.0)
    assert (store.pending(), store.dead(), store.dead("CO-1"), store.dead("CO-2")) == (0, 1, 1, 0)

    assert store.replay(message.number)
    assert not store.replay(message.number)
    store.settle(store.waiting("CO-1")[0], b"known")

    assert (store.pending(), store.dead()) == (0, 0)
    assert [(letter.state, letter.replays) for letter in store.dead_letters()] == [("done", 1)]


def test_the_first_body_of_an_effect_stands_until_it_is_refused(store: Store) -> None:
    assert store.begin("k", b"first").sent_key == "k"
    assert store.begin("k", b"second").body == b"first"
    store.refused("k")
    third = store.begin("k", b"third")

    assert (third.body, third.sent_key) == (b"third", "k:2")

"""A transaction: the state with its own changes over it."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from crossdock.simulators.ids import Ids
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.transaction import Page, State, Transaction

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Crate(msgspec.Struct, frozen=True, kw_only=True):
    colour: str
    weight_kg: int = 1


class Pallet(msgspec.Struct, frozen=True, kw_only=True):
    crates: tuple[str, ...] = ()


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    aisle: str | None


@pytest.fixture
def state() -> State:
    """Five crates a to e, in turn red and blue."""
    state = State({Crate: {"colour": lambda crate: crate.colour, "weight": lambda crate: crate.weight_kg}})
    for number, key in enumerate("abcde"):
        state.put(key, Crate(colour="blue" if number % 2 else "red", weight_kg=number))
    return state


@pytest.fixture
def tx(state: State) -> Transaction:
    return begin(state)


def begin(state: State) -> Transaction:
    return Transaction(state, NOW, Ids("T1", 1))


def commit(state: State, tx: Transaction) -> None:
    for (_, key), record in tx.writes.items():
        state.put(key, record)


def pages(tx: Transaction, **how: Any) -> list[Page]:
    """All pages of one crate each."""
    found = [tx.page(Crate, 1, None, **how)]
    while (cursor := found[-1].next_cursor) is not None:
        found.append(tx.page(Crate, 1, cursor, **how))
    return found


def weights(crates: list[Crate]) -> list[int]:
    return [crate.weight_kg for crate in crates]


def test_a_change_is_seen_by_its_own_transaction_and_by_no_other(state: State, tx: Transaction) -> None:
    tx.put("a", Crate(colour="green"))

    assert tx.get(Crate, "a").colour == "green"
    assert begin(state).get(Crate, "a").colour == "red"
    assert state.table(Crate)["a"].colour == "red"


def test_records_of_two_kinds_may_have_the_same_key(tx: Transaction) -> None:
    tx.put("a", Pallet(crates=("b",)))

    assert tx.get(Crate, "a").colour == "red"
    assert tx.get(Pallet, "a").crates == ("b",)


def test_what_is_not_there_is_refused_with_the_code_that_was_asked_for(tx: Transaction) -> None:
    assert tx.find(Crate, "z") is None
    with pytest.raises(Refusal, match="there is no crate 'z' here") as refused:
        tx.get(Crate, "z")
    assert refused.value.code == "not-found"
    with pytest.raises(Refusal) as refused:
        tx.get(Crate, "z", "unknown-item")
    assert refused.value.code == "unknown-item"


def test_many_are_found_at_once_with_what_the_transaction_wrote(tx: Transaction) -> None:
    assert [crate and crate.colour for crate in tx.find_all(Crate, ("b", "z", "a"))] == ["blue", None, "red"]

    tx.put("b", Crate(colour="green"))
    tx.put("z", Crate(colour="white"))

    assert [crate and crate.colour for crate in tx.find_all(Crate, ("b", "z", "a"))] == ["green", "white", "red"]
    assert tx.find_all(Pallet, ("b",)) == [None]


def test_an_index_finds_the_records_of_a_value_oldest_first(tx: Transaction) -> None:
    assert weights(tx.where(Crate, "colour", "red")) == [0, 2, 4]
    assert weights(tx.where(Crate, "colour", "green")) == []


def test_an_index_sees_what_the_transaction_wrote_over_and_added(tx: Transaction) -> None:
    tx.put("a", Crate(colour="blue", weight_kg=0))  # red before
    tx.put("c", Crate(colour="red", weight_kg=20))  # only heavier
    tx.put("f", Crate(colour="red", weight_kg=5))  # new

    assert weights(tx.where(Crate, "colour", "red")) == [20, 4, 5]
    assert weights(tx.where(Crate, "colour", "blue")) == [0, 1, 3]


def test_an_index_follows_a_change_of_value_and_keeps_the_age_of_the_record(state: State, tx: Transaction) -> None:
    tx.put("a", Crate(colour="blue", weight_kg=0))
    commit(state, tx)

    after = begin(state)
    assert weights(after.where(Crate, "colour", "red")) == [2, 4]
    assert weights(after.where(Crate, "colour", "blue")) == [0, 1, 3]

    after.put("a", Crate(colour="red", weight_kg=0))
    commit(state, after)
    assert weights(begin(state).where(Crate, "colour", "red")) == [0, 2, 4]


def test_an_index_forgets_values_that_nothing_has_any_more(state: State) -> None:
    for number in range(1000):
        state.put("a", Crate(colour="red", weight_kg=number))

    assert [number for number in range(1000) if state.index(Crate, "weight").places(number)] == [1, 2, 3, 4, 999]
    assert (len(state.index(Crate, "colour")), len(state.index(Crate, "weight"))) == (2, 5)


def test_a_record_without_a_value_stands_in_no_index_and_comes_back_at_its_age() -> None:
    bins = State({Bin: {"aisle": lambda each: each.aisle}})
    for number, aisle in enumerate(("A", None, "A")):
        bins.put(f"bin-{number}", Bin(number=number, aisle=aisle))
    assert begin(bins).where(Bin, "aisle", None) == []
    assert len(bins.index(Bin, "aisle")) == 1, "None is kept as a value"

    tx = begin(bins)
    tx.put("bin-1", Bin(number=1, aisle="A"))
    tx.put("bin-2", Bin(number=2, aisle=None))
    assert [found.number for found in tx.where(Bin, "aisle", "A")] == [0, 1]
    commit(bins, tx)
    assert [found.number for found in begin(bins).where(Bin, "aisle", "A")] == [0, 1]
    bins.put("bin-2", Bin(number=2, aisle="A"))
    assert [found.number for found in begin(bins).where(Bin, "aisle", "A")] == [0, 1, 2]


def test_all_records_come_oldest_first_with_changes_in_place_and_additions_at_the_end(tx: Transaction) -> None:
    tx.put("f", Crate(colour="green", weight_kg=5))
    tx.put("b", Crate(colour="blue", weight_kg=11))

    assert [crate.weight_kg for crate in tx.all(Crate)] == [0, 11, 2, 3, 4, 5]


def test_pages_follow_each_other_without_gap_or_repetition(tx: Transaction) -> None:
    first = tx.page(Crate, 2, None)
    second = tx.page(Crate, 2, first.next_cursor)
    third = tx.page(Crate, 2, second.next_cursor)

    assert [len(page.items) for page in (first, second, third)] == [2, 2, 1]
    assert (*first.items, *second.items, *third.items) == tuple(tx.all(Crate))
    assert third.next_cursor is None


def test_a_full_last_page_says_that_nothing_follows(tx: Transaction) -> None:
    assert tx.page(Crate, 5, None).next_cursor is None


def test_pages_do_not_drift_while_records_are_added_and_changed(state: State) -> None:
    first = begin(state).page(Crate, 2, None)

    state.put("a", Crate(colour="green", weight_kg=100))
    state.put("f", Crate(colour="red", weight_kg=5))
    rest = begin(state).page(Crate, 10, first.next_cursor)

    assert [crate.weight_kg for crate in rest.items] == [2, 3, 4, 5]  # type: ignore[attr-defined]  # crates


def test_a_page_of_some_records_goes_on_after_those_that_were_left_out(tx: Transaction) -> None:
    first = tx.page(Crate, 2, None, lambda crate: crate.colour == "red")
    second = tx.page(Crate, 2, first.next_cursor, lambda crate: crate.colour == "red")

    assert [crate.weight_kg for crate in (*first.items, *second.items)] == [0, 2, 4]  # type: ignore[attr-defined]
    assert second.next_cursor is None


def test_a_page_among_the_values_of_an_index_is_the_page_that_a_filter_gives(state: State, tx: Transaction) -> None:
    tx.put("a", Crate(colour="blue", weight_kg=0))  # red before
    tx.put("f", Crate(colour="red", weight_kg=5))  # new

    for seen in (begin(state), tx):
        for colours in (("red",), ("blue", "red"), ("green",)):
            assert pages(seen, among=("colour", colours)) == pages(
                seen, keep=lambda crate, of=colours: crate.colour in of
            )


def test_a_page_looks_only_at_records_from_its_cursor_on(state: State) -> None:
    cursor = begin(state).page(Crate, 3, None).next_cursor
    looked_at: list[int] = []

    def keep(crate: Crate) -> bool:
        looked_at.append(crate.weight_kg)
        return True

    begin(state).page(Crate, 10, cursor, keep)
    begin(state).page(Crate, 10, cursor, keep, among=("colour", ("red",)))
    assert looked_at == [3, 4, 4]


def test_a_page_holds_what_the_transaction_itself_added(tx: Transaction) -> None:
    tx.put("f", Crate(colour="red", weight_kg=5))
    first = tx.page(Crate, 5, None)

    assert first.next_cursor is not None
    assert tx.page(Crate, 5, first.next_cursor).items == (Crate(colour="red", weight_kg=5),)


def test_the_cursor_of_another_list_is_refused(state: State, tx: Transaction) -> None:
    state.put("a", Pallet())
    state.put("b", Pallet())
    cursor = tx.page(Pallet, 1, None).next_cursor

    with pytest.raises(Refusal) as refused:
        tx.page(Crate, 1, cursor)

    assert refused.value.code == "invalid-cursor"


def test_a_cursor_from_before_everything_was_forgotten_is_refused_and_not_skipped(state: State) -> None:
    cursor = begin(state).page(Crate, 2, None).next_cursor

    state.clear()

    with pytest.raises(Refusal, match="not one of this list's"):
        begin(state).page(Crate, 2, cursor)
    assert state.table(Crate) == {}
    assert begin(state).where(Crate, "colour", "red") == []

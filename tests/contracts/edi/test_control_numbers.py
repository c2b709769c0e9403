"""Control numbers: given out in turn, and looked at when they come in."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.contracts.edi.control_numbers import HIGHEST, ControlNumbers, Kind, Link, Seen, give_out, observe

EAST, WEST = Link("ZZ/DEPOSITOR", "ZZ/EAST"), Link("ZZ/DEPOSITOR", "ZZ/WEST")
ISA = Kind.INTERCHANGE


def verdicts(*numbers: int) -> list[str]:
    state, found = ControlNumbers(), []
    for number in numbers:
        state, sighting = observe(state, EAST, ISA, number)
        found.append(sighting.verdict)
    return found


def test_each_link_and_kind_counts_for_itself() -> None:
    state, first = give_out(ControlNumbers(), EAST, ISA)
    state, second = give_out(state, EAST, ISA)
    state, other_link = give_out(state, WEST, ISA)
    state, other_kind = give_out(state, EAST, Kind.GROUP)

    assert (first, second, other_link, other_kind) == (1, 2, 1, 1)


def test_after_the_highest_number_comes_one_again() -> None:
    state = ControlNumbers(sent={"ZZ/DEPOSITOR|ZZ/EAST|interchange": HIGHEST})

    assert give_out(state, EAST, ISA)[1] == 1


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((7, 8, 9), ["first", "next", "next"]),
        ((7, 7), ["first", "duplicate"]),
        ((7, 10), ["first", "gap"]),
        ((7, 10, 8), ["first", "gap", "late"]),
        ((7, 10, 8, 9, 11), ["first", "gap", "late", "late", "next"]),
        ((7, 10, 8, 8), ["first", "gap", "late", "duplicate"]),
        ((7, 3), ["first", "late"]),
        ((HIGHEST, 1, 2, 1), ["first", "next", "next", "duplicate"]),
    ],
)
def test_duplicates_gaps_and_latecomers_are_seen(numbers: tuple[int, ...], told: list[str]) -> None:
    assert verdicts(*numbers) == told


def test_a_gap_says_which_numbers_are_missing() -> None:
    state, _ = observe(ControlNumbers(), EAST, ISA, 7)

    assert observe(state, EAST, ISA, 12)[1].missing == (8, 11)


@pytest.mark.parametrize("number", [0, -1, HIGHEST + 1])
def test_what_is_no_control_number_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 999,999,999"):
        observe(ControlNumbers(), EAST, ISA, number)


def test_the_state_is_a_plain_value() -> None:
    state, _ = observe(give_out(ControlNumbers(), EAST, ISA)[0], WEST, Kind.SET, 5)

    assert msgspec.json.decode(msgspec.json.encode(state), type=ControlNumbers) == state


@given(st.lists(st.integers(1, 60), max_size=40))
def test_a_number_is_a_duplicate_exactly_when_it_came_before(numbers: list[int]) -> None:
    seen: set[int] = set()
    for number, verdict in zip(numbers, verdicts(*numbers), strict=True):
        assert (verdict == "duplicate") == (number in seen)
        seen.add(number)


def test_who_numbers_at_random_does_not_make_the_state_grow_for_ever() -> None:
    state = ControlNumbers()
    for number in range(1, 6_000, 2):
        state, _ = observe(state, EAST, ISA, number)
    (kept,) = state.seen.values()

    assert isinstance(kept, Seen)
    assert len(kept.ranges) <= 1_000
    assert observe(state, EAST, ISA, 5_999)[1].verdict == "duplicate"

"""The fewest of some things that still do it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from crossdock.harness.shrink.ddmin import minimal


@given(st.integers(1, 60), st.data())
def test_what_is_needed_is_left_and_nothing_else_in_its_order(count: int, data: st.DataObject) -> None:
    needed = data.draw(st.sets(st.integers(0, count - 1)))

    left = minimal(range(count), lambda things: needed <= set(things))

    assert left == sorted(needed)


@given(st.integers(1, 30), st.integers(0, 30))
def test_at_least_the_fewest_stay(count: int, fewest: int) -> None:
    assert len(minimal(range(count), lambda _things: True, fewest)) == min(max(fewest, 0), count)


@given(st.sets(st.integers(0, 2**12 - 1), min_size=1))
def test_of_what_is_left_nothing_can_be_left_out(doing: set[int]) -> None:
    """Whatever does it, in no order that makes sense."""

    def does_it(things: Sequence[int]) -> bool:
        return sum(1 << thing for thing in things) in doing or len(things) == 12

    left = minimal(range(12), does_it)

    assert does_it(left)
    assert not any(does_it([thing for thing in left if thing != other]) for other in left)


def test_few_that_matter_among_many_are_found_with_few_questions() -> None:
    asked = []

    def does_it(things: Sequence[int]) -> bool:
        asked.append(things)
        return 77 in things

    assert minimal(range(128), does_it) == [77]
    assert len(asked) < 2 * 7 + 3

"""The numbers of a partner's files, told as short stories: what came before, what comes, what it is."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.contracts.layouts import SequenceState, follow
from crossdock.contracts.layouts.definition import SequenceRule

HOLD = SequenceRule()
ACCEPT = SequenceRule(gap="accept")
WRAP = SequenceRule(first=1, last=999)


def story(rule: SequenceRule, files: str) -> tuple[list[str], SequenceState]:
    """`5a 6b 6b`: number and content of each file → the verdict of each, and the state in the end."""
    state = SequenceState()
    verdicts = []
    for file in files.split():
        number = file.rstrip("abcdefgh")
        result = follow(state, rule, int(number), file.removeprefix(number))
        verdicts.append(result.verdict.value + ("" if result.process else " (not processed)"))
        state = result.state
    return verdicts, state


@pytest.mark.parametrize(
    ("rule", "files", "verdict"),
    [
        (HOLD, "5a", "first"),
        (HOLD, "5a 6b", "next"),
        (HOLD, "5a 6b 6b", "duplicate (not processed)"),
        (HOLD, "5a 6b 5a", "duplicate (not processed)"),
        (HOLD, "5a 6b 6c", "conflict (not processed)"),
        (HOLD, "5a 6b 3c", "replay (not processed)"),
        (HOLD, "5a 8b", "gap (not processed)"),
        (HOLD, "5a 8d 6b 7c 8d", "next"),
        (HOLD, "5a 6a", "repeated_content (not processed)"),
        (HOLD, "5a 6a 7b", "next"),
        (HOLD, "5 6", "next"),
        (HOLD, "5 5", "duplicate (not processed)"),
        (HOLD, "0a", "out_of_range (not processed)"),
        (ACCEPT, "5a 8b", "gap"),
        (ACCEPT, "5a 8b 6c", "late"),
        (ACCEPT, "5a 8b 6c 6c", "duplicate (not processed)"),
        (ACCEPT, "5a 8b 9c", "next"),
        (ACCEPT, "3a 1b", "late"),
        (ACCEPT, "3a 1b 1c", "conflict (not processed)"),
        (WRAP, "999a 1b", "next"),
        (WRAP, "998a 2b", "gap (not processed)"),
        (WRAP, "999a 1b 999a", "duplicate (not processed)"),
        (WRAP, "999a 1b 998c", "replay (not processed)"),
        (WRAP, "999a 1000b", "out_of_range (not processed)"),
    ],
)
def test_the_last_file_is(rule: SequenceRule, files: str, verdict: str) -> None:
    assert story(rule, files)[0][-1] == verdict


def test_a_gap_says_which_numbers_are_missing() -> None:
    _, state = story(HOLD, "5a")

    assert follow(state, HOLD, 8, "b").missing == (6, 7)
    assert follow(story(WRAP, "998a")[1], WRAP, 3, "b").missing == (999, 1, 2)
    assert len(follow(state, HOLD, 10**9, "b").missing) == 1000


def test_what_is_missing_is_remembered_until_it_comes() -> None:
    _, state = story(ACCEPT, "5a 9b 7c")

    assert state.missing == (1, 2, 3, 4, 6, 8)
    assert follow(state, ACCEPT, 8, "d").missing == (1, 2, 3, 4, 6)


def test_repeated_content_says_under_which_number_it_was_known() -> None:
    assert follow(story(HOLD, "5a 6b")[1], HOLD, 7, "a").known_as == 5


def test_the_state_survives_being_written_down() -> None:
    _, state = story(ACCEPT, "5a 9b 7c 10d")

    assert msgspec.json.decode(msgspec.json.encode(state), type=SequenceState) == state


@given(st.lists(st.tuples(st.integers(-2, 30), st.sampled_from("abc")), max_size=60), st.sampled_from([HOLD, ACCEPT]))
def test_no_number_is_processed_twice_and_the_state_stays_small(
    files: list[tuple[int, str]], rule: SequenceRule
) -> None:
    state = SequenceState()
    processed: list[int] = []
    for number, content in files:
        result = follow(state, rule, number, content)
        if result.process:
            processed.append(number)
        elif result.verdict != "repeated_content":
            assert result.state == state
        state = result.state

    assert len(processed) == len(set(processed))
    if rule is HOLD:
        assert processed == sorted(processed)
    assert len(msgspec.json.encode(state)) < 20_000


@given(st.integers(1, 999), st.integers(1, 2000))
def test_an_unbroken_sequence_is_next_after_next_around_the_end(first: int, count: int) -> None:
    state = SequenceState()
    for step in range(count % 1200):
        number = (first - 1 + step) % 999 + 1
        result = follow(state, WRAP, number, f"content {step}")
        assert result.verdict == ("first" if step == 0 else "next")
        state = result.state

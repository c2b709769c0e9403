"""Verdicts and their one way to combine."""

import itertools

import pytest

from crossdock.harness.verdict import EXIT_CODES, Verdict, merge

PASS, FAIL, IDLE, CONFIG, HARNESS = (
    Verdict.PASS,
    Verdict.FAIL,
    Verdict.NOT_EXERCISED,
    Verdict.CONFIG_ERROR,
    Verdict.HARNESS_ERROR,
)
# Row by column: what the two come to.
TRUTH = {
    PASS: {PASS: PASS, FAIL: FAIL, IDLE: IDLE, CONFIG: CONFIG, HARNESS: HARNESS},
    FAIL: {PASS: FAIL, FAIL: FAIL, IDLE: FAIL, CONFIG: FAIL, HARNESS: FAIL},
    IDLE: {PASS: IDLE, FAIL: FAIL, IDLE: IDLE, CONFIG: CONFIG, HARNESS: HARNESS},
    CONFIG: {PASS: CONFIG, FAIL: FAIL, IDLE: CONFIG, CONFIG: CONFIG, HARNESS: HARNESS},
    HARNESS: {PASS: HARNESS, FAIL: FAIL, IDLE: HARNESS, CONFIG: HARNESS, HARNESS: HARNESS},
}


@pytest.mark.parametrize(("left", "right"), list(itertools.product(Verdict, repeat=2)))
def test_two_verdicts_come_to_what_the_table_says(left: Verdict, right: Verdict) -> None:
    assert merge([left, right]) is TRUTH[left][right]


@pytest.mark.parametrize("verdicts", list(itertools.product(Verdict, repeat=3)), ids="-".join)
def test_three_verdicts_come_to_the_same_in_whatever_order_and_grouping(verdicts: tuple[Verdict, ...]) -> None:
    first, second, third = verdicts
    one_by_one = merge([merge([first, second]), third])
    assert one_by_one is TRUTH[TRUTH[first][second]][third]
    assert {merge(order) for order in itertools.permutations(verdicts)} == {one_by_one}
    assert merge([first, merge([second, third])]) is one_by_one


def test_of_nothing_nothing_was_exercised() -> None:
    assert merge([]) is IDLE
    assert merge(iter(())) is IDLE


@pytest.mark.parametrize("verdict", Verdict)
def test_one_verdict_stays_what_it_is(verdict: Verdict) -> None:
    assert merge([verdict]) is verdict


def test_only_passes_come_to_a_pass() -> None:
    assert merge([PASS, PASS, PASS]) is PASS
    for other in set(Verdict) - {PASS}:
        assert merge([PASS, other, PASS]) is not PASS


def test_a_failure_sticks() -> None:
    for others in itertools.product(Verdict, repeat=2):
        assert merge([*others, FAIL]) is FAIL


def test_exit_codes_are_the_published_ones_and_only_a_pass_is_zero() -> None:
    assert {verdict: EXIT_CODES[verdict] for verdict in Verdict} == {PASS: 0, FAIL: 1, CONFIG: 2, IDLE: 3, HARNESS: 3}

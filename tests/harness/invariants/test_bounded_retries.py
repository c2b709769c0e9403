"""R2: what fails is tried again in measure."""

import pytest

from crossdock.harness.promises import CircuitBreaker, Retries
from crossdock.tests.harness.histories import ASKED, finders, finding, judged
from crossdock.tests.harness.recovering_styles import BUSY, RECOVERED

EXERCISED = {
    # Each try that failed and was followed by another.
    "the ERP says no a few times, and it waits longer each time": 3,
    "it waits as long as it was asked to": 1,
    "an answer is lost, and it asks again": 2,
    "the ERP is away when an order is placed": 0,
}
LEFT = f"{ASKED} | ship S1 R1 1:10!"
DONE = "confirm S1 | invoice I1 S1 1:10 | status shipped 1:10"
BREAKER = CircuitBreaker(opens_after=3, probe_after_s=10)
CLOSE = "at-once 2.95"  # the next call comes a twentieth of a second after the one before


def times(number: int, statement: str) -> str:
    return " | ".join([statement] * number)


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_the_tries_that_failed(style: str, exercised: int) -> None:
    assert judged("R2", RECOVERED[style]).exercised == exercised


def test_a_storm_is_found() -> None:
    found = finding("R2", f"{LEFT} | {times(12, f'{BUSY} | {CLOSE}')} | {DONE}")
    assert found.key == "R2/CO-A/storm/confirmShipment-at-erp"
    assert found.expected == "at most 10 times in a second"


def test_a_storm_is_found_by_nobody_else() -> None:
    assert finders(f"{LEFT} | {times(12, f'{BUSY} | {CLOSE}')} | {DONE}") == {"R2"}


def test_how_often_in_a_second_is_as_promised() -> None:
    storm = f"{LEFT} | {times(12, f'{BUSY} | {CLOSE}')} | {DONE}"
    assert judged("R2", storm, retries=Retries(per_second=13)).findings == []


def test_a_try_before_the_time_that_was_asked_for_is_found() -> None:
    found = finding("R2", f"{LEFT} | busy erp confirmShipment 5 * | {DONE}")
    assert found.key == "R2/CO-A/retry-after/confirmShipment-at-erp"
    assert found.expected == "no sooner than 5 s after the answer"


def test_more_tries_than_promised_are_found() -> None:
    many = f"{LEFT} | {times(4, BUSY)} | {DONE}"
    assert judged("R2", many, retries=Retries(at_most=5)).findings == []
    assert finding("R2", many, retries=Retries(at_most=4)).actual == "5 times"


def test_calls_that_a_circuit_breaker_would_keep_back_are_found() -> None:
    found = finding("R2", f"{LEFT} | {times(6, BUSY)} | {DONE}", circuit_breaker=BREAKER)
    assert found.key == "R2//breaker/erp"
    assert found.summary == "erp was called 3 times more than a circuit breaker lets through"


@pytest.mark.parametrize(
    ("text", "breaker"),
    [
        (f"{LEFT} | {times(3, BUSY)} | {times(3, f'wait 10 | {BUSY}')} | wait 10 | {DONE}", BREAKER),  # one at a time
        (f"{LEFT} | {times(2, BUSY)} | ask erp createCase | {times(2, BUSY)} | {DONE}", BREAKER),  # it was well between
        (f"{LEFT} | {times(6, BUSY)} | {DONE}", None),  # no breaker is claimed
        (f"{LEFT} | {times(3, 'busy erp confirmShipment 1')} | {DONE}", None),  # as long as it was asked for
        (f"{LEFT} | {times(9, f'fail erp confirmShipment 422 refused | {CLOSE}')} | {DONE}", None),  # never again
        (f"{LEFT} | busy erp confirmShipment 5 | busy erp createCase 5 | wait 5 | {DONE}", None),  # another request
        (f"{LEFT} | {times(30, f'look erp getFulfilment | {CLOSE}')} | {DONE}", None),  # nothing failed
    ],
)
def test_says_nothing_about_what_is_in_measure(text: str, breaker: CircuitBreaker | None) -> None:
    assert judged("R2", text, circuit_breaker=breaker).findings == []

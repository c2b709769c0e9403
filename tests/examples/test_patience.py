"""How long the layer bears with a party."""

import pytest

from crossdock.examples.reference_layer.patience import (
    BACKOFF_AT_MOST_S,
    OPENS_AFTER,
    PROBE_AT_MOST_S,
    PROBE_S,
    RETRY_AFTER_AT_MOST_S,
    Breaker,
    RetryPolicy,
)


@pytest.mark.parametrize("status", [0, 429, 500, 502, 503, 504])
def test_passing_troubles_are_tried_again(status: int) -> None:
    assert RetryPolicy().again(status, "")


@pytest.mark.parametrize("status", [200, 201, 400, 401, 403, 404, 409, 412, 422])
def test_final_answers_are_not_tried_again(status: int) -> None:
    assert not RetryPolicy().again(status, "some-code")


def test_a_request_still_in_flight_under_the_same_key_is_asked_for_again() -> None:
    assert RetryPolicy().again(409, "idempotency-key-in-flight")


def test_backoff_grows_is_spread_over_its_whole_width_and_has_an_end() -> None:
    policy = RetryPolicy()
    longest = [policy.wait_s(tries, 0.0, 1.0) for tries in range(1, 12)]

    assert longest[:4] == [0.2, 0.4, 0.8, 1.6]
    assert longest[-1] == BACKOFF_AT_MOST_S
    assert policy.wait_s(5, 0.0, 0.0) == 0.0, "full jitter begins at nothing"


def test_no_try_comes_sooner_than_the_party_asked_for() -> None:
    assert RetryPolicy().wait_s(1, 7.0, 0.0) == 7.0


def test_retry_after_does_not_put_a_call_to_sleep_for_hours() -> None:
    assert RetryPolicy().wait_s(1, 86_400.0, 0.0) == RETRY_AFTER_AT_MOST_S


def opened(at: float = 100.0) -> Breaker:
    breaker = Breaker()
    for _ in range(OPENS_AFTER):
        breaker.failed(at)
    return breaker


def test_breaker_stays_closed_while_failures_are_not_in_a_row() -> None:
    breaker = Breaker()
    for _ in range(OPENS_AFTER):
        breaker.failed(100.0)
        breaker.succeeded()

    assert breaker.wait_s(100.0) == 0.0


def test_breaker_opens_after_failures_in_a_row_and_lets_one_probe_through() -> None:
    breaker = opened(100.0)

    assert breaker.wait_s(100.1) > 0
    assert breaker.wait_s(100.0 + PROBE_S) == 0.0, "the probe"
    assert breaker.wait_s(100.0 + PROBE_S) > 0, "one at a time"


def test_failed_probes_come_at_growing_distances_up_to_a_limit() -> None:
    breaker, now, waits = opened(100.0), 100.0, []
    for _ in range(6):
        wait_s = breaker.wait_s(now)
        waits.append(wait_s)
        now += wait_s
        assert breaker.wait_s(now) == 0.0
        breaker.failed(now)

    assert waits == [0.5, 1.0, 2.0, 4.0, 4.0, 4.0]
    assert waits[-1] == PROBE_AT_MOST_S


def test_late_failures_of_what_was_sent_before_it_opened_do_not_delay_the_probe() -> None:
    breaker = opened(100.0)
    for _ in range(20):
        breaker.failed(100.2)

    assert breaker.wait_s(100.0 + PROBE_S) == 0.0


def test_breaker_tells_how_long_it_has_been_open_and_closes_with_a_success() -> None:
    breaker = opened(100.0)
    assert breaker.open_for_s(130.0) == 30.0

    breaker.succeeded()
    assert breaker.open_for_s(130.0) == 0.0
    assert breaker.wait_s(130.0) == 0.0

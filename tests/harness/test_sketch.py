"""Percentiles in fixed memory."""

import pytest

from crossdock.harness.sketch import ACCURACY, Sketch


def filled(*seconds: float) -> Sketch:
    sketch = Sketch()
    for each in seconds:
        sketch.add(each)
    return sketch


@pytest.mark.parametrize(("share", "true"), [(0.5, 5.0), (0.95, 9.5), (0.99, 9.9), (1.0, 10.0)])
def test_a_quantile_is_right_within_two_percent(share: float, true: float) -> None:
    assert filled(*(number / 100 for number in range(1, 1001))).quantile(share) == pytest.approx(true, rel=ACCURACY)


def test_it_does_not_grow_with_what_it_is_given() -> None:
    sketch = filled(*(number / 1000 for number in range(20_000)))
    assert sketch.count == 20_000
    assert len(sketch._buckets) < 320


def test_an_empty_one_says_nothing_and_one_value_is_all_there_is() -> None:
    assert filled().quantile(0.5) == 0.0
    assert filled(0.3).quantile(0.99) == pytest.approx(0.3, rel=ACCURACY)


def test_what_is_too_short_or_too_long_to_tell_is_held() -> None:
    assert filled(0.0).quantile(0.5) == 0.0
    assert filled(1e9).quantile(0.5) == pytest.approx(1e6, rel=ACCURACY)


def test_two_that_are_put_together_are_as_one_that_was_given_all() -> None:
    together, other = filled(0.1, 0.2, 5.0), filled(0.3, 9.0)
    together.take_in(other)

    of_all = filled(0.1, 0.2, 5.0, 0.3, 9.0)
    assert together.count == of_all.count
    assert [together.quantile(share) for share in (0.2, 0.5, 0.8, 1.0)] == [
        of_all.quantile(share) for share in (0.2, 0.5, 0.8, 1.0)
    ]

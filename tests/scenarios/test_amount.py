"""How much of something: what people may write, and what the contracts are told."""

import pytest

from crossdock.scenarios.amount import Amount, quantity, wrong


@pytest.mark.parametrize(
    ("amount", "unit", "why"),
    [
        (3, "EA", ""),
        (3.0, "EA", ""),
        (2.5, "KGM", ""),
        (0.001, "MTR", ""),
        (2.675, "MTR", ""),
        (2.5, "EA", "EA are counted whole"),
        (0.5, "CA", "CA are counted whole"),
        (0.0005, "KGM", "at most 3 decimals"),
    ],
)
def test_of_pieces_there_are_no_parts_and_of_the_rest_as_small_ones_as_can_be_told(
    amount: Amount, unit: str, why: str
) -> None:
    assert why in wrong(amount, unit)
    assert bool(wrong(amount, unit)) is bool(why)


@pytest.mark.parametrize(("amount", "value"), [(3, "3"), (3.0, "3"), (0.1, "0.1"), (12.375, "12.375"), (0, "0")])
def test_a_number_is_told_as_it_was_written(amount: Amount, value: str) -> None:
    assert quantity(amount, "MTR") == {"value": value, "uom": "MTR"}

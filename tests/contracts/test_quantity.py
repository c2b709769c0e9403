"""Quantities: one unit at a time."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.contracts.objects import Quantity, UnitMismatchError
from crossdock.contracts.validation import canonical

values = st.decimals(0, 999_999_999, places=3, allow_nan=False)


def test_units_are_never_mixed() -> None:
    pieces, cases = Quantity.of(12), Quantity.of(1, "CA")
    for mix in (lambda: pieces + cases, lambda: pieces - cases, lambda: pieces <= cases, lambda: pieces > cases):
        with pytest.raises(UnitMismatchError, match="12 EA and 1 CA"):
            mix()


def test_ten_is_ten_however_it_is_written() -> None:
    assert Quantity.of("10") == Quantity.of("10.0")
    assert hash(Quantity.of("10")) == hash(Quantity.of("10.0"))


def test_a_difference_may_be_negative_and_zero_has_no_sign() -> None:
    assert str(Quantity.of(4) - Quantity.of(6)) == "-2 EA"
    assert str(-Quantity.zero("EA")) == "0 EA"


@given(values, values)
def test_sums_and_differences_stay_what_the_schema_takes(one: Decimal, other: Decimal) -> None:
    first, second = Quantity(one, "KGM"), Quantity(other, "KGM")
    low, high = sorted((first, second))
    assert high - low + low == high
    assert canonical("signed-quantity").is_valid(msgspec.to_builtins(low - high))
    assert canonical("quantity").is_valid(msgspec.to_builtins(high - low))


def test_a_total_of_nothing_is_zero_in_the_unit_asked_for() -> None:
    assert Quantity.total([], "CA") == Quantity.zero("CA")
    assert Quantity.total([Quantity.of(2), Quantity.of("0.5")], "EA") == Quantity.of("2.5")

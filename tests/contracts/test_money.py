"""Money: exact digits, half up, shares that add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.contracts.currencies import MINOR_DIGITS, UnknownCurrencyError, minor_digits
from crossdock.contracts.objects import CurrencyMismatchError, Money, Quantity

currencies = st.sampled_from(["JPY", "USD", "KWD", "CLF"])


@st.composite
def moneys(draw: st.DrawFn, currency: str | None = None) -> Money:
    code = currency or draw(currencies)
    units = draw(st.integers(0, 10**18))
    return Money(Decimal(units).scaleb(-minor_digits(code)), code)


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("12.5", "USD", "12.50"),
        ("1250", "JPY", "1250"),
        ("1250.5", "JPY", "1251"),
        ("1.25", "KWD", "1.250"),
        ("0.00005", "CLF", "0.0001"),
    ],
)
def test_an_amount_is_written_with_exactly_the_minor_digits_of_its_currency(
    amount: str, currency: str, written: str
) -> None:
    assert str(Money.of(amount, currency).amount) == written
    assert Money.of(amount, currency).is_exact


@pytest.mark.parametrize(
    ("exact", "rounded"), [("0.125", "0.13"), ("0.124", "0.12"), ("0.135", "0.14"), ("-0.125", "-0.13")]
)
def test_half_a_cent_is_rounded_away_from_zero(exact: str, rounded: str) -> None:
    assert Money.of(exact, "USD") == Money(Decimal(rounded), "USD")


def test_an_amount_with_other_digits_than_its_currency_is_seen() -> None:
    assert not Money(Decimal("12.5"), "USD").is_exact
    assert not Money(Decimal("12.50"), "JPY").is_exact


def test_a_price_times_a_fractional_quantity_is_rounded_once() -> None:
    assert Money.of("0.35", "USD").times(Quantity.of("2.5", "KGM")) == Money.of("0.88", "USD")


def test_a_percentage_is_per_hundred() -> None:
    assert Money.of("75.00", "USD").percent(Decimal("7.25")) == Money.of("5.44", "USD")


def test_the_largest_amount_times_the_largest_quantity_stays_exact() -> None:
    largest = Money.of("999999999999999.99", "USD").times(Quantity.of("999999999.999"))
    assert largest.amount == Decimal("999999999998999990000000.00")


def test_different_currencies_are_never_added_or_compared() -> None:
    euro, dollar = Money.of("1", "EUR"), Money.of("1", "USD")
    for mix in (lambda: euro + dollar, lambda: euro - dollar, lambda: euro < dollar, lambda: euro >= dollar):
        with pytest.raises(CurrencyMismatchError, match=r"1\.00 EUR and 1\.00 USD"):
            mix()
    assert euro != dollar


@pytest.mark.parametrize("code", ["XXX", "usd", "EURO", "XAU", ""])
def test_what_is_no_currency_is_refused_by_name(code: str) -> None:
    with pytest.raises(UnknownCurrencyError, match=repr(code)):
        Money.zero(code)


def test_the_sum_of_nothing_is_zero_with_the_right_digits() -> None:
    assert str(Money.total([], "KWD").amount) == "0.000"


@given(st.data(), currencies)
def test_adding_and_taking_away_again_changes_nothing(data: st.DataObject, currency: str) -> None:
    one, other = data.draw(moneys(currency)), data.draw(moneys(currency))
    assert (one + other - other) == one
    assert (one + other).is_exact


@given(moneys(), st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_shares_add_up_and_none_is_a_minor_unit_off(money: Money, weights: list[int]) -> None:
    shares = money.allocate(weights)
    unit = Decimal(1).scaleb(-minor_digits(money.currency))
    assert Money.total(shares, money.currency) == money
    for share, weight in zip(shares, weights, strict=True):
        assert share.is_exact
        assert abs(share.amount * sum(weights) - money.amount * weight) < unit * sum(weights)


def test_a_cent_too_many_goes_to_the_first_of_equals() -> None:
    shares = Money.of("1.00", "USD").allocate([1, 1, 1])
    assert [str(share.amount) for share in shares] == ["0.34", "0.33", "0.33"]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 2]])
def test_shares_need_weights_that_mean_something(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="need weights"):
        Money.of("1.00", "USD").allocate(weights)


THREE_DIGITS = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}


def test_the_list_of_currencies_is_that_of_iso_4217() -> None:
    assert len(MINOR_DIGITS) == 165
    assert {code for code, digits in MINOR_DIGITS.items() if digits == 3} == THREE_DIGITS
    assert all(len(code) == 3 and code.isupper() for code in MINOR_DIGITS)

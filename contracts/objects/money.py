"""Amounts of money and their arithmetic (contracts/canonical/v1/money.json).

An amount has exactly the minor digits of its currency (ISO 4217) and never passes through a float. Whatever
can leave a remainder (a price times a quantity, a percentage) is rounded half up, away from zero, per line;
headers are sums of rounded lines, so they close. Sources: ISO 4217; the rounding rule is this project's own
(docs/explanation/order-to-cash.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

import msgspec

from ..currencies import minor_digits
from .quantity import Quantity

# 19 digits of an amount times 12 of a quantity times 7 of a percentage: exact before the one rounding.
_EXACT = Context(prec=60)


class CurrencyMismatchError(ValueError):
    """Two amounts in different currencies were added or compared."""


class Money(msgspec.Struct, frozen=True, gc=False):
    """`amount` with exactly the minor digits of `currency`.

    On the wire never negative: what it does (bill, credit) says the sign. Sums and comparisons need the same
    currency and raise CurrencyMismatchError otherwise; a currency outside ISO 4217 raises
    UnknownCurrencyError.
    """

    amount: Decimal
    currency: str

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(_quantum(currency) * 0, currency)

    @classmethod
    def of(cls, amount: str | int, currency: str) -> Money:
        """From a decimal string or a whole number, rounded to the currency's minor digits."""
        return cls.rounded(Decimal(amount), currency)

    @classmethod
    def rounded(cls, amount: Decimal, currency: str) -> Money:
        """Half up, to the currency's minor digits."""
        return cls(amount.quantize(_quantum(currency), ROUND_HALF_UP, _EXACT), currency)

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str) -> Money:
        """The sum; zero in `currency` when there is nothing to add."""
        result = cls.zero(currency)
        for money in amounts:
            result += money
        return result

    @property
    def is_exact(self) -> bool:
        """Whether the amount has exactly the minor digits of its currency: what a party checks on what it
        accepts.
        """
        return self.amount.as_tuple().exponent == -minor_digits(self.currency)

    @property
    def is_zero(self) -> bool:
        return not self.amount

    def times(self, factor: Quantity | Decimal | int) -> Money:
        """The price of so many: amount × factor, rounded half up."""
        number = factor.value if isinstance(factor, Quantity) else factor
        product = _EXACT.multiply(self.amount, number)
        return Money(product.quantize(_quantum(self.currency), ROUND_HALF_UP, _EXACT), self.currency)

    def percent(self, rate: Decimal) -> Money:
        """`rate` per hundred of it (7.25 for 7.25 %), rounded half up."""
        share = _EXACT.multiply(self.amount, rate).scaleb(-2, _EXACT)
        return Money(share.quantize(_quantum(self.currency), ROUND_HALF_UP, _EXACT), self.currency)

    def allocate(self, weights: Sequence[Decimal | int]) -> tuple[Money, ...]:
        """Shares in proportion to `weights` whose sum is exactly this amount, none further than one minor
        unit from its exact share; what rounding down leaves goes to the largest remainders, the first of
        equals.

        Raises: ValueError when there is no weight, one is negative, or all are zero.
        """
        numbers = [Decimal(weight) for weight in weights]
        whole = sum(numbers, Decimal(0))
        if not numbers or whole <= 0 or min(numbers) < 0:
            raise ValueError(f"shares of {self} need weights, none negative and not all zero, not {list(weights)}")
        quantum = _quantum(self.currency)
        exact = [_EXACT.divide(_EXACT.multiply(self.amount, number), whole) for number in numbers]
        shares = [share.quantize(quantum, ROUND_FLOOR, _EXACT) for share in exact]
        left = int((self.amount - sum(shares, Decimal(0))) / quantum)
        by_remainder = sorted(range(len(shares)), key=lambda index: shares[index] - exact[index])
        for index in by_remainder[:left]:
            shares[index] += quantum
        return tuple(Money(share, self.currency) for share in shares)

    def __add__(self, other: Money) -> Money:
        return Money(_EXACT.add(self.amount, self._same_currency(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(_EXACT.subtract(self.amount, self._same_currency(other)), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same_currency(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same_currency(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same_currency(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same_currency(other)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def _same_currency(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatchError(f"{self} and {other} are in different currencies: nobody here exchanges money")
        return other.amount


_QUANTA = {digits: Decimal(1).scaleb(-digits) for digits in range(5)}


def _quantum(currency: str) -> Decimal:
    return _QUANTA[minor_digits(currency)]

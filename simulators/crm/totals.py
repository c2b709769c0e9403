"""What quotes and orders come to: lines, freight and their sum, all in the account's currency and without tax.

Tax is the ERP's business (contracts/canonical/v1/totals.json). A line's net is unit price × quantity, rounded half up;
the header is the sum of the rounded lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from ...contracts.currencies import minor_digits
from ...contracts.identifiers import LineId
from ...contracts.objects import Account, Money, Quantity, Totals
from ..line_ids import refuse, repeated
from ..refusal import FieldError, Refusal

# contracts/canonical/v1/money.json: at most 15 digits before the point.
TOO_MUCH = Decimal(10) ** 15


class PricedLine(Protocol):
    """A line of a quote or an order."""

    @property
    def line_id(self) -> LineId: ...
    @property
    def quantity(self) -> Quantity: ...
    @property
    def unit_price(self) -> Money: ...


def totals(account: Account, currency: str, lines: Sequence[PricedLine], freight: Money) -> Totals:
    """The sums of a document as its body has it.

    Raises: Refusal `currency-mismatch` for an amount that is not in the account's currency; `invalid-request` for one
    with other than the currency's minor digits, for a lineId that stands twice, and for sums past what an amount holds.
    """
    prices = [line.unit_price for line in lines]
    if currency != account.currency or any(money.currency != account.currency for money in (freight, *prices)):
        refuse("currency-mismatch", _foreign(account.currency, currency, _pointed(freight, prices)))
    wrong = repeated([line.line_id for line in lines])
    if wrong or not all(money.is_exact for money in (freight, *prices)):
        refuse("invalid-request", [*_inexact(_pointed(freight, prices)), *wrong])
    net = Money.total((line.unit_price.times(line.quantity) for line in lines), account.currency)
    gross = net + freight
    if gross.amount >= TOO_MUCH:
        raise Refusal.at(
            "invalid-request", "/lines", f"the lines and freight come to {gross}, more than an amount can hold"
        )
    return Totals(net=net, freight=freight, gross=gross)


def _pointed(freight: Money, prices: Sequence[Money]) -> Iterator[tuple[str, Money]]:
    yield "/freight", freight
    for place, price in enumerate(prices):
        yield f"/lines/{place}/unitPrice", price


def _foreign(expected: str, currency: str, amounts: Iterator[tuple[str, Money]]) -> Iterator[FieldError]:
    if currency != expected:
        yield FieldError(f"is {currency}, but must be {expected}", pointer="/currency")
    for pointer, money in amounts:
        if money.currency != expected:
            yield FieldError(f"is {money.currency}, but must be {expected}", pointer=f"{pointer}/currency")


def _inexact(amounts: Iterator[tuple[str, Money]]) -> Iterator[FieldError]:
    for pointer, money in amounts:
        if not money.is_exact:
            digits = minor_digits(money.currency)
            yield FieldError(f"{money} must have {digits} digits after the point", pointer=f"{pointer}/amount")

"""M3: money stays in its currency, and every header is the sum of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...contracts.objects import CreditMemo, Customer, Invoice, Money, SalesOrder
from ..consequences.billing import in_other_money
from ..invariant import Invariant, Outcome, Terms, invariant
from ..master_data import CUSTOMER, MasterRecord
from ..seen import Seen
from ..trail import OrderTrail


class BooksDoNotClose(Exception):
    """A document of the ERP does not add up: the simulator's mistake, which no layer can make."""


@invariant
class MoneyKept(Invariant):
    """M3 — sales orders, bills and credit memos are in the currency that the customer ordered in, customers trade at
    the ERP in that of their account; and each header is the sum of its lines.

    The sums are the ERP's own work: one that does not close is a fault of Crossdock, not a finding. Example: the layer
    stamps every order USD, a customer in Dublin orders for 100 EUR and is billed 100 USD.
    """

    id = "M3"
    title = "Money stays in its currency, and headers are the sums of their lines"
    clause = "order-to-cash, Conventions, steps 2 and 6, Returns, step 6, and Master data"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        if trail.order is None:
            return
        currency = trail.order.what.currency
        documents: list[tuple[str, Seen[Any]]] = [
            *((f"sales order {key}", seen) for key, seen in trail.sales_orders.items()),
            *((f"invoice {key}", seen) for key, seen in trail.invoices.items()),
            *((f"credit memo {key}", seen) for key, seen in trail.returns.credits.items()),
        ]
        for name, seen in documents:
            outcome.judged()
            _expect_closed(name, seen.what)
            others = {seen.what.currency, *(money.currency for money in _amounts(seen.what))} - {currency}
            if others:
                self._other(trail, outcome, name, seen, currency, ", ".join(sorted(others)), trail.placed)

    def record(self, record: MasterRecord, terms: Terms, outcome: Outcome) -> None:
        newest = record.newest
        if record.kind != CUSTOMER or newest is None:
            return
        for copies in record.copies.values():
            last = copies[-1]
            if isinstance(last.what, Customer):
                outcome.judged()
                currency: str = newest.what.currency  # type: ignore[union-attr]  # customers belong to accounts
                if last.what.currency != currency:
                    name = f"customer {last.what.customer_number}"
                    self._other(None, outcome, name, last, currency, last.what.currency, newest)

    def _other(
        self,
        trail: OrderTrail | None,
        outcome: Outcome,
        name: str,
        seen: Seen[Any],
        currency: str,
        others: str,
        source: Seen[Any] | None,
    ) -> None:
        wanted = "the customer ordered in" if trail else "the account trades in"
        outcome.violated(
            self.finding(
                trail,
                name.replace(" ", "-"),
                f"{name} is in {others}, {wanted} {currency}",
                expected=currency,
                actual=others,
                because=[
                    f"By the CRM {wanted} {currency}.",
                    f"{name[0].upper()}{name[1:]} ({seen.place}) is in {others}: M3 is broken.",
                ],
                evidence=[source, seen],
                consequence=in_other_money(trail, seen, currency),
            )
        )


def _amounts(document: SalesOrder | Invoice | CreditMemo) -> Iterator[Money]:
    yield from (line.unit_price for line in document.lines)
    yield document.totals.gross
    if not isinstance(document, CreditMemo):
        yield document.freight


def _expect_closed(name: str, document: SalesOrder | Invoice | CreditMemo) -> None:
    """Raises: BooksDoNotClose."""
    totals, currency = document.totals, document.currency
    net = Money.total((line.net_amount for line in document.lines), currency)
    tax = Money.total((line.tax_amount for line in document.lines), currency)
    gross = totals.net + totals.freight + (totals.tax or Money.zero(currency))
    if (totals.net, totals.tax or Money.zero(currency), totals.gross) != (net, tax, gross):
        raise BooksDoNotClose(f"{name}: {totals} is not the sum of its lines ({net} net, {tax} tax)")

"""T2: the same customer, order and return have the same names everywhere, for ever."""

from __future__ import annotations

from typing import Any

from ...contracts.objects import Account
from ..invariant import Invariant, Outcome, Terms, invariant
from ..master_data import CUSTOMER, MasterRecord
from ..seen import Seen
from ..trail import OrderTrail


@invariant
class OneIdentity(Invariant):
    """T2 — each account of the CRM is one customer of the ERP and the other way round, under the number that the
    account carries; an order is billed to the customer who placed it; the ERP's order and return that the CRM shows are
    those of this very order and request.

    Example: the layer finds customers by name, two companies have the same, and one is billed for what the other
    ordered.
    """

    id = "T2"
    title = "Who is who is the same everywhere"
    clause = "order-to-cash, steps 2 and 8, Returns, step 7, and Master data"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        if trail.order is None:
            return
        customer = trail.order.what.customer_number
        for key, seen in trail.sales_orders.items():
            outcome.judged()
            if seen.what.customer_number != customer:
                had = f"sales order {key} is of customer {seen.what.customer_number}"
                wanted = f"the order is of customer {customer}"
                self._mixed_up(trail, outcome, f"sales-order/{key}", wanted, had, trail.placed, seen)
        shown = trail.order.what.erp_order_id
        if shown is not None:
            outcome.judged()
            if shown not in trail.sales_orders:
                wanted = f"the ERP has this order as {' or '.join(trail.sales_orders) or 'none'}"
                self._mixed_up(trail, outcome, "shown", wanted, f"the CRM shows {shown}", trail.placed, trail.order)
        for request in trail.returns.shown_now.values():
            self._return(trail, outcome, request)

    def _return(self, trail: OrderTrail, outcome: Outcome, request: Seen[Any]) -> None:
        key, rma = request.what.return_request_id, request.what.rma_id
        if rma is None:
            return
        outcome.judged()
        authorized = trail.returns.authorized.get(rma)
        if authorized is None or authorized.what.return_request_id not in (key, None):
            known = [each for each, seen in trail.returns.authorized.items() if seen.what.return_request_id == key]
            wanted = f"the ERP authorized {key} as {' or '.join(known) or 'nothing'}"
            self._mixed_up(trail, outcome, f"return/{key}", wanted, f"the CRM shows {rma}", authorized, request)

    def record(self, record: MasterRecord, terms: Terms, outcome: Outcome) -> None:
        if record.kind != CUSTOMER:
            return
        account = record.versions[-1] if record.versions else None
        number = account.what.customer_number if account and isinstance(account.what, Account) else "none"
        for found, seen in record.identities.items():
            outcome.judged()
            told = seen.what.account_id
            if found != number or told != record.key:
                wanted = f"account {record.key} is customer {number}"
                had = f"customer {found} of the ERP is tied to {f'account {told}' if told else 'no account'}"
                self._mixed_up(None, outcome, f"{record.key}/{found}", wanted, had, account, seen)

    def _mixed_up(
        self,
        trail: OrderTrail | None,
        outcome: Outcome,
        what: str,
        wanted: str,
        had: str,
        source: Seen[Any] | None,
        seen: Seen[Any],
    ) -> None:
        outcome.violated(
            self.finding(
                trail,
                what,
                f"{wanted}, but {had}",
                expected=wanted,
                actual=had,
                because=[
                    f"{wanted[0].upper()}{wanted[1:]}" + (f" ({source.place})." if source else "."),
                    f"{had[0].upper()}{had[1:]} ({seen.place}): T2 is broken.",
                ],
                evidence=[source, seen],
                consequence=f"whoever is billed or told something by this gets what is another's: {had}",
            )
        )

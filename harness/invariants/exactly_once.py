"""E1: every cause has its effect once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ...contracts.objects import FulfilmentStatus, Invoice, InvoiceStatus
from ..consequences import exactly_once as so
from ..invariant import Invariant, Outcome, Terms, invariant
from ..ledgers import Place
from ..seen import Seen
from ..stock import Stock
from ..trail import OrderTrail

PER_ORDER = "per-order"


@invariant
class ExactlyOnce(Invariant):
    """E1 — one ERP order per CRM order, in all ERPs together; one warehouse request per released fulfilment, one
    confirmation per shipment, one invoice per shipment (or per order, as the billing policy says); one authorization
    per return request, one announcement of it, one booking and one credit memo per receipt; one movement in the book
    per correction.

    Messages may come twice and calls may be repeated; the effect in the business must not. What was rejected or
    cancelled again is no effect. Example: the ERP answers too late, the layer posts again
    under a new idempotency key, and two sales orders carry the same external reference: the customer gets the goods
    twice.
    """

    id = "E1"
    title = "Every cause has its effect once"
    clause = "order-to-cash, steps 2, 4 and 6, Returns, Stock; draft-ietf-httpapi-idempotency-key-header-07"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        self._one_sales_order(trail, outcome)
        self._one_request_per_fulfilment(trail, outcome)
        self._one_confirmation_per_shipment(trail, outcome)
        self._one_invoice(trail, terms, outcome)
        self._returns(trail, outcome)

    def stock(self, place: Place, stock: Stock, terms: Terms, outcome: Outcome) -> None:
        for key, seen in stock.corrections.items():
            told = f"{place[0]} corrected {place[1]} once, by {seen.what.adjustment.quantity}"
            booked = stock.bookings(key)
            doubled = partial(so.corrected_again, place, booked)
            self._once(None, outcome, f"correction {key}", "booked in the ERP", seen, booked, told, doubled)

    def _returns(self, trail: OrderTrail, outcome: Outcome) -> None:
        """Each step of a return: what caused it, and what came of it."""
        returns = trail.returns
        for key, request in returns.requests.items():
            told, made = "The customer asked once", returns.of_request(key)
            doubled = partial(so.authorized_again, made)
            self._once(trail, outcome, f"return request {key}", "authorized by the ERP", request, made, told, doubled)
        for rma, authorized in returns.authorized.items():
            made_known = [seen for (_, key), seen in returns.announced.items() if key == rma]
            told, doubled = f"The ERP authorized {rma} once", partial(so.announced_again, made_known)
            self._once(trail, outcome, f"return {rma}", "announced", authorized, made_known, told, doubled)
        for (party, key), receipt in returns.receipts.items():
            told = f"{party} received {key} once"
            booked, credited = (
                returns.bookings(receipt),
                [m for m in returns.live_credits() if key in m.what.receipt_ids],
            )
            doubled = partial(so.received_again, booked)
            self._once(trail, outcome, f"receipt {key}", "booked in the ERP", receipt, booked, told, doubled)
            doubled = partial(so.credited_again, trail, credited)
            self._once(trail, outcome, f"receipt {key}", "credited", receipt, credited, told, doubled)

    def _once(
        self,
        trail: OrderTrail | None,
        outcome: Outcome,
        what: str,
        done: str,
        cause: Seen[Any],
        effects: Sequence[Seen[Any]],
        told: str,
        consequence: Callable[[], str],
    ) -> None:
        if not effects:
            return
        outcome.judged()
        if len(effects) == 1:
            return
        outcome.violated(
            self.finding(
                trail,
                f"{done.split()[0]}/{what.rpartition(' ')[2]}",
                f"{what} was {done} {len(effects)} times",
                expected=f"{what} {done} once",
                actual=f"{len(effects)} times",
                because=[
                    f"{told[0].upper()}{told[1:]} (journal {cause.seq}).",
                    *(f"It was {done} in {seen.place}." for seen in effects),
                    f"{len(effects)} effects of one cause: E1 is broken.",
                ],
                evidence=[cause, *effects],
                consequence=consequence(),
            )
        )

    def _one_sales_order(self, trail: OrderTrail, outcome: Outcome) -> None:
        live = trail.live_sales_orders
        if not live:
            return
        outcome.judged()
        if len(live) == 1:
            return
        created = {key: next(s for s in trail.sales_order_history if s.what.sales_order_id == key) for key in live}
        erps = sorted({seen.party for seen in created.values()})
        where = "the ERP" if len(erps) == 1 else " and ".join(erps)
        outcome.violated(
            self.finding(
                trail,
                "sales-order",
                f"{len(live)} sales orders in {where} for one order of the customer",
                expected=f"one sales order with external reference {trail.order_id}",
                actual=f"{len(live)}: {', '.join(live)}",
                because=[
                    f"The customer placed {trail.order_id} once.",
                    *(
                        f"{'The ERP' if len(erps) == 1 else seen.party} took {key} for it in {seen.place}."
                        for key, seen in created.items()
                    ),
                    "All are live, so each reserves, ships and bills: E1 is broken.",
                ],
                evidence=[trail.placed, *created.values()],
                consequence=so.ordered_again(trail, live),
            )
        )

    def _one_request_per_fulfilment(self, trail: OrderTrail, outcome: Outcome) -> None:
        by_fulfilment: dict[str, list[tuple[str, Seen[Any]]]] = defaultdict(list)
        for (party, key), seen in trail.requests.items():
            if seen.what.status != FulfilmentStatus.CANCELLED:
                by_fulfilment[seen.what.fulfilment_id].append((f"{key} at {party}", trail.requested[(party, key)]))
        for fulfilment_id, requests in by_fulfilment.items():
            outcome.judged()
            if len(requests) == 1:
                continue
            outcome.violated(
                self.finding(
                    trail,
                    f"request/{fulfilment_id}",
                    f"fulfilment {fulfilment_id} was asked of the warehouses {len(requests)} times",
                    expected=f"one accepted request for {fulfilment_id}",
                    actual=", ".join(name for name, _ in requests),
                    because=[
                        f"{fulfilment_id} is to go out once.",
                        *(f"{name} was accepted in {seen.place}." for name, seen in requests),
                        "Each is picked and shipped by itself: E1 is broken.",
                    ],
                    evidence=[seen for _, seen in requests],
                    consequence=so.asked_again(trail, requests),
                )
            )

    def _one_confirmation_per_shipment(self, trail: OrderTrail, outcome: Outcome) -> None:
        by_shipment: dict[tuple[str, str], list[Seen[Any]]] = defaultdict(list)
        for seen in trail.confirmations:
            by_shipment[(seen.what.warehouse_id, seen.what.shipment_id)].append(seen)
        for (warehouse, shipment_id), confirmations in by_shipment.items():
            outcome.judged()
            if len(confirmations) == 1:
                continue
            outcome.violated(
                self.finding(
                    trail,
                    f"confirmation/{shipment_id}",
                    f"shipment {shipment_id} was booked {len(confirmations)} times in the ERP",
                    expected=f"one confirmation of {shipment_id}",
                    actual=f"{len(confirmations)} confirmations",
                    because=[
                        f"{warehouse} shipped {shipment_id} once.",
                        *(f"The ERP booked it in {seen.place}." for seen in confirmations),
                        "The book stock went down for goods that are still there: E1 is broken.",
                    ],
                    evidence=[trail.shipment(shipment_id, warehouse), *confirmations],
                    consequence=so.booked_again(warehouse, confirmations),
                )
            )

    def _one_invoice(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        billed: dict[str, list[Seen[Invoice]]] = defaultdict(list)
        for seen in trail.invoices.values():
            if seen.what.status == InvoiceStatus.CANCELLED:
                continue
            causes = [seen.what.sales_order_id] if terms.billing == PER_ORDER else seen.what.shipment_ids
            for cause in dict.fromkeys(causes):
                billed[cause].append(seen)
        for cause, invoices in billed.items():
            outcome.judged()
            if len(invoices) == 1:
                continue
            rule = "one invoice for each order" if terms.billing == PER_ORDER else "one invoice for each shipment"
            outcome.violated(
                self.finding(
                    trail,
                    f"invoice/{cause}",
                    f"{cause} was billed {len(invoices)} times",
                    expected=f"one invoice for {cause} (billing policy {terms.billing})",
                    actual=", ".join(seen.what.invoice_no for seen in invoices),
                    because=[
                        f"The target's billing policy is {terms.billing}: {rule}.",
                        *(f"{seen.what.invoice_no} for {cause} was posted in {seen.place}." for seen in invoices),
                        f"{len(invoices)} invoices for one {cause}: E1 is broken.",
                    ],
                    evidence=invoices,
                    consequence=so.billed_again(trail, invoices),
                )
            )

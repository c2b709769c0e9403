"""E2: nothing happens without a cause."""

from __future__ import annotations

from typing import Any

from ...contracts.objects import FulfilmentStatus
from ..consequences.nothing_unexpected import uncalled_for
from ..invariant import Invariant, Outcome, Terms, invariant
from ..seen import Seen
from ..trail import OrderTrail


@invariant
class NothingUnexpected(Invariant):
    """E2 — every sales order, warehouse request, confirmation and invoice has what must have caused it, and so has
    every return that is authorized, announced or booked.

    A sales order needs an order in the CRM; a warehouse request needs a fulfilment that the ERP released to that very
    warehouse and has not cancelled since; a fulfilment that is reported as cancelled a warehouse that gave it up, or
    never had it; a confirmation needs a shipment that a warehouse made for that fulfilment; an
    invoice names shipments that exist. A return needs the customer's request, its announcement an authorization for
    that very warehouse, its booking a receipt of a warehouse. Example: the layer sends a pick request that it made up
    itself, and goods leave that nobody sold.
    """

    id = "E2"
    title = "Nothing happens without a cause"
    clause = "order-to-cash, steps 2 to 6, Cancellation, Returns"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        self._sales_orders(trail, outcome)
        self._requests(trail, outcome)
        self._withdrawals(trail, outcome)
        self._confirmations(trail, outcome)
        self._invoices(trail, outcome)
        self._authorizations(trail, outcome)
        self._announcements(trail, outcome)
        self._bookings(trail, outcome)

    def _authorizations(self, trail: OrderTrail, outcome: Outcome) -> None:
        returns = trail.returns
        for rma, seen in returns.authorized.items():
            if not seen.exchange:
                continue  # the ERP's people may authorize what they like
            outcome.judged()
            request = seen.what.return_request_id
            if request in returns.requests or (request is None and returns.requests):
                continue
            needed = f"a return request {request or 'of the customer'} in the CRM"
            had = "the CRM has no such request" if returns.requests else "the CRM has no return request of this order"
            self._report(trail, outcome, f"return/{rma}", f"the authorization of return {rma}", seen, needed, had)

    def _announcements(self, trail: OrderTrail, outcome: Outcome) -> None:
        for (party, rma), seen in trail.returns.announced.items():
            outcome.judged()
            authorized = trail.returns.authorized.get(rma)
            if authorized is not None and authorized.what.warehouse_id == party:
                continue
            needed = f"a return {rma} that the ERP authorized to go to {party}"
            had = (
                "the ERP authorized none such"
                if authorized is None
                else f"the ERP sends it to {authorized.what.warehouse_id}"
            )
            evidence = [authorized] if authorized is not None else []
            effect = f"the announcement of return {rma} at {party}"
            self._report(trail, outcome, f"announced/{party}/{rma}", effect, seen, needed, had, *evidence)

    def _bookings(self, trail: OrderTrail, outcome: Outcome) -> None:
        for seen in trail.returns.booked:
            outcome.judged()
            told = seen.what
            receipt = trail.returns.receipt(told.receipt_id, told.warehouse_id)
            if receipt is not None and receipt.what.rma_id == told.rma_id:
                continue
            # A booking before anything of the return had come is S2's affair, whatever it names.
            if any(come.what.rma_id == told.rma_id and come.seq < seen.seq for come in trail.returns.receipts.values()):
                effect = f"the booking of receipt {told.receipt_id} of {told.rma_id}"
                needed = f"a receipt {told.receipt_id} that {told.warehouse_id} made for {told.rma_id}"
                had = "no warehouse made one" if receipt is None else f"it was made for {receipt.what.rma_id}"
                self._report(trail, outcome, f"booked/{told.rma_id}/{told.receipt_id}", effect, seen, needed, had)

    def _sales_orders(self, trail: OrderTrail, outcome: Outcome) -> None:
        for key in trail.sales_orders:
            outcome.judged()
            if trail.order is None:
                first = next(seen for seen in trail.sales_order_history if seen.what.sales_order_id == key)
                needed = f"an order {trail.order_id} in the CRM"
                self._report(
                    trail, outcome, f"sales-order/{key}", f"sales order {key}", first, needed, "the CRM has none"
                )

    def _requests(self, trail: OrderTrail, outcome: Outcome) -> None:
        for (party, key), seen in trail.requested.items():
            outcome.judged()
            fulfilment_id = seen.what.fulfilment_id
            releases = [release for release in trail.releases if release.what.fulfilment_id == fulfilment_id]
            places = sorted({release.what.warehouse_id for release in releases})
            effect = f"request {key} at {party} for {fulfilment_id}"
            if party not in places:
                needed = f"a fulfilment {fulfilment_id} that the ERP released to {party}"
                had = f"the ERP released it to {' and '.join(places)}" if places else "the ERP released none such"
                self._report(trail, outcome, f"request/{party}/{key}", effect, seen, needed, had, *releases)
            elif (end := trail.withdrawn.get(fulfilment_id)) is not None and end.seq < seen.seq:
                needed = f"a fulfilment {fulfilment_id} that is still wanted"
                had = f"the ERP cancelled it in {end.place}, before that"
                self._report(trail, outcome, f"request/{party}/{key}", effect, seen, needed, had, end)

    def _withdrawals(self, trail: OrderTrail, outcome: Outcome) -> None:
        for fulfilment_id, end in trail.withdrawn.items():
            if not end.exchange:
                continue  # the ERP's own people may take back what they like
            outcome.judged()
            asked = [place for place, seen in trail.requested.items() if seen.what.fulfilment_id == fulfilment_id]
            here = [
                place for place in asked if place[0] == end.what.warehouse_id and trail.requested[place].seq < end.seq
            ]
            # Of a request that was doubled E1 speaks.
            if len(here) != 1 or trail.requests[here[0]].what.status == FulfilmentStatus.CANCELLED:
                continue
            request, party = trail.requests[here[0]], here[0][0]
            needed = f"{party} to give up {fulfilment_id}, or never to have had it"
            had = f"{party} has it as {request.what.status}"
            effect = f"the report that {fulfilment_id} was cancelled"
            self._report(trail, outcome, f"withdrawn/{fulfilment_id}", effect, end, needed, had, request)

    def _confirmations(self, trail: OrderTrail, outcome: Outcome) -> None:
        for seen in trail.confirmations:
            outcome.judged()
            told = seen.what
            shipment = trail.shipment(told.shipment_id, told.warehouse_id)
            if shipment is not None and shipment.what.fulfilment_id == told.fulfilment_id:
                continue
            effect = f"the confirmation of {told.shipment_id} for {told.fulfilment_id}"
            needed = f"a shipment {told.shipment_id} that {told.warehouse_id} made for {told.fulfilment_id}"
            had = "no warehouse made one" if shipment is None else f"it was made for {shipment.what.fulfilment_id}"
            key = f"confirmation/{told.fulfilment_id}/{told.shipment_id}"
            self._report(trail, outcome, key, effect, seen, needed, had, *([shipment] if shipment else []))

    def _invoices(self, trail: OrderTrail, outcome: Outcome) -> None:
        for number, seen in trail.invoices.items():
            outcome.judged()
            unknown = [shipment for shipment in seen.what.shipment_ids if trail.shipment(shipment) is None]
            # A bill before anything has left is S2's affair, whatever it names.
            if unknown and any(shipment.seq < seen.seq for shipment in trail.shipments.values()):
                needed = f"shipments {', '.join(unknown)} at a warehouse"
                self._report(
                    trail, outcome, f"invoice/{number}", f"invoice {number}", seen, needed, "no warehouse made them"
                )

    def _report(
        self,
        trail: OrderTrail,
        outcome: Outcome,
        what: str,
        effect: str,
        seen: Seen[Any],
        expected: str,
        actual: str,
        *evidence: Seen[Any],
    ) -> None:
        outcome.violated(
            self.finding(
                trail,
                what,
                f"{effect} has no cause: {actual}",
                expected=expected,
                actual=actual,
                because=[
                    f"{effect[0].upper()}{effect[1:]} was made in {seen.place}.",
                    f"It would need {expected}; {actual}: E2 is broken.",
                ],
                evidence=[*evidence, seen],
                consequence=uncalled_for(trail, seen),
            )
        )

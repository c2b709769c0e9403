"""Q2: no more is shipped than was released, no more released than ordered."""

from __future__ import annotations

from decimal import Decimal

from ...contracts.objects import OrderLine, Quantity
from ..goods import Goods, customer, told
from ..invariant import Invariant, Outcome, Terms, invariant
from ..trail import OrderTrail


@invariant
class ShippedWithinOrder(Invariant):
    """Q2 — per line, over all warehouses: shipped ≤ ordered, and per fulfilment: requested ≤ released.

    The warehouses' own shipments count, whatever anybody was told of them; what a warehouse ships beyond its request is
    its own mistake and not the layer's. Example: the first warehouse answers too late, the layer asks the second one as
    well, and both ship.
    """

    id = "Q2"
    title = "No more is shipped than was ordered"
    clause = "order-to-cash, steps 3 to 5"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        if trail.order is None:
            return
        for line in trail.order.what.lines:
            self._within_order(trail, line, outcome)
        self._within_release(trail, outcome)

    def _within_order(self, trail: OrderTrail, line: OrderLine, outcome: Outcome) -> None:
        shipped, wanted = trail.shipped(line.line_id), trail.wanted(line)
        if not shipped:
            return
        outcome.judged()
        if shipped - _beyond_requests(trail, line.line_id) <= wanted.value:
            return
        sources = [
            (seen, part)
            for seen in trail.shipments.values()
            for part in seen.what.lines
            if part.line_id == line.line_id and part.shipped_quantity.value
        ]
        asked = [trail.requested[key] for key, seen in trail.requests.items() if seen.what.shipment_ids]
        over = Goods(line.line_id, line.sku, Quantity(shipped - wanted.value, wanted.uom))
        outcome.violated(
            self.finding(
                trail,
                line.line_id,
                f"line {line.line_id}: {wanted.value} ordered, {shipped} shipped",
                expected=f"at most {wanted}",
                actual=f"{shipped} {wanted.uom} in {len(sources)} shipments",
                because=[
                    f"The customer ordered {line.quantity.value} of {line.sku}.",
                    *(
                        f"{by.party} sent {part.shipped_quantity.value} ({by.what.shipment_id}, journal {by.seq})."
                        for by, part in sources
                    ),
                    f"{shipped} > {wanted.value}: Q2 is broken.",
                ],
                evidence=[trail.placed, *asked, *(seen for seen, _ in sources)],
                consequence=(
                    f"{told(trail, [over])} are on the way to {customer(trail)} that nobody ordered:"
                    " they are given away, or must be brought back"
                ),
            )
        )

    def _within_release(self, trail: OrderTrail, outcome: Outcome) -> None:
        released: dict[str, dict[str, Quantity]] = {}
        for release in trail.releases:
            limits = released.setdefault(release.what.fulfilment_id, {})
            for wanted in release.what.lines:
                known = limits.get(wanted.line_id)
                if known is None or known.value < wanted.quantity.value:
                    limits[wanted.line_id] = wanted.quantity
        for key, request in trail.requests.items():
            allowed = released.get(request.what.fulfilment_id)
            if allowed is None:
                continue  # a request without a release is E2's affair
            for asked in request.what.lines:
                outcome.judged()
                limit = allowed.get(asked.line_id, Quantity.zero(asked.quantity.uom))
                if asked.quantity.uom == limit.uom and asked.quantity > limit:
                    self._beyond_release(trail, key, asked.line_id, asked.quantity.value, limit.value, outcome)

    def _beyond_release(
        self, trail: OrderTrail, key: tuple[str, str], line_id: str, asked: Decimal, limit: Decimal, outcome: Outcome
    ) -> None:
        party, request_id = key
        request = trail.requested[key]
        fulfilment_id = request.what.fulfilment_id
        outcome.violated(
            self.finding(
                trail,
                f"{party}/{request_id}/{line_id}",
                f"{party} was asked for {asked} of line {line_id} for {fulfilment_id}, {limit} were released",
                expected=f"at most {limit}",
                actual=str(asked),
                because=[
                    f"The ERP released {limit} on line {line_id} of {fulfilment_id}.",
                    f"The request in {request.place} asks for {asked}: Q2 is broken.",
                ],
                evidence=[*(seen for seen in trail.releases if seen.what.fulfilment_id == fulfilment_id), request],
                consequence=f"{asked - limit} of line {line_id} that may be promised to others leave {party}",
            )
        )


def _beyond_requests(trail: OrderTrail, line_id: str) -> Decimal:
    """What the warehouses shipped of a line beyond what they were asked for."""
    return sum(
        (
            max(line.shipped_quantity.value - line.quantity.value, Decimal(0))
            for request in trail.requests.values()
            for line in request.what.lines
            if line.line_id == line_id
        ),
        Decimal(0),
    )

"""From trails to what a result shows of orders: their states, lines and timelines, of those with findings first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..contracts.result import Finding, OrderResult
from .timeline import timeline
from .trail import OrderTrail

SHOWN_ORDERS = 3


def orders_of(
    trails: Mapping[str, OrderTrail], names: Mapping[str, str], findings: Sequence[Finding]
) -> tuple[OrderResult, ...]:
    """Some orders of a scenario, by their `names` in it."""
    troubled = {finding.order_id for finding in findings}
    chosen = [order_id for order_id in trails if order_id in troubled][:SHOWN_ORDERS]
    chosen += [order_id for order_id in trails if order_id not in troubled][: max(0, SHOWN_ORDERS - len(chosen))]
    results = []
    for order_id in chosen:
        own = [finding for finding in findings if finding.order_id == order_id]
        results.append(_order(trails[order_id], names[order_id], own))
    return tuple(results)


def _order(trail: OrderTrail, name: str, findings: Sequence[Finding]) -> OrderResult:
    states = {"crm": trail.order.what.status.value} if trail.order else {}
    if trail.sales_order is not None:
        states["erp"] = trail.sales_order.what.status.value
    for (party, _), seen in trail.requests.items():
        states[party] = str(seen.what.status)
    if trail.returns.authorizations:
        latest = max(trail.returns.authorizations.values(), key=lambda seen: seen.seq)
        states["return"] = latest.what.status.value
    lines = []
    for line in trail.order.what.lines if trail.order else ():
        billed = sum(
            part.quantity.value
            for seen in trail.invoices.values()
            for part in seen.what.lines
            if part.line_id == line.line_id
        )
        lines.append(
            {
                "line": line.line_id,
                "sku": line.sku,
                "ordered": str(line.quantity.value),
                "shipped": str(trail.shipped(line.line_id)),
                "billed": str(billed),
            }
        )
    return OrderResult(
        name=name,
        order_id=trail.order_id,
        reference=(trail.order.what.customer_reference or "") if trail.order else "",
        states=states,
        lines=tuple(lines),
        timeline=timeline(trail.entries, findings),
    )

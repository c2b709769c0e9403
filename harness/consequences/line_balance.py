"""Q1: what comes of a line that does not add up."""

from __future__ import annotations

from decimal import Decimal

from ...contracts.objects import Quantity, SalesOrder, Shipment
from ..goods import Goods, beyond, customer, goods, listed, told
from ..seen import Seen
from ..trail import OrderTrail


def told_otherwise(trail: OrderTrail, shipment: Seen[Shipment], line_id: str, left: Decimal, claimed: Decimal) -> str:
    """The ERP was told another quantity than left; in the unit that the warehouse counts in."""
    sku, uom = _item(trail, shipment, line_id)
    what = told(trail, [Goods(line_id, sku, Quantity(abs(claimed - left), uom))])
    if claimed > left:
        return (
            f"{what} are gone from the book of {shipment.party} and lie on its shelf: nobody can be sold them, and"
            f" {customer(trail)} is taken to have them"
        )
    return (
        f"{what} have left {shipment.party} and stand in its book: they can be sold again, and the order seems"
        f" not to be complete"
    )


def closed_too_early(trail: OrderTrail, shipment: Seen[Shipment]) -> str:
    """The ERP was told that no more comes of a fulfilment."""
    fulfilment_id = shipment.what.fulfilment_id
    wanted = [g for s in trail.releases[-1:] if s.what.fulfilment_id == fulfilment_id for g in goods(s.what.lines)]
    others = (seen for seen in trail.shipments.values() if seen.what.fulfilment_id == fulfilment_id)
    gone = [each for seen in others if seen.seq <= shipment.seq for each in goods(seen.what.lines, "shipped_quantity")]
    rest = told(trail, beyond(wanted, gone)) or "the rest"
    return f"the ERP closes {rest}, and refuses the shipment that brings it to {customer(trail)}"


def taken_otherwise(trail: OrderTrail, order: SalesOrder, line_id: str) -> str:
    """The ERP accounts for something else than was ordered."""
    ordered = [each for each in goods(trail.order.what.lines if trail.order else ()) if each.line_id == line_id]
    taken = [each for each in goods(order.lines) if each.line_id == line_id]
    return (
        f"{customer(trail)} ordered {listed(ordered) or 'nothing of it'} and would be sent and billed"
        f" {listed(taken) or 'nothing of it'}"
    )


def stuck(trail: OrderTrail, line_id: str, sku: str, left: Quantity, warehouse: str | None) -> str:
    where = f" at {warehouse}" if warehouse else ""
    return (
        f"{told(trail, [Goods(line_id, sku, left)])} stay reserved{where} for an order that never completes:"
        " nobody else"
        f" is sold them, and {customer(trail)} never gets them"
    )


def _item(trail: OrderTrail, shipment: Seen[Shipment], line_id: str) -> tuple[str, str]:
    """Item and unit of a line, as the shipment has it, else the order."""
    for line in shipment.what.lines:
        if line.line_id == line_id:
            return line.sku, line.shipped_quantity.uom
    for ordered in trail.order.what.lines if trail.order else ():
        if ordered.line_id == line_id:
            return ordered.sku, ordered.quantity.uom
    return f"line {line_id}", "units"

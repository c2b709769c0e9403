"""Calls about an order that went to an ERP beside the one that has booked it."""

from __future__ import annotations

from ..simulators.journal import Entry
from ..simulators.world import ERPS
from . import entry_detail
from .conduct import Astray
from .lanes import DECIDED
from .trail import OrderTrail

BOOKING = "createSalesOrder"


def strayed(trail: OrderTrail, entry: Entry) -> Astray | None:
    """A call that was refused by the other ERP, which knows nothing of the order; None when it is no such call."""
    if entry.party not in ERPS or entry.name == BOOKING or entry_detail.text(entry, "status") not in DECIDED:
        return None
    homes = {seen.party for seen in trail.sales_orders.values()}
    if not homes or entry.party in homes:
        return None
    home = " and ".join(sorted(homes))
    what = f"{entry.name} about {trail.order_id} went to {entry.party}"
    return Astray(entry.party, what, f"{home}, which has booked {trail.order_id}", entry.exchange)

"""release-hold: accounting lets an order go that was on credit hold."""

from __future__ import annotations

from collections.abc import Mapping

from ...contracts.objects import SalesOrder
from ...simulators.world import World
from ..action import Action, actions
from ..people import ask
from ..plan import PlannedOrder


@actions.register("release-hold")
class ReleaseHold(Action):
    """Accounting releases every sales order that stands on hold for this order of the customer."""

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        order_id = ids[self.order]
        for erp in world.erps:
            held = [o for o in erp.state.table(SalesOrder).values() if o.external_reference == order_id and o.holds]
            for sales_order in held:
                ask(erp, "releaseHold", None, order_id=order_id, salesOrderId=sales_order.sales_order_id)

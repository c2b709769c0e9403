"""request-return: the customer wants to send something back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...contracts.objects import ReturnRequest
from ...simulators.world import World
from ..action import Action, actions
from ..amount import Amount, quantity
from ..people import ask
from ..plan import PlannedOrder


@actions.register("request-return")
class RequestReturn(Action):
    """Customer service enters that so many of each line come back (`quantities`, in the order of the lines; without
    them all that was ordered), as soon as the CRM shows the order as shipped.
    """

    waits_on: ClassVar[frozenset[str]] = frozenset({"order-state"})

    quantities: tuple[Amount, ...] = ()
    reason: str = "ordered too many"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> ReturnRequest:
        order, order_id = orders[self.order], ids[self.order]
        quantities = self.quantities or tuple(line.quantity for line in order.lines)
        lines = [
            {"lineId": line.line_id, "sku": line.sku, "quantity": quantity(amount, line.unit)}
            for line, amount in zip(order.lines, quantities, strict=True)
            if amount
        ]
        body = {"orderId": order_id, "reason": self.reason, "lines": lines}
        wanted: ReturnRequest = ask(world.parties["crm"], "createReturnRequest", body, order_id=order_id)
        return wanted

"""reroute-fulfilment: the ERP's people have another warehouse ship it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...contracts.objects import Fulfilment
from ...simulators.refusal import Refusal
from ...simulators.world import World
from ..action import NOT_YET, Action, actions
from ..people import ask
from ..plan import PlannedOrder


@actions.register("reroute-fulfilment")
class RerouteFulfilment(Action):
    """Whoever plans the shipments moves what is released of the order to the warehouse `to`, be it that the first one
    has it already: the ERP announces the next revision. They wait until something is released.
    """

    waits_on: ClassVar[frozenset[str]] = frozenset({NOT_YET})

    to: str
    reason: str = "out of reach"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        order_id = ids[self.order]
        known = ((erp, each) for erp in world.erps for each in erp.state.table(Fulfilment).values())
        released = [(erp, each) for erp, each in known if each.order_id == order_id]
        if not released:
            raise Refusal(NOT_YET, f"nothing of {order_id} is released")
        body = {"warehouseId": self.to, "reason": self.reason}
        for erp, fulfilment in released:
            ask(erp, "rerouteFulfilment", body, order_id=order_id, fulfilmentId=fulfilment.fulfilment_id)

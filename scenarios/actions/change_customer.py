"""change-customer: sales change what the CRM knows of a customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...contracts.objects import Account
from ...simulators.world import World
from ..action import Action, actions
from ..people import ask
from ..placing import account_of
from ..plan import PlannedOrder


@actions.register("change-customer")
class ChangeCustomer(Action):
    """The customer of the order moves to another street (`line1`), takes another `name`, or gets another `status`
    (active, blocked).
    """

    line1: str = ""
    name: str = ""
    status: str = ""

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> Account:
        order = orders[self.order]
        account = account_of(world, order)
        assert account is not None, f"there is no customer of order {self.order} yet"
        change: dict[str, Any] = {"name": self.name} if self.name else {}
        if self.line1:
            change["billTo"] = order.ship_to | order.bill_to | {"line1": self.line1}
        if self.status:
            change["status"] = self.status
        crm, order_id = world.parties["crm"], ids.get(self.order, "")
        changed: Account = ask(crm, "updateAccount", change, order_id=order_id, accountId=account.account_id)
        return changed

"""create-customer: sales enter a new customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...contracts.objects import Account
from ...simulators.world import World
from .. import placing
from ..action import Action, actions
from ..plan import PlannedOrder


@actions.register("create-customer")
class CreateCustomer(Action):
    """The customer of the order comes into being, at the CRM only: the ERP must hear of it from the layer."""

    makes: ClassVar[str] = "customer"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> Account:
        return placing.open_account(world, orders[self.order])

"""What the project loads into the ERP in the cloud before the first region goes over: the customers and items of the
regions, as the old ERP has them, and a stock for them.

No event tells of a load. The stock is the new ERP's own, beside the old one's on the same shelves: the two share the
goods out before the cut-over, and neither promises what is the other's.
"""

from __future__ import annotations

from ..contracts.objects import Customer, Item
from ..simulators.world import CLOUD_ERP, ERP, World
from .placing import customer_number
from .plan import PlannedLine, PlannedOrder
from .stock import stock_up

LOAD = "initial-load"


def load_item(world: World, line: PlannedLine) -> None:
    """The item of a line, with as much stock in every warehouse as the old ERP has of it. Raises: Refusal."""
    item = world.parties[ERP].state.table(Item)[line.sku]
    world.parties[CLOUD_ERP].write(LOAD, {line.sku: item})
    for warehouse in world.warehouses:
        if line.stock:
            stock_up(world, warehouse, line.sku, line.stock, LOAD, CLOUD_ERP, unit=line.unit)


def load_customer(world: World, order: PlannedOrder) -> None:
    """The order's customer."""
    number = customer_number(order)
    world.parties[CLOUD_ERP].write(LOAD, {number: world.parties[ERP].state.table(Customer)[number]})

"""Goods on the shelf and in the books."""

from __future__ import annotations

from collections.abc import Mapping

from ..simulators.world import ERP, World
from .amount import PIECE, Amount, quantity
from .people import ask


def stock_up(
    world: World,
    warehouse: str,
    sku: str,
    amount: Amount,
    reason: str,
    erp: str = ERP,
    *,
    unit: str = PIECE,
    lots: Mapping[str, Amount] | None = None,
) -> None:
    """Put goods on a warehouse's shelf, where they have a place, and into an ERP's books. `lots` is how much of it is
    of which lot, the older first; absent: the warehouse names the lot where it has to. Raises: Refusal.
    """
    for lot, part in (lots or {"": amount}).items():
        goods = {"sku": sku, "quantity": quantity(part, unit)}
        ask(world.parties[warehouse], "receiveGoods", {**goods, "lot": lot} if lot else goods)
    movement = {"warehouseId": warehouse, "sku": sku, "kind": "receipt", "reason": reason}
    ask(world.parties[erp], "postStockMovement", {**movement, "quantity": quantity(amount, unit)})

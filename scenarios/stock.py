"""Goods on the shelf and in the books."""

from __future__ import annotations

from ..simulators.world import ERP, World
from .people import ask


def stock_up(world: World, warehouse: str, sku: str, quantity: int, reason: str, erp: str = ERP) -> None:
    """Put goods on a warehouse's shelf, where they have a place, and into an ERP's books. Raises: Refusal."""
    amount = {"value": str(quantity), "uom": "EA"}
    ask(world.parties[warehouse], "receiveGoods", {"sku": sku, "quantity": amount})
    movement = {"warehouseId": warehouse, "sku": sku, "kind": "receipt", "quantity": amount, "reason": reason}
    ask(world.parties[erp], "postStockMovement", movement)

"""An item as a warehouse knows it (contracts/canonical/v1/warehouse-item.json)."""

from __future__ import annotations

from ..identifiers import Gtin, Sku
from .item import Pack
from .quantity import Quantity
from .stored import Stored


class WarehouseItem(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What a warehouse must know to keep it, count it and ship it; `weight` is of one base unit."""

    sku: Sku
    description: str
    base_uom: str
    gtin: Gtin | None = None
    packs: tuple[Pack, ...]
    weight: Quantity | None = None
    lot_tracked: bool
    serial_tracked: bool

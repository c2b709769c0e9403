"""Something that is sold and stocked (contracts/canonical/v1/item.json)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from ..identifiers import Gtin, Sku
from .money import Money
from .quantity import Quantity
from .stored import Stored


class TaxCategory(StrEnum):
    """Which tax rate applies."""

    STANDARD = "standard"
    REDUCED = "reduced"
    EXEMPT = "exempt"


class Pack(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A larger unit, which holds `quantity_per_base` base units."""

    uom: str
    quantity_per_base: Quantity
    gtin: Gtin | None = None


class Item(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The ERP's master record; `prices` are net for one base unit, at most one per currency."""

    sku: Sku
    description: str
    base_uom: str
    gtin: Gtin | None = None
    packs: tuple[Pack, ...]
    prices: tuple[Money, ...]
    tax_category: TaxCategory
    weight: Quantity | None = None
    lot_tracked: bool
    serial_tracked: bool
    active: bool

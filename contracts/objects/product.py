"""An item as the CRM shows it (contracts/canonical/v1/product.json)."""

from __future__ import annotations

from ..identifiers import Sku
from .money import Money
from .stored import Stored


class Product(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What the ERP's master record says of it; `prices` are net for one base unit, at most one per currency."""

    sku: Sku
    description: str
    base_uom: str
    prices: tuple[Money, ...]
    active: bool

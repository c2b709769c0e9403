"""A package with a label of its own, as a shipment carries it (contracts/canonical/v1/shipment.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import LineId, PackageId, Sku, Sscc, TrackingNumber
from .quantity import Quantity


class PackageItem(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Part of a line in a package; `serials` one per piece."""

    line_id: LineId
    sku: Sku
    quantity: Quantity
    lot: str | None = None
    serials: tuple[str, ...] | None = None


class Package(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`weight` is gross."""

    package_id: PackageId
    sscc: Sscc | None = None
    tracking_number: TrackingNumber
    weight: Quantity | None = None
    items: tuple[PackageItem, ...]

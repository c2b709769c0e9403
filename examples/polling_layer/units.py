"""Packs and pieces: the ERP keeps its books in an item's base unit, people at a warehouse count as it comes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from .job import Job

PIECE = "EA"


def in_base_unit(job: Job, sku: str, quantity: Mapping[str, str]) -> dict[str, str]:
    """By the ERP's own word for the item. Raises: TryLater, Refused."""
    if quantity["uom"] != PIECE:
        for pack in job.read("erp", f"/v1/items/{sku}")["packs"]:
            if pack["uom"] == quantity["uom"]:
                holds = pack["quantityPerBase"]
                return amount(Decimal(quantity["value"]) * Decimal(holds["value"]), holds["uom"])
    return dict(quantity)


def amount(value: Decimal, uom: str) -> dict[str, str]:
    """As the parties want it: a decimal without exponent."""
    return {"value": f"{value.normalize():f}" if value else "0", "uom": uom}

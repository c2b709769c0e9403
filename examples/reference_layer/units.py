"""Packs and pieces: the ERP keeps its books in an item's base unit, people at a warehouse count as it comes."""

from __future__ import annotations

from decimal import Decimal

from .documents import Quantity
from .job import Job

PIECE = "EA"


class Units:
    """Converts by the ERP's own word for the item."""

    async def base(self, job: Job, sku: str, quantity: Quantity) -> Quantity:
        """Raises: Refused, GaveUp."""
        if quantity.uom == PIECE:
            return quantity
        item = await job.read(job.erp, f"/v1/items/{sku}")
        for pack in item["packs"]:
            if pack["uom"] == quantity.uom:
                holds = pack["quantityPerBase"]
                return Quantity(value=quantity.value * Decimal(holds["value"]), uom=holds["uom"])
        return quantity  # its base unit, or none that the ERP will take


def written(quantity: Quantity) -> dict[str, str]:
    """As the parties want it: a decimal without exponent."""
    value = quantity.value
    return {"value": f"{value.normalize():f}" if value else "0", "uom": quantity.uom}

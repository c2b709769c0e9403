"""item_master: what the warehouse is to know of an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .....contracts.layouts import Row, Value
from ...files.request import FileRequest
from ..registry import Understanding, understood


@understood.register("item_master")
class ItemMaster(Understanding):
    """A row for each larger unit, one for an item without any."""

    about = "sku"

    @staticmethod
    def key(row: Row) -> tuple[Value, ...]:
        return (row["sku"],)

    @staticmethod
    def request(rows: Sequence[Row], place: str) -> FileRequest:
        first = rows[0]
        body: dict[str, Any] = {
            "description": first["description"],
            "baseUom": first["base_uom"],
            "packs": [_pack(row) for row in rows if row["pack_uom"]],
            "lotTracked": first["lot_tracked"],
            "serialTracked": first["serial_tracked"],
        }
        if first["gtin"]:
            body["gtin"] = first["gtin"]
        if first["weight"]:
            body["weight"] = {"value": f"{first['weight']:f}", "uom": first["weight_uom"]}
        return FileRequest("putWarehouseItem", body, place, {"sku": str(first["sku"])})


def _pack(row: Row) -> dict[str, Any]:
    pack: dict[str, Any] = {
        "uom": row["pack_uom"],
        "quantityPerBase": {"value": f"{row['pack_qty']:f}", "uom": row["base_uom"]},
    }
    return pack | ({"gtin": row["pack_gtin"]} if row["pack_gtin"] else {})

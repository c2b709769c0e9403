"""What the layer asks of a CSV warehouse, row by row: pick requests, notices of returns, items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PICK_COLUMNS = [
    *("action", "order_id", "revision", "warehouse", "customer_order_no", "sales_order_no", "customer_reference"),
    *("ship_name", "ship_company", "ship_address_1", "ship_address_2", "ship_city", "ship_region"),
    *("ship_postal_code", "ship_country", "ship_phone", "ship_email", "service", "ship_by"),
    *("line_no", "sku", "gtin", "qty_ordered", "uom", "instructions", "reason"),
]
RETURN_COLUMNS = [
    *("rma_id", "customer_order_no", "sales_order_no", "warehouse", "expected_by", "return_reason"),
    *("line_no", "sku", "qty_expected", "uom"),
]
ITEM_COLUMNS = [
    *("sku", "description", "base_uom", "gtin", "weight", "weight_uom", "lot_tracked", "serial_tracked"),
    *("pack_uom", "pack_qty", "pack_gtin"),
]
FLAGS = {True: "Y", False: "N"}
SERVICES = {"standard": "STD", "express": "EXP"}
ADDRESS = {
    "ship_name": "name",
    "ship_company": "company",
    "ship_address_1": "line1",
    "ship_address_2": "line2",
    "ship_city": "city",
    "ship_region": "region",
    "ship_postal_code": "postalCode",
    "ship_country": "country",
    "ship_phone": "phone",
    "ship_email": "email",
}


def picked(request: dict[str, Any], action: str) -> Iterator[dict[str, str]]:
    """A row for each line; what belongs to the whole fulfilment stands in each."""
    whole = {
        "action": action,
        "order_id": request["fulfilmentId"],
        "revision": str(request["revision"]),
        "warehouse": request["warehouseId"],
        "customer_order_no": request["orderId"],
        "sales_order_no": request["salesOrderId"],
        "customer_reference": request.get("customerReference", ""),
        **{column: request["shipTo"].get(name, "") for column, name in ADDRESS.items()},
        "service": SERVICES[request["serviceLevel"]],
        "ship_by": request.get("requestedShipDate", ""),
        "instructions": request.get("instructions", ""),
    }
    for line in request["lines"]:
        quantity = line["quantity"]
        yield whole | {
            "line_no": line["lineId"],
            "sku": line["sku"],
            "qty_ordered": quantity["value"],
            "uom": quantity["uom"],
        }


def cancelled(fulfilment: dict[str, Any], reason: str) -> dict[str, str]:
    return {
        "action": "D",
        "order_id": fulfilment["fulfilmentId"],
        "revision": str(fulfilment["revision"]),
        "warehouse": fulfilment["warehouseId"],
        "reason": reason,
    }


def returned(announcement: dict[str, Any], warehouse: str) -> Iterator[dict[str, str]]:
    for line in announcement["lines"]:
        yield {
            "rma_id": announcement["rmaId"],
            "customer_order_no": announcement["orderId"],
            "warehouse": warehouse,
            "expected_by": announcement.get("expectedBy", ""),
            "line_no": line["lineId"],
            "sku": line["sku"],
            "qty_expected": line["quantity"]["value"],
            "uom": line["quantity"]["uom"],
        }


def kept(sku: str, facts: dict[str, Any]) -> Iterator[dict[str, str]]:
    """A row for each larger unit of an item; one for an item without any."""
    weight = facts.get("weight", {})
    whole = {
        "sku": sku,
        "description": facts["description"],
        "base_uom": facts["baseUom"],
        "gtin": facts.get("gtin", ""),
        "weight": weight.get("value", ""),
        "weight_uom": weight.get("uom", ""),
        "lot_tracked": FLAGS[facts["lotTracked"]],
        "serial_tracked": FLAGS[facts["serialTracked"]],
    }
    if not facts["packs"]:
        yield whole
    for pack in facts["packs"]:
        held = pack["quantityPerBase"]["value"]
        yield whole | {"pack_uom": pack["uom"], "pack_qty": held, "pack_gtin": pack.get("gtin", "")}

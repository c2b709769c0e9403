"""pick_request: what the warehouse is asked to ship, or to stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .....contracts.layouts import Row, Value
from ...files.request import FileRequest
from ..registry import Understanding, understood

CANCEL = "cancel"


@understood.register("pick_request")
class PickRequest(Understanding):
    """A row for each line of a fulfilment. What belongs to the whole of it is taken from the first."""

    about = "order_id"

    @staticmethod
    def key(row: Row) -> tuple[Value, ...]:
        return row["action"], row["order_id"], row["revision"]

    @staticmethod
    def request(rows: Sequence[Row], place: str) -> FileRequest:
        first = rows[0]
        fulfilment_id = str(first["order_id"])
        if first["action"] == CANCEL:
            body = _without_empty({"reason": first["reason"]})
            return FileRequest("cancelFulfilmentRequest", body, place, {"fulfilmentId": fulfilment_id})
        body = {
            "fulfilmentId": fulfilment_id,
            "revision": first["revision"],
            "warehouseId": first["warehouse"],
            "orderId": first["customer_order_no"],
            "salesOrderId": first["sales_order_no"],
            "customerReference": first["customer_reference"],
            "shipTo": _ship_to(first),
            "serviceLevel": first["service"],
            "requestedShipDate": str(first["ship_by"]) if first["ship_by"] else None,
            "instructions": first["instructions"],
            "lines": [_line(row) for row in rows],
        }
        return FileRequest("createFulfilmentRequest", _without_empty(body), place)


def _ship_to(row: Row) -> dict[str, Any]:
    return _without_empty(
        {
            "name": row["ship_name"],
            "company": row["ship_company"],
            "line1": row["ship_address_1"],
            "line2": row["ship_address_2"],
            "city": row["ship_city"],
            "region": row["ship_region"],
            "postalCode": row["ship_postal_code"],
            "country": row["ship_country"],
            "phone": row["ship_phone"],
            "email": row["ship_email"],
        }
    )


def _line(row: Row) -> dict[str, Any]:
    quantity = {"value": f"{row['qty_ordered']:f}", "uom": row["uom"]}
    return {"lineId": row["line_no"], "sku": row["sku"], "quantity": quantity}


def _without_empty(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}

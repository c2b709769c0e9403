"""return_notice: goods that will come back, under an RMA."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .....contracts.layouts import Row, Value
from ...files.request import FileRequest
from ..registry import Understanding, understood


@understood.register("return_notice")
class ReturnNotice(Understanding):
    """A row for each line of the return."""

    about = "rma_id"

    @staticmethod
    def key(row: Row) -> tuple[Value, ...]:
        return (row["rma_id"],)

    @staticmethod
    def request(rows: Sequence[Row], place: str) -> FileRequest:
        first = rows[0]
        body: dict[str, Any] = {
            "rmaId": first["rma_id"],
            "orderId": first["customer_order_no"],
            "lines": [
                {
                    "lineId": row["line_no"],
                    "sku": row["sku"],
                    "quantity": {"value": f"{row['qty_expected']:f}", "uom": row["uom"]},
                }
                for row in rows
            ],
        }
        if first["expected_by"]:
            body["expectedBy"] = str(first["expected_by"])
        return FileRequest("createReturn", body, place)

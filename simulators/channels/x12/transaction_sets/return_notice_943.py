"""943 with reporting code C: goods that will come back, under an RMA."""

from __future__ import annotations

from typing import Any

from .....contracts.edi.loops import Loop
from ...files.request import FileRequest
from ..agreement import iso_date
from ..sets import understood
from ..units import unit_of


@understood.register("943")
def return_notice(notice: Loop, place: str) -> FileRequest:
    body: dict[str, Any] = {
        "rmaId": notice.qualified("N9", "QJ") or notice.value("W06", 2),
        "orderId": notice.qualified("N9", "CO"),
        "lines": [
            {
                "lineId": line.qualified("N9", "LI"),
                "sku": line.value("W04", 5),
                "quantity": {"value": line.value("W04", 1), "uom": unit_of(line.value("W04", 2))},
            }
            for line in notice.each("0200")
        ],
    }
    if expected := iso_date(notice.qualified("G62", "17")):
        body["expectedBy"] = expected
    return FileRequest("createReturn", body, place)

"""940, warehouse shipping order: what the warehouse is asked to ship, or to stop."""

from __future__ import annotations

from typing import Any

from .....contracts.edi.loops import Loop, Segment
from ...files.request import FileRequest
from ..agreement import iso_date
from ..codes import SHORT_STATES
from ..sets import understood
from ..units import unit_of

NEW, CHANGE, RESUBMITTED, CANCEL = "N", "R", "T", "F"  # element 473


@understood.register("940")
def shipping_order(order: Loop, place: str) -> FileRequest:
    """N, R and T ask for a fulfilment, F stops it. T says of itself that it was sent before: the warehouse knows its
    number.
    """
    fulfilment_id = order.value("W05", 2)
    if order.value("W05", 1) == CANCEL:
        params = {"fulfilmentId": fulfilment_id}
        return FileRequest("cancelFulfilmentRequest", _without_empty({"reason": _note(order)}), place, params)
    header = _header(order)
    body = {
        "fulfilmentId": fulfilment_id,
        "revision": _revision(order.qualified("N9", "RE") or "1"),
        "warehouseId": header.get("WH", Loop("")).value("N1", 4),
        "orderId": order.qualified("N9", "CO"),
        "salesOrderId": order.qualified("N9", "VN"),
        "customerReference": order.qualified("N9", "CR") or order.value("W05", 3),
        "shipTo": _address(header.get("ST", Loop(""))),
        "serviceLevel": order.value("W66", 5).lower(),
        "requestedShipDate": iso_date(order.qualified("G62", "10")),
        "instructions": _note(order),
        "lines": [_line(each) for each in order.each("0310")],
    }
    return FileRequest("createFulfilmentRequest", _without_empty(body), place)


def _revision(told: str) -> int | str:
    """What is no number stays as it is: the contract refuses it, and the sender learns of it by an 824."""
    return int(told) if told.isascii() and told.isdecimal() else told


def _header(order: Loop) -> dict[str, Loop]:
    """The parties of the header, by what they are (element 98)."""
    return {loop.value("N1", 1): loop for loop in order.loops if loop.id == "0100"}


def _address(party: Loop) -> dict[str, Any]:
    country = party.value("N4", 4)
    region = party.value("N4", 2) if country in SHORT_STATES else party.value("N4", 6)
    reached = _reached(party.segment("PER"))
    return _without_empty(
        {
            "name": party.value("N1", 2),
            "company": party.value("N2", 1),
            "line1": party.value("N3", 1),
            "line2": party.value("N3", 2),
            "city": party.value("N4", 1),
            "region": region,
            "postalCode": party.value("N4", 3),
            "country": country,
            "phone": reached.get("TE", ""),
            "email": reached.get("EM", ""),
        }
    )


def _reached(contact: Segment | None) -> dict[str, str]:
    """Qualifier → number, of a PER."""
    return {} if contact is None else {contact[place]: contact[place + 1] for place in (3, 5, 7) if contact[place]}


def _line(line: Loop) -> dict[str, Any]:
    return {
        "lineId": line.qualified("N9", "LI") or line.value("LX", 1),
        "sku": line.value("W01", 5),
        "quantity": {"value": line.value("W01", 1), "uom": unit_of(line.value("W01", 2))},
    }


def _note(order: Loop) -> str:
    return "".join(segment[2] for segment in order.all("NTE") if segment[1] == "WHI")


def _without_empty(body: dict[str, Any]) -> dict[str, Any]:
    """X12 leaves out what it has nothing to say of; JSON leaves out the member."""
    return {name: value for name, value in body.items() if value not in ("", {}, [])}

"""The second version of the warehouse's contract: person and place apart, and what is agreed with the carrier together.

contracts/warehouse/v2/openapi.yaml
"""

from __future__ import annotations

from typing import Any

from ..dialect import Dialect, dialects

PERSON = ("name", "company", "phone", "email")
CARRIAGE = {"serviceLevel": "service", "requestedShipDate": "shipOn"}


def first(request: dict[str, Any]) -> dict[str, Any]:
    """A fulfilment request as the first version has it."""
    body = {name: value for name, value in request.items() if name not in ("consignee", "carriage")}
    body["shipTo"] = {**request["consignee"], **request["shipTo"]}
    carriage = request["carriage"]
    return body | {old: carriage[new] for old, new in CARRIAGE.items() if new in carriage}


def second(fulfilment: dict[str, Any]) -> dict[str, Any]:
    """A fulfilment as this version has it."""
    body = {name: value for name, value in fulfilment.items() if name not in CARRIAGE}
    address = fulfilment["shipTo"]
    body["consignee"] = {name: address[name] for name in PERSON if name in address}
    body["shipTo"] = {name: value for name, value in address.items() if name not in PERSON}
    body["carriage"] = {new: fulfilment[old] for old, new in CARRIAGE.items() if old in fulfilment}
    return body


def second_of_all(page: dict[str, Any]) -> dict[str, Any]:
    """A page of fulfilments as this version has it."""
    return {**page, "items": [second(each) for each in page["items"]]}


WAREHOUSE_V2 = dialects.register("warehouse/v2")(
    Dialect(
        taken={"createFulfilmentRequest": first},
        given={
            "createFulfilmentRequest": second,
            "getFulfilmentRequest": second,
            "cancelFulfilmentRequest": second,
            "listFulfilmentRequests": second_of_all,
        },
    )
)

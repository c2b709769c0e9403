"""Whether a call says what the document said that it acts upon: moments, quantities, milestones, how lines stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

MOMENTS = ("shippedAt", "receivedAt", "occurredAt", "asOf")
APART_S = 60  # a document may say no seconds


def told_otherwise(data: Mapping[str, Any], body: Mapping[str, Any]) -> Iterator[str]:
    """In what the body of a call differs from the data of the event, in words."""
    for name in MOMENTS:
        if name in data and name in body:
            said, told = datetime.fromisoformat(data[name]), datetime.fromisoformat(body[name])
            if abs((said - told).total_seconds()) > APART_S:
                yield f"{name} is {body[name]} instead of {data[name]}"
    if "milestone" in body and body["milestone"] != data.get("code"):
        yield f"the milestone is {body['milestone']} instead of {data.get('code')}"
    meant, booked = _standing(data), _standing(body)
    for line in sorted(meant.keys() & booked.keys()):
        if meant[line] != booked[line]:
            yield f"lineStatus of {line} is {booked[line]} instead of {meant[line]}"
    said_each, told_each = _amounts(data), _amounts(body)
    for key in sorted(said_each.keys() | told_each.keys()) if told_each else ():
        if said_each.get(key) != told_each.get(key):
            yield f"{key} is {told_each.get(key, 'not there')} instead of {said_each.get(key, 'not there')}"


def _standing(document: Mapping[str, Any]) -> dict[str, str]:
    """Line → how it stands, in the words of contracts/canonical/v1/line-status.json."""
    return {line["lineId"]: line["lineStatus"] for line in document.get("lines", ()) if "lineStatus" in line}


def _amounts(document: Mapping[str, Any]) -> dict[str, Decimal]:
    """Quantities by the line or item that they are of. Packs are not converted: the orders are in base units."""
    found: dict[str, Decimal] = {}
    if "quantity" in document:
        found["the quantity"] = Decimal(document["quantity"]["value"])
    for line in (*document.get("lines", ()), *document.get("positions", ())):
        quantity = line.get("shippedQuantity") or line.get("quantity") or line.get("counted") or line.get("onHand")
        if quantity is not None:
            key = f"the quantity of {line.get('sku') or line.get('lineId')}"
            found[key] = found.get(key, Decimal(0)) + Decimal(quantity["value"])
    return found

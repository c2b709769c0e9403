"""Refusals that the layer has brought about itself: what it sent is not what it was told, and just that was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec.structs import replace

from ..contracts.objects import Quantity
from ..simulators.journal import Entry
from ..simulators.world import ERPS
from . import entry_detail
from .trail import OrderTrail

# Operation of the ERP → the first part of the key of the effect that is missing without it (lost.py).
EFFECTS = {
    "createSalesOrder": "order",
    "confirmShipment": "shipment",
    "createInvoice": "bill",
    "createReturn": "return",
    "receiveReturn": "receipt",
    "createCreditMemo": "credit",
}
SUBJECTS = ("shipmentId", "shipmentIds", "receiptId", "receiptIds", "returnRequestId")


class OwnRefusal(NamedTuple):
    """One of them: its exchange, and what is the layer's own doing in it, in words."""

    exchange: int
    doing: str


def own_refusal(trail: OrderTrail, key: str) -> OwnRefusal | None:
    """The latest refusal of the effect `key` by the ERP that the layer has brought about itself, None without one.

    Such is a currency that nobody ordered in, an item or a line that is none of the order's, more than left or was
    accepted back, and a pack that the ERP has under that very name in its own item, so that it could have been
    converted. What a fault made of a call is never the layer's doing.
    """
    effect, _, subject = key.partition("/")
    asked = {
        entry.seq: entry for entry in trail.entries if entry.kind == "invoke" and EFFECTS.get(entry.name) == effect
    }
    struck = {entry.exchange for entry in trail.entries if entry.kind == "fault"}
    for entry in reversed(trail.entries):
        if entry.kind != "fail" or entry.party not in ERPS or entry.exchange not in asked or entry.exchange in struck:
            continue
        body = entry_detail.member(asked[entry.exchange], "body")
        meant = isinstance(body, dict) and (not subject or subject in _subjects(body))
        if meant and (doing := _doing(trail, entry, body)):
            return OwnRefusal(entry.exchange, doing)
    return None


def _subjects(body: Mapping[str, Any]) -> Iterable[str]:
    for name in SUBJECTS:
        value = body.get(name, ())
        yield from [value] if isinstance(value, str) else value


def _doing(trail: OrderTrail, refusal: Entry, body: Mapping[str, Any]) -> str:
    problem = entry_detail.member(refusal, "body")
    code = problem.get("code") if isinstance(problem, dict) else None
    look = DOINGS.get((refusal.name, code)) or DOINGS.get(("", code))
    return look(trail, body) if look is not None else ""


def _currency(trail: OrderTrail, body: Mapping[str, Any]) -> str:
    ordered = {seen.what.currency for seen in (trail.placed, trail.order) if seen is not None}
    amounts = (body.get("freight"), *(line.get("unitPrice") for line in body.get("lines", ())))
    sent = {body.get("currency"), *(amount.get("currency") for amount in amounts if amount)}
    wrong = sorted(str(currency) for currency in sent - ordered if currency)
    return f"it wrote {' and '.join(wrong)}, the customer ordered in {' or '.join(sorted(ordered))}" if wrong else ""


def _item(trail: OrderTrail, body: Mapping[str, Any]) -> str:
    ordered = {line.sku for line in trail.order.what.lines} if trail.order else set()
    strange = [str(line["sku"]) for line in body.get("lines", ()) if line.get("sku") not in {None, *ordered}]
    return f"it wrote {strange[0]}, the customer ordered {', '.join(sorted(ordered))}" if strange and ordered else ""


def _line(trail: OrderTrail, body: Mapping[str, Any]) -> str:
    ordered = {line.line_id for line in trail.order.what.lines} if trail.order else set()
    strange = [str(line["lineId"]) for line in body.get("lines", ()) if line.get("lineId") not in {None, *ordered}]
    return f"it wrote line {strange[0]}, the order has {', '.join(sorted(ordered))}" if strange and ordered else ""


def _delivery(trail: OrderTrail, body: Mapping[str, Any]) -> str:
    shipment = trail.shipment(str(body.get("shipmentId")), str(body.get("warehouseId", "")))
    left: dict[str, Quantity] = (
        {line.line_id: line.shipped_quantity for line in shipment.what.lines} if shipment else {}
    )
    return _more(body, "shippedQuantity", left, "left in that shipment")


def _credit(trail: OrderTrail, body: Mapping[str, Any]) -> str:
    returns = trail.returns
    authorized = returns.authorizations.get(str(body.get("rmaId")))
    named = [seen for seen in returns.receipts.values() if seen.what.receipt_id in body.get("receiptIds", ())]
    lines = authorized.what.lines if authorized is not None and named else ()
    accepted: dict[str, Quantity] = {
        line.line_id: replace(line.quantity, value=returns.accepted(line, named)) for line in lines
    }
    return _more(body, "quantity", accepted, "were accepted back")


def _more(body: Mapping[str, Any], field: str, facts: Mapping[str, Quantity], what: str) -> str:
    """What the body has more of than the facts say; nothing where it counts in another unit."""
    for line in body.get("lines", ()):
        fact, sent = facts.get(str(line.get("lineId"))), line.get(field) or {}
        if fact is not None and sent.get("uom") == fact.uom and Decimal(str(sent.get("value"))) > fact.value:
            return f"it wrote {sent['value']} {fact.uom} of line {line['lineId']}, and {fact} {what}"
    return ""


def _unit(trail: OrderTrail, body: Mapping[str, Any]) -> str:
    skus = {line.line_id: line.sku for line in trail.order.what.lines} if trail.order else {}
    for line in body.get("lines", ()):
        sku = line.get("sku") or skus.get(line.get("lineId"), "")
        for quantity in line.values():
            if isinstance(quantity, dict) and trail.returns.units.knows(sku, str(quantity.get("uom"))):
                sent = f"{quantity.get('value')} {quantity['uom']} of {sku}"
                return f"it wrote {sent} as it stood, and the ERP's own item says how many base units that is"
    return ""


# (operation, "" for any; code of the problem) → what in the body is the layer's own doing, nothing when it isn't.
DOINGS: Mapping[tuple[str, object], Callable[[OrderTrail, Mapping[str, Any]], str]] = {
    ("createSalesOrder", "currency-mismatch"): _currency,
    ("createSalesOrder", "unknown-item"): _item,
    ("confirmShipment", "over-delivery"): _delivery,
    ("createCreditMemo", "over-credit"): _credit,
    ("", "unknown-line"): _line,
    ("", "unknown-unit"): _unit,
}

"""Refusals that the layer has brought about itself: what it sent is not what it was told, and just that was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

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

    Such is a currency that nobody ordered in, and a pack that the ERP has under that very name in its own item, so that
    it could have been converted. What a fault made of a call is never the layer's doing.
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
    if code == "currency-mismatch" and refusal.name == "createSalesOrder":
        return _currency(trail, body)
    return _unit(trail, body) if code == "unknown-unit" else ""


def _currency(trail: OrderTrail, body: Mapping[str, Any]) -> str:
    ordered = {seen.what.currency for seen in (trail.placed, trail.order) if seen is not None}
    amounts = (body.get("freight"), *(line.get("unitPrice") for line in body.get("lines", ())))
    sent = {body.get("currency"), *(amount.get("currency") for amount in amounts if amount)}
    wrong = sorted(str(currency) for currency in sent - ordered if currency)
    return f"it wrote {' and '.join(wrong)}, the customer ordered in {' or '.join(sorted(ordered))}" if wrong else ""


def _unit(trail: OrderTrail, body: Mapping[str, Any]) -> str:
    skus = {line.line_id: line.sku for line in trail.order.what.lines} if trail.order else {}
    for line in body.get("lines", ()):
        sku = line.get("sku") or skus.get(line.get("lineId"), "")
        for quantity in line.values():
            if isinstance(quantity, dict) and trail.returns.units.knows(sku, str(quantity.get("uom"))):
                sent = f"{quantity.get('value')} {quantity['uom']} of {sku}"
                return f"it wrote {sent} as it stood, and the ERP's own item says how many base units that is"
    return ""

"""Goods that came back and that nobody announced (contracts/warehouse/v1, unannounced returns).

They belong to no return, so they are put on hold, in whatever condition, until people decide.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ...contracts.identifiers import CrmOrderId, ReceiptId
from ...contracts.objects import Fulfilment, PhysicalStock, UnannouncedReturn, UnannouncedReturnLine
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import settings, stock
from .registry import rules
from .stock import StockedItem, refuse_foreign_lines

UNANNOUNCED = "crossdock.return.unannounced.v1"


class UnannouncedReceipt(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What came, by the papers for which order."""

    order_id: CrmOrderId
    remark: str | None = None
    lines: tuple[UnannouncedReturnLine, ...]


@rules.operation("receiveUnannouncedReturn")
def receive_unannounced_return(tx: Transaction, call: Call[UnannouncedReceipt]) -> UnannouncedReturn:
    """Raises: Refusal `unknown-order` for one that this warehouse has not shipped for; `item-not-stocked`,
    `unknown-unit`; `invalid-request` past what can be counted.
    """
    body = call.body
    if not tx.where(Fulfilment, "order_id", body.order_id):
        warehouse = settings.of(tx).warehouse_id
        raise Refusal.at("unknown-order", "/orderId", f"{warehouse} has shipped nothing for {body.order_id!r}")
    refuse_foreign_lines(tx, body.lines)
    received = UnannouncedReturn(
        receipt_id=ReceiptId(tx.ids.next("RCP")),
        warehouse_id=settings.of(tx).warehouse_id,
        order_id=body.order_id,
        received_at=tx.now,
        remark=body.remark,
        lines=body.lines,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(received.receipt_id, received)
    tx.announce(UNANNOUNCED, received.receipt_id, received, order_id=received.order_id)
    touched = {line.sku: _put_on_hold(tx, line, place) for place, line in enumerate(body.lines)}
    for shelf in touched.values():
        stock.tell(tx, shelf)
    return received


@rules.operation("getUnannouncedReturn")
def get_unannounced_return(tx: Transaction, call: Call[None]) -> UnannouncedReturn:
    return tx.get(UnannouncedReturn, call.params["receiptId"])


def _put_on_hold(tx: Transaction, line: UnannouncedReturnLine, place: int) -> PhysicalStock:
    shelf, item = tx.get(PhysicalStock, line.sku), tx.get(StockedItem, line.sku)
    value = line.quantity.value * (stock.units_in(item, shelf, line.quantity.uom) or Decimal(1))
    stock.refuse_uncountable(shelf, value, f"/lines/{place}/quantity/value")
    return stock.move(tx, shelf, on_hold=value)

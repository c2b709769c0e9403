"""Where an order stands, as the layer tells customer service (contracts/crm/v1, updateOrderStatus).

Nothing is refused for being old or out of order: the last writer wins. That an older truth never overwrites a newer one
is the layer's duty, and what the invariants look for.
"""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import ErpOrderId, LineId
from ...contracts.objects import LineQuantities, Order, OrderLine, OrderStatus, Quantity, Timestamp
from ..line_ids import refuse, repeated
from ..refusal import FieldError
from ..rules import Call
from ..transaction import Transaction
from .order import told
from .registry import rules


class OrderLineStatus(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What became of a line, in the line's unit. `returned_quantity` None: as told before."""

    line_id: LineId
    shipped_quantity: Quantity
    backordered_quantity: Quantity
    cancelled_quantity: Quantity
    returned_quantity: Quantity | None = None


class OrderStatusUpdate(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`erp_order_id` None: as told before; `reason` None: there is nothing to explain (any more)."""

    status: OrderStatus
    as_of: Timestamp
    erp_order_id: ErpOrderId | None = None
    reason: str | None = None
    lines: tuple[OrderLineStatus, ...] = ()


@rules.operation("updateOrderStatus")
def update_order_status(tx: Transaction, call: Call[OrderStatusUpdate]) -> Order:
    """Raises: Refusal `unknown-line`; `invalid-request` for a line that is named twice or in another unit."""
    order = tx.get(Order, call.params["orderId"])
    call.expect_version(order.version)
    body = call.body
    _check_lines(order, body.lines)
    updates = {line.line_id: line for line in body.lines}
    after = msgspec.structs.replace(
        order,
        status=body.status,
        status_as_of=body.as_of,
        status_reason=body.reason,
        erp_order_id=body.erp_order_id or order.erp_order_id,
        lines=tuple(_line(line, updates.get(line.line_id)) for line in order.lines),
    )
    return told(tx, order, after)


def _check_lines(order: Order, lines: tuple[OrderLineStatus, ...]) -> None:
    units = {line.line_id: line.quantity.uom for line in order.lines}
    unknown = [
        FieldError(f"the order {order.order_id} has no line {line.line_id!r}", pointer=f"/lines/{place}/lineId")
        for place, line in enumerate(lines)
        if line.line_id not in units
    ]
    refuse("unknown-line", unknown)
    wrong = repeated([line.line_id for line in lines])
    for place, line in enumerate(lines):
        for name in ("shipped", "backordered", "cancelled", "returned"):
            quantity: Quantity | None = getattr(line, f"{name}_quantity")
            if quantity is not None and quantity.uom != units[line.line_id]:
                problem = f"line {line.line_id} is in {units[line.line_id]}, not in {quantity.uom}"
                wrong.append(FieldError(problem, pointer=f"/lines/{place}/{name}Quantity/uom"))
    refuse("invalid-request", wrong)


def _line(line: OrderLine, update: OrderLineStatus | None) -> OrderLine:
    if update is None:
        return line
    quantities = LineQuantities(
        shipped=update.shipped_quantity,
        backordered=update.backordered_quantity,
        cancelled=update.cancelled_quantity,
        returned=update.returned_quantity or line.quantities.returned,
    )
    return msgspec.structs.replace(line, quantities=quantities)

"""The order acknowledgement: what the ERP makes of an order and promises of each line (X12 855, UBL OrderResponse)."""

from __future__ import annotations

from ...contracts.objects import (
    AcknowledgementLine,
    AcknowledgementStatus,
    OrderAcknowledgement,
    Reason,
    SalesOrder,
    SalesOrderLine,
    SalesOrderStatus,
)
from ..transaction import Transaction

ACKNOWLEDGED = "crossdock.sales-order.acknowledged.v1"
_STATUS = {
    SalesOrderStatus.REJECTED: AcknowledgementStatus.REJECTED,
    SalesOrderStatus.ON_HOLD: AcknowledgementStatus.ON_HOLD,
}


def acknowledge(tx: Transaction, order: SalesOrder) -> None:
    """Announce what was decided on a new order."""
    reasons = order.rejection_reasons
    if order.holds:
        reasons = tuple(Reason(code="creditLimitExceeded", detail=hold.detail) for hold in order.holds)
    acknowledgement = OrderAcknowledgement(
        order_id=order.external_reference,
        sales_order_id=order.sales_order_id,
        status=_STATUS.get(order.status, AcknowledgementStatus.ACCEPTED),
        acknowledged_at=tx.now,
        reasons=reasons,
        lines=tuple([_line(order, line) for line in order.lines]),
    )
    tx.announce(ACKNOWLEDGED, order.sales_order_id, acknowledgement, order_id=order.external_reference)


def _line(order: SalesOrder, line: SalesOrderLine) -> AcknowledgementLine:
    short = not order.holds and not order.rejection_reasons and line.confirmed_quantity != line.quantity
    return AcknowledgementLine(
        line_id=line.line_id,
        sku=line.sku,
        quantity=line.quantity,
        confirmed_quantity=line.confirmed_quantity,
        backordered_quantity=line.backordered_quantity,
        cancelled_quantity=line.cancelled_quantity,
        warehouse_id=line.warehouse_id,
        reasons=(_short_of_stock(line),) if short else (),
    )


def _short_of_stock(line: SalesOrderLine) -> Reason:
    where = f" at {line.warehouse_id}" if line.warehouse_id else ""
    detail = f"{line.confirmed_quantity.value:f} of {line.quantity} can be promised{where}"
    return Reason(code="shortOfStock", detail=detail, line_id=line.line_id)

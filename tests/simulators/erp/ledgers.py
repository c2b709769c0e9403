"""What must be true of an ERP's records at any moment, whatever it was asked before."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

import msgspec

from crossdock.contracts.objects import (
    CreditMemo,
    Customer,
    Fulfilment,
    InventoryMovement,
    InventoryPosition,
    Invoice,
    Money,
    ReturnAuthorization,
    SalesOrder,
    SalesOrderLine,
    SalesOrderStatus,
)
from crossdock.simulators.erp.backorder import Backorder
from crossdock.simulators.erp.order_amount import still_to_bill
from crossdock.simulators.erp.reservation import StockReservation
from crossdock.simulators.party import Party

R = TypeVar("R", bound=msgspec.Struct)
Sums = defaultdict[tuple[str, str], Decimal]


def all_close(party: Party) -> None:
    """Raises: AssertionError naming the record that does not close."""
    _stock_closes(party)
    for order in _all(party, SalesOrder):
        for line in order.lines:
            _line_closes(party, order, line)
    _money_closes(party)


def _stock_closes(party: Party) -> None:
    """On hand is the sum of the movements, reserved that of the reservations, and the rest can be promised."""
    moved, held = _sums(), _sums()
    for movement in _all(party, InventoryMovement):
        place = (movement.warehouse_id, movement.sku)
        moved[place] += movement.quantity.value
        assert movement.balance.value == moved[place], f"the balance of {movement} is not {moved[place]}"
    for reservation in _all(party, StockReservation):
        for line in reservation.lines:
            assert line.quantity.value >= 0, reservation
            assert line.quantity.is_positive == (line.status.value == "active"), reservation
            held[reservation.warehouse_id, line.sku] += line.quantity.value
    for position in _all(party, InventoryPosition):
        place = (position.warehouse_id, position.sku)
        on_hand, reserved = position.on_hand.value, position.reserved.value
        assert on_hand == moved[place], f"{place}: {on_hand} on hand, {moved[place]} were moved"
        assert reserved == held[place], f"{place}: {reserved} reserved, {held[place]} are held for orders"
        assert position.available_to_promise.value == max(on_hand - reserved, Decimal(0)), position
        assert on_hand >= 0, position


def overpromised(party: Party) -> list[InventoryPosition]:
    """Positions of which more is promised than there is."""
    return [each for each in _all(party, InventoryPosition) if each.reserved > each.on_hand]


def _line_closes(party: Party, order: SalesOrder, line: SalesOrderLine) -> None:
    name = f"{order.sales_order_id} ({order.status.value}), line {line.line_id}"
    confirmed, shipped = line.confirmed_quantity.value, line.shipped_quantity.value
    parts = confirmed + line.backordered_quantity.value + line.cancelled_quantity.value
    assert parts == line.quantity.value, f"{name}: confirmed + backordered + cancelled is {parts}, not {line.quantity}"
    amounts = (confirmed, shipped, line.backordered_quantity.value, line.cancelled_quantity.value)
    assert min(amounts) >= 0, f"{name}: below zero: {amounts}"
    released = line.released_quantity.value
    assert shipped <= released <= confirmed, f"{name}: {shipped} shipped, {released} released, {confirmed} confirmed"
    asked = gone = held = waiting = Decimal(0)
    for fulfilment_id in order.fulfilment_ids:
        for part in party.state.table(Fulfilment)[fulfilment_id].lines:
            if part.line_id == line.line_id:
                asked += part.quantity.value - part.cancelled_quantity.value
                gone += part.shipped_quantity.value
    for reservation in _all(party, StockReservation):
        if reservation.sales_order_id == order.sales_order_id:
            held += sum(part.quantity.value for part in reservation.lines if part.line_id == line.line_id)
    for backorder in _all(party, Backorder):
        if (backorder.sales_order_id, backorder.line_id) == (order.sales_order_id, line.line_id):
            waiting += backorder.quantity.value
    assert (asked, gone) == (released, shipped), (
        f"{name}: fulfilments have {asked} and {gone}, not {released}, {shipped}"
    )
    assert held == confirmed - shipped, f"{name}: {held} held, but {confirmed - shipped} are promised and not shipped"
    if order.status is not SalesOrderStatus.ON_HOLD:
        backordered = line.backordered_quantity.value
        assert waiting == backordered, f"{name}: {waiting} wait for stock, not {backordered}"
    invoiced = line.invoiced_quantity.value
    assert invoiced <= line.quantity.value, f"{name}: {invoiced} invoiced"
    assert line.returned_quantity.value <= shipped, f"{name}: {line.returned_quantity} returned of {shipped}"


def _money_closes(party: Party) -> None:
    """Bills and credits are what their lines say, a line's parts add up, and exposure is what is open and unpaid."""
    owed: dict[str, Money] = {each.customer_number: Money.zero(each.currency) for each in _all(party, Customer)}
    for order in _all(party, SalesOrder):
        owed[order.customer_number] += still_to_bill(order)
        billed = [invoice for invoice in _all(party, Invoice) if invoice.sales_order_id == order.sales_order_id]
        credited = [memo for memo in _all(party, CreditMemo) if memo.sales_order_id == order.sales_order_id]
        for invoice in billed:
            _totals_close(invoice)
            owed[order.customer_number] += invoice.totals.gross
        for memo in credited:
            _totals_close(memo)
            owed[order.customer_number] -= memo.totals.gross
        assert sum(not invoice.freight.is_zero for invoice in billed) <= 1, f"{order.sales_order_id}: freight twice"
        for line in order.lines:
            _line_is_billed_and_credited_rightly(party, order, line, billed, credited)
    for customer in _all(party, Customer):
        assert customer.exposure == owed[customer.customer_number], f"{customer} owes {owed[customer.customer_number]}"
        assert customer.exposure.amount >= 0, customer


def _totals_close(document: Invoice | CreditMemo) -> None:
    totals = document.totals
    assert totals.tax is not None
    assert totals.net == Money.total((line.net_amount for line in document.lines), document.currency), document
    assert totals.tax == Money.total((line.tax_amount for line in document.lines), document.currency), document
    assert totals.gross == totals.net + totals.freight + totals.tax, document
    for line in document.lines:
        assert min(line.net_amount.amount, line.tax_amount.amount) >= 0, document


def _line_is_billed_and_credited_rightly(
    party: Party, order: SalesOrder, line: SalesOrderLine, billed: list[Invoice], credited: list[CreditMemo]
) -> None:
    name = f"{order.sales_order_id}, line {line.line_id}"
    invoiced, bills = _of_line(line, billed)
    returned, paid_back = _of_line(line, credited)
    assert invoiced == line.invoiced_quantity.value, f"{name}: {invoiced} on invoices, {line.invoiced_quantity} noted"
    assert returned <= invoiced, f"{name}: {returned} credited of {invoiced} invoiced"
    assert paid_back <= bills, f"{name}: {paid_back} credited of {bills} invoiced"
    if invoiced == line.quantity.value:
        assert bills == line.net_amount.amount + line.tax_amount.amount, f"{name}: the parts make {bills}"
    promised_back = sum(
        part.quantity.value
        for authorization in _all(party, ReturnAuthorization)
        for part in authorization.lines
        if (authorization.sales_order_id, part.line_id) == (order.sales_order_id, line.line_id)
    )
    assert promised_back <= line.shipped_quantity.value, f"{name}: {promised_back} may come back of what was shipped"
    noted = sum(
        part.credited_quantity.value
        for authorization in _all(party, ReturnAuthorization)
        for part in authorization.lines
        if (authorization.sales_order_id, part.line_id) == (order.sales_order_id, line.line_id)
    )
    assert noted == returned, f"{name}: {returned} on credit memos, {noted} noted"


def _of_line(line: SalesOrderLine, documents: Iterable[Invoice | CreditMemo]) -> tuple[Decimal, Decimal]:
    quantity = amount = Decimal(0)
    for document in documents:
        for part in document.lines:
            if part.line_id == line.line_id:
                quantity += part.quantity.value
                amount += part.net_amount.amount + part.tax_amount.amount
    return quantity, amount


def _all(party: Party, kind: type[R]) -> list[R]:
    return list(party.state.table(kind).values())


def _sums() -> Sums:
    return defaultdict(lambda: Decimal(0))

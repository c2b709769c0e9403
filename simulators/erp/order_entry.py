"""An order as it comes in, and what must be right about it before the ERP looks at the business side.

Whatever is wrong here is the caller's mistake: the order is refused and leaves nothing behind. All mistakes of the kind
that was found first are told at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from ...contracts.currencies import minor_digits
from ...contracts.identifiers import CrmOrderId, CustomerNumber, LineId, Sku, WarehouseId
from ...contracts.objects import Address, Customer, Item, Money, PartialPolicy, Quantity, ServiceLevel
from ..refusal import Refusal
from ..transaction import Transaction
from .mistakes import Mistake, mistake, refuse
from .settings import ErpSettings


class SalesOrderRequestLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`quantity` is in the item's base unit; `unit_price` is net for one of it."""

    line_id: LineId
    sku: Sku
    quantity: Quantity
    unit_price: Money
    warehouse_id: WarehouseId | None = None


class SalesOrderRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """An order to be placed (contracts/erp, SalesOrderRequest)."""

    external_reference: CrmOrderId
    customer_number: CustomerNumber
    customer_reference: str | None = None
    currency: str
    requested_date: date | None = None
    ship_to: Address
    bill_to: Address | None = None
    service_level: ServiceLevel
    partial_policy: PartialPolicy
    lines: tuple[SalesOrderRequestLine, ...]
    freight: Money


def check(tx: Transaction, customizing: ErpSettings, request: SalesOrderRequest) -> tuple[Customer, list[Item]]:
    """The customer, and the item of each line in order.

    Raises: Refusal `unknown-customer`, `currency-mismatch`, `unknown-item`, `unknown-unit`, `unknown-warehouse`;
    `invalid-request` for a lineId that stands twice and for amounts without the currency's minor digits.
    """
    customer = tx.find(Customer, request.customer_number)
    if customer is None:
        problem = f"there is no customer {request.customer_number!r}"
        raise Refusal.at("unknown-customer", "/customerNumber", problem)
    if request.currency != customer.currency:
        problem = f"the order is in {request.currency}, {customer.customer_number} trades in {customer.currency}"
        raise Refusal.at("currency-mismatch", "/currency", problem)
    items = tx.find_all(Item, [line.sku for line in request.lines])
    refuse(_mistakes(customizing, request, items))
    return customer, items  # type: ignore[return-value]


def _mistakes(customizing: ErpSettings, request: SalesOrderRequest, items: list[Item | None]) -> Iterator[Mistake]:
    currency = request.currency
    exact = Money.zero(currency).amount
    warehouses = customizing.warehouses
    seen: set[LineId] = set()
    for place, (line, item) in enumerate(zip(request.lines, items, strict=True)):
        price, warehouse_id = line.unit_price, line.warehouse_id
        if line.line_id in seen:
            yield mistake("invalid-request", f"/lines/{place}/lineId", f"line {line.line_id!r} stands here already")
        seen.add(line.line_id)
        if item is None:
            yield mistake("unknown-item", f"/lines/{place}/sku", f"there is no item {line.sku!r}")
        elif line.quantity.uom != item.base_uom:
            yield mistake("unknown-unit", f"/lines/{place}/quantity/uom", _in_base_units(line.quantity, item))
        if warehouse_id is not None and warehouse_id not in warehouses:
            problem = f"there is no warehouse {warehouse_id!r}; there are {', '.join(warehouses)}"
            yield mistake("unknown-warehouse", f"/lines/{place}/warehouseId", problem)
        if price.currency != currency or not price.amount.same_quantum(exact):
            yield _wrong_money(price, currency, f"/lines/{place}/unitPrice")
    if request.freight.currency != currency or not request.freight.amount.same_quantum(exact):
        yield _wrong_money(request.freight, currency, "/freight")


def _wrong_money(money: Money, currency: str, pointer: str) -> Mistake:
    if money.currency != currency:
        return mistake("currency-mismatch", f"{pointer}/currency", f"is in {money.currency}, the order in {currency}")
    digits = minor_digits(currency)
    problem = f"{money.amount:f} must have exactly {digits} digits after the point, as ISO 4217 has it for {currency}"
    return mistake("invalid-request", f"{pointer}/amount", problem)


def _in_base_units(quantity: Quantity, item: Item) -> str:
    """Why another unit is not taken, with the quantity that was probably meant."""
    asked = f"{item.sku} is ordered in {item.base_uom}"
    for pack in item.packs:
        if pack.uom == quantity.uom:
            return f"{asked}: {quantity} are {quantity.value * pack.quantity_per_base.value:f} {item.base_uom}"
    return f"{asked}, not in {quantity.uom}"

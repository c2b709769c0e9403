"""Orders for a world that has customers and items: what customers buy, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from msgspec import to_builtins

from ...contracts.objects import Account, Fulfilment, Item, Money, Order, SalesOrder
from ...simulators.refusal import Refusal
from ...simulators.world import World
from ..people import ask
from ..placing import submit
from .countries import WORTH
from .world_data import NewLine, NewOrder

NEEDED = frozenset({"crm", "erp"})
"""The parties without which there are no orders."""
FREIGHT_USD = {"standard": "9.50", "express": "24.00"}
MOST_LINES, MOST_PIECES = 5, 12
# Of an order that the ERP must know all of this is passed on as it is (contracts/erp, SalesOrderRequest).
_PASSED_ON = (
    *("customerNumber", "customerReference", "currency", "requestedDate", "shipTo", "billTo"),
    *("serviceLevel", "partialPolicy", "freight"),
)
_PASSED_ON_OF_LINE = ("lineId", "sku", "quantity", "unitPrice")
_REQUESTED = (
    *("fulfilmentId", "revision", "warehouseId", "orderId", "salesOrderId", "customerReference"),
    *("shipTo", "serviceLevel", "requestedShipDate", "instructions"),
)


class NothingToOrder(ValueError):
    """Nobody is there to order, or nothing that they could pay for."""


def draw(world: World, count: int, seed: int, *, under_way: bool) -> Iterator[NewOrder]:
    """Orders of the customers and items that the world has now.

    Raises: NothingToOrder.
    """
    if not count:
        return
    if not world.parties.keys() >= NEEDED:
        raise NothingToOrder(f"orders need {' and '.join(sorted(NEEDED))} in the world")
    accounts = [each for each in world.parties["crm"].state.table(Account).values() if each.status == "active"]
    items = [each for each in world.parties["erp"].state.table(Item).values() if each.active]
    by_currency = {
        currency: [item for item in items if any(price.currency == currency for price in item.prices)]
        for currency in {account.currency for account in accounts}
    }
    able = [account for account in accounts if by_currency[account.currency]]
    if not able:
        raise NothingToOrder("there is no customer that could order, or no item with a price in its currency")
    for _ in range(count):
        number = world.ids.number("seeded order")
        random = Random(f"{seed}/order/{number}")
        account = random.choice(able)
        sold = by_currency[account.currency]
        chosen = random.sample(sold, min(len(sold), random.randint(1, MOST_LINES)))
        yield NewOrder(
            customer=account.customer_number,
            reference=f"PO-{10_000 + number}",
            lines=tuple(NewLine(sku=item.sku, quantity=random.randint(1, MOST_PIECES)) for item in chosen),
            ship_to=random.randint(1, len(account.ship_tos)),
            service_level=random.choice(("standard", "standard", "express")),
            partial_policy=random.choice(("shipAvailable", "allowBackorder", "allowBackorder")),
            from_quote=random.random() < 0.3,
            under_way=under_way,
        )


def enter(world: World, wanted: NewOrder) -> Order:
    """Place an order at the CRM; one under way is brought to the ERP and the warehouses too. Raises: Refusal."""
    account = _account(world, wanted)
    reference = wanted.reference or f"PO-{world.ids.number('reference of an order'):05d}"
    body = {
        "accountId": account.account_id,
        "customerReference": reference,
        "currency": account.currency,
        "shipTo": to_builtins(account.ship_tos[wanted.ship_to - 1]),
        "serviceLevel": wanted.service_level,
        "partialPolicy": wanted.partial_policy,
        "lines": [_line(world, account, place, line) for place, line in enumerate(wanted.lines)],
        "freight": _freight(wanted.service_level, account.currency),
    }
    if wanted.requested_date is not None:
        body["requestedDate"] = wanted.requested_date.isoformat()
    order = submit(world, body, from_quote=wanted.from_quote)
    if wanted.under_way:
        bring_under_way(world, order)
    return order


def bring_under_way(world: World, order: Order) -> None:
    """What a layer would do with a new order: the ERP has it, the warehouses are asked to ship, the CRM is told. From
    there on the warehouses work by themselves. Raises: Refusal.
    """
    correlation = f"CORR-{order.customer_reference}"
    document = to_builtins(order)
    lines = [{name: line[name] for name in _PASSED_ON_OF_LINE} for line in document["lines"]]
    request = {name: document[name] for name in _PASSED_ON if name in document}
    request |= {"externalReference": order.order_id, "lines": lines}
    erp = world.parties["erp"]
    about = {"correlation": correlation, "order_id": order.order_id}
    sales_order: SalesOrder = ask(erp, "createSalesOrder", request, **about)
    for fulfilment in erp.state.table(Fulfilment).values():
        if fulfilment.order_id == order.order_id:
            _release(world, fulfilment, about)
    status = {"status": sales_order.status, "asOf": world.clock.now(), "erpOrderId": sales_order.sales_order_id}
    reasons = [reason.detail for reason in sales_order.rejection_reasons] + [hold.detail for hold in sales_order.holds]
    why = "; ".join(reasons)
    told = {**status, "lines": [_shown(line) for line in to_builtins(sales_order.lines)]}
    ask(
        world.parties["crm"],
        "updateOrderStatus",
        {**told, "reason": why} if why else told,
        orderId=order.order_id,
        **about,
    )


def _release(world: World, fulfilment: Fulfilment, about: dict[str, str]) -> None:
    document = to_builtins(fulfilment)
    lines = [{name: line[name] for name in ("lineId", "sku", "quantity")} for line in document["lines"]]
    request = {**{name: document[name] for name in _REQUESTED if name in document}, "lines": lines}
    ask(world.parties[fulfilment.warehouse_id], "createFulfilmentRequest", request, **about)
    taken = {"warehouseId": fulfilment.warehouse_id, "status": "accepted"}
    ask(world.parties["erp"], "acknowledgeFulfilment", taken, fulfilmentId=fulfilment.fulfilment_id, **about)


def _shown(line: dict[str, Any]) -> dict[str, Any]:
    """What the CRM shows of a line."""
    names = ("lineId", "shippedQuantity", "backorderedQuantity", "cancelledQuantity", "returnedQuantity")
    return {name: line[name] for name in names}


def _account(world: World, wanted: NewOrder) -> Account:
    """Raises: Refusal."""
    for account in world.parties["crm"].state.table(Account).values():
        if account.customer_number == wanted.customer:
            if wanted.ship_to > len(account.ship_tos):
                problem = f"there is no address {wanted.ship_to}: {wanted.customer} has {len(account.ship_tos)}"
                raise Refusal.at("invalid-request", "/shipTo", problem)
            return account
    raise Refusal.at("unknown-customer", "/customer", f"there is no customer {wanted.customer!r}")


def _line(world: World, account: Account, place: int, line: NewLine) -> dict[str, Any]:
    """Raises: Refusal."""
    item = world.parties["erp"].state.table(Item).get(line.sku)
    if item is None:
        raise Refusal.at("unknown-item", f"/lines/{place}/sku", f"there is no item {line.sku!r}")
    price = next((price for price in item.prices if price.currency == account.currency), None)
    if price is None:
        problem = f"{line.sku} has no price in {account.currency}, in which {account.customer_number} orders"
        raise Refusal.at("currency-mismatch", f"/lines/{place}/sku", problem)
    return {
        "lineId": str(place + 1),
        "sku": item.sku,
        "description": item.description,
        "quantity": {"value": str(line.quantity), "uom": item.base_uom},
        "unitPrice": to_builtins(price),
    }


def _freight(service_level: str, currency: str) -> dict[str, str]:
    dollars = Decimal(FREIGHT_USD[service_level])
    freight: dict[str, str] = to_builtins(Money.rounded(dollars * WORTH.get(currency, 1), currency))
    return freight

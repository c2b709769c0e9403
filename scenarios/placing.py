"""What people enter for a planned order: the customer at the CRM and the ERP, the items, the order itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ..contracts.objects import Account, Item, Order
from ..simulators.erp.instructions import Instructions
from ..simulators.world import World
from .amount import CASE, Amount, exact, quantity
from .people import ask
from .plan import CURRENCY, PlannedLine, PlannedOrder
from .stock import stock_up


def customer_number(order: PlannedOrder) -> str:
    """Of the order's customer: each order has one of its own."""
    return f"CUST-{order.reference.removeprefix('PO-')}"


def account_of(world: World, order: PlannedOrder) -> Account | None:
    """The customer's account at the CRM, None while there is none."""
    state = world.parties["crm"].state
    places = state.index(Account, "customer_number").places(customer_number(order))
    return state.table(Account)[state.keys(Account)[places[0]]] if places else None


def open_account(world: World, order: PlannedOrder) -> Account:
    """Sales enter the customer at the CRM. Raises: Refusal."""
    address = dict(order.ship_to)
    body = {
        "customerNumber": customer_number(order),
        "name": order.customer,
        "currency": order.currency,
        "billTo": address | order.bill_to,
        "shipTos": [address],
    }
    account: Account = ask(world.parties["crm"], "createAccount", body)
    return account


def open_customer(world: World, order: PlannedOrder, account: Account) -> None:
    """The same customer at the ERP. Raises: Refusal."""
    body = {
        "customerNumber": account.customer_number,
        "accountId": account.account_id,
        "name": order.customer,
        "currency": order.currency,
        "billTo": order.ship_to | order.bill_to,
        "paymentTermsDays": 30,
        "creditLimit": _money(order.credit_limit, order.currency),
    }
    ask(world.parties["erp"], "createCustomer", body)


def note_instructions(world: World, order: PlannedOrder) -> None:
    """The word to the packers goes on file at every ERP, under the customer's number."""
    if order.instructions:
        for erp in world.erps:
            erp.write("instructions", {customer_number(order): Instructions(text=order.instructions)})


def create_item(world: World, order: PlannedOrder, line: PlannedLine) -> Item:
    """The item of a line at the ERP. Raises: Refusal."""
    case = {"uom": CASE, "quantityPerBase": quantity(line.case, line.unit)}
    body = {
        "sku": line.sku,
        "description": line.description,
        "baseUom": line.unit,
        "packs": [case] if line.case else [],
        "prices": [_money(line.unit_price, currency) for currency in sorted({order.currency, CURRENCY})],
        "taxCategory": "standard",
        **_tracked(line),
    }
    item: Item = ask(world.parties["erp"], "createItem", body)
    return item


def put_on_shelves(world: World, line: PlannedLine) -> None:
    """A place for the item in every warehouse, with the stock that the plan gives it. Raises: Refusal."""
    place = {"sku": line.sku, "packs": {CASE: line.case} if line.case else {}, **_tracked(line)}
    nothing = {"sku": line.sku, "quantity": quantity(0, line.unit), "item": place}
    for warehouse in world.warehouses:
        ask(world.parties[warehouse], "receiveGoods", nothing)
        if line.stock:
            lots = _lots(line)
            stock_up(world, warehouse, line.sku, line.stock, "opening stock", unit=line.unit, lots=lots)


def _lots(line: PlannedLine) -> dict[str, Amount]:
    """Of what is told apart by lot, half of what one order wants is of an older one: both are picked."""
    older = int(exact(line.quantity) // 2)
    if line.tracked != "lot" or not 0 < older < line.stock:
        return {}
    return {"LOT-A": older, "LOT-B": float(exact(line.stock) - older)}


def _tracked(line: PlannedLine) -> dict[str, bool]:
    return {} if line.tracked == "no" else {f"{line.tracked}Tracked": True}


def place(world: World, order: PlannedOrder) -> Order:
    """The customer orders, by way of a quote or directly. Raises: Refusal."""
    account = account_of(world, order)
    assert account is not None, f"{order.name} is placed before its customer has an account"
    body = _body(order, account.account_id)
    if order.requested_in_d:
        body["requestedDate"] = (world.clock.now() + timedelta(days=order.requested_in_d)).date().isoformat()
    return submit(world, body, from_quote=order.from_quote)


def submit(world: World, body: dict[str, Any], *, from_quote: bool) -> Order:
    """A customer orders what `body` says (contracts/crm, OrderRequest). Raises: Refusal."""
    crm = world.parties["crm"]
    correlation = f"CORR-{body['customerReference']}"
    placed: Order
    if from_quote:
        conversion = {
            name: body[name] for name in ("customerReference", "partialPolicy", "requestedDate") if name in body
        }
        quote_id = _quote(world, body, correlation)
        placed = ask(crm, "convertQuote", conversion, correlation=correlation, quoteId=quote_id)
    else:
        placed = ask(crm, "createOrder", body, correlation=correlation)
    return placed


def _quote(world: World, order: dict[str, Any], correlation: str) -> str:
    crm = world.parties["crm"]
    quote = {key: order[key] for key in ("accountId", "currency", "shipTo", "serviceLevel", "lines", "freight")}
    until = (world.clock.now() + timedelta(days=30)).date().isoformat()
    quote_id: str = ask(crm, "createQuote", {**quote, "validUntil": until}, correlation=correlation).quote_id
    ask(crm, "presentQuote", None, correlation=correlation, quoteId=quote_id)
    ask(crm, "acceptQuote", None, correlation=correlation, quoteId=quote_id)
    return quote_id


def _body(order: PlannedOrder, account_id: str) -> dict[str, Any]:
    return {
        "accountId": account_id,
        "customerReference": order.reference,
        "currency": order.currency,
        "shipTo": dict(order.ship_to),
        "serviceLevel": order.service,
        "partialPolicy": order.partial,
        "lines": [
            {
                "lineId": line.line_id,
                "sku": line.sku,
                "description": line.description,
                "quantity": quantity(line.quantity, line.unit),
                "unitPrice": _money(line.unit_price, order.currency),
            }
            for line in order.lines
        ],
        "freight": _money(order.freight, order.currency),
    }


def _money(amount: str, currency: str) -> dict[str, str]:
    return {"amount": amount, "currency": currency}

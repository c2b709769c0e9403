"""Entering world data: what people would have typed in before the day begins, through the parties' own rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import to_builtins

from ...contracts.objects import Account
from ...simulators.refusal import Refusal
from ...simulators.world import World
from ..people import ask
from . import orders
from .world_data import NewCustomer, NewItem, WorldData

Problem = tuple[str, str]
"""A JSON Pointer into the data, and a sentence that leaves the place out."""


def enter(world: World, data: WorldData, *, quietly: bool = False) -> list[Problem]:
    """Enter all of it that the world has parties for. Returns what they refused; the rest is entered all the same.

    With `quietly` customers and items are as if they had been known to everybody for long: the feeds begin with the
    orders.
    """
    problems = [
        *_each("customers", data.customers, lambda customer: enter_customer(world, customer)),
        *_each("items", data.items, lambda item: enter_item(world, item)),
    ]
    if quietly:
        for party in world.parties.values():
            party.feed.forget()
    if data.orders and not world.parties.keys() >= orders.NEEDED:
        return [*problems, ("/orders", f"need {' and '.join(sorted(orders.NEEDED))} in the world")]
    return [*problems, *_each("orders", data.orders, lambda order: orders.enter(world, order))]


def enter_customer(world: World, customer: NewCustomer) -> None:
    """An account at the CRM with its people, and the customer at the ERP. Raises: Refusal."""
    account_id = None
    if crm := world.parties.get("crm"):
        account: Account = ask(
            crm,
            "createAccount",
            {
                "customerNumber": customer.customer_number,
                "name": customer.name,
                "currency": customer.currency,
                "billTo": to_builtins(customer.bill_to),
                "shipTos": to_builtins(customer.ship_tos or (customer.bill_to,)),
            },
        )
        account_id = account.account_id
        for person in customer.contacts:
            ask(crm, "createContact", to_builtins(person), accountId=account_id)
        if customer.status != account.status:
            ask(crm, "updateAccount", {"status": customer.status}, accountId=account_id)
    if erp := world.parties.get("erp"):
        both = ("customerNumber", "name", "status", "currency", "billTo")
        own = ("email", "taxId", "taxExempt", "paymentTermsDays", "creditLimit")
        ask(erp, "createCustomer", {**_named(customer, *both, *own), "accountId": account_id})


def enter_item(world: World, item: NewItem) -> None:
    """The master record at the ERP, the product at the CRM, a place in every warehouse, and its stock in both the
    warehouses and the books. Raises: Refusal.
    """
    shown = ("description", "baseUom", "prices", "active")
    stored = ("description", "baseUom", "gtin", "packs", "weight", "lotTracked", "serialTracked")
    if erp := world.parties.get("erp"):
        ask(erp, "createItem", {**_named(item, *shown, *stored, "taxCategory"), "sku": item.sku})
    if crm := world.parties.get("crm"):
        ask(crm, "putProduct", _named(item, *shown), sku=item.sku)
    for warehouse in world.warehouses:
        ask(world.parties[warehouse], "putWarehouseItem", _named(item, *stored), sku=item.sku)
    for warehouse, quantity in item.stock.items():
        _open_stock(world, warehouse, item, quantity)


def _open_stock(world: World, warehouse: str, item: NewItem, quantity: int) -> None:
    """Goods on the shelf and in the books; of a lot-tracked item in two lots."""
    if not quantity:
        return
    if warehouse in world.warehouses:
        older = quantity // 2 if item.lot_tracked else 0
        for part in (older, quantity - older):
            goods = {"sku": item.sku, "quantity": {"value": str(part), "uom": item.base_uom}}
            if item.lot_tracked:
                goods["lot"] = f"LOT-{world.ids.number('opening lot'):06d}"  # CSV takes no more than 12 characters
            if part:
                ask(world.parties[warehouse], "receiveGoods", goods)
    if erp := world.parties.get("erp"):
        movement = {"warehouseId": warehouse, "sku": item.sku, "kind": "opening", "reason": "opening stock"}
        ask(erp, "postStockMovement", {**movement, "quantity": {"value": str(quantity), "uom": item.base_uom}})


def _named(data: NewCustomer | NewItem, *names: str) -> dict[str, Any]:
    """These members, named as in the contracts."""
    members: Mapping[str, Any] = to_builtins(data)
    return {name: members[name] for name in names}


def _each(name: str, entries: Sequence[Any], take: Callable[[Any], object]) -> Iterator[Problem]:
    for place, entry in enumerate(entries):
        try:
            take(entry)
        except Refusal as refusal:
            for error in refusal.errors or (None,):
                if error is None or error.pointer is None:
                    yield f"/{name}/{place}", refusal.detail
                else:
                    yield f"/{name}/{place}{error.pointer}", error.detail

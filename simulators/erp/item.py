"""Items: what is sold and stocked, entered by people."""

from __future__ import annotations

from typing import Any

import msgspec

from ...contracts.currencies import MINOR_DIGITS
from ...contracts.gs1 import has_valid_check_digit
from ...contracts.identifiers import Gtin, Sku
from ...contracts.objects import Item, Money, Pack, Quantity, TaxCategory
from ..listing import listing
from ..refusal import FieldError, Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from . import versions
from .registry import rules

CHANGED = "crossdock.item.changed.v1"


class ItemRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """An item to be created (contracts/erp, ItemRequest)."""

    sku: Sku
    description: str
    base_uom: str
    gtin: Gtin | None = None
    packs: tuple[Pack, ...] = ()
    prices: tuple[Money, ...]
    tax_category: TaxCategory
    weight: Quantity | None = None
    lot_tracked: bool = False
    serial_tracked: bool = False
    active: bool = True


class ItemChange(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What is to change (contracts/erp, ItemChange); what is None stays."""

    description: str | None = None
    packs: tuple[Pack, ...] | None = None
    prices: tuple[Money, ...] | None = None
    tax_category: TaxCategory | None = None
    weight: Quantity | None = None
    active: bool | None = None


@rules.operation("createItem")
def create_item(tx: Transaction, call: Call[ItemRequest]) -> Item:
    """Raises: Refusal `already-exists`; `invalid-request` for GTINs, packs and prices that cannot be right."""
    request = call.body
    if tx.find(Item, request.sku) is not None:
        raise Refusal("already-exists", f"there is an item {request.sku!r} already", existing=request.sku)
    _refuse_wrong(request)
    item = Item(
        sku=request.sku,
        description=request.description,
        base_uom=request.base_uom,
        gtin=request.gtin,
        packs=request.packs,
        prices=request.prices,
        tax_category=request.tax_category,
        weight=request.weight,
        lot_tracked=request.lot_tracked,
        serial_tracked=request.serial_tracked,
        active=request.active,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(item.sku, item)
    tx.announce(CHANGED, item.sku, item)
    return item


@rules.operation("updateItem")
def update_item(tx: Transaction, call: Call[ItemChange]) -> Item:
    """What is named is replaced; a change that changes nothing leaves the version as it is and says nothing.

    Raises: Refusal `invalid-request` for packs and prices that cannot be right.
    """
    item = tx.get(Item, call.params["sku"])
    call.expect_version(item.version)
    after = msgspec.structs.replace(item, **named(call.body))
    if after == item:
        return item
    _refuse_wrong(after)
    after = versions.put(tx, item.sku, after)
    tx.announce(CHANGED, item.sku, after)
    return after


def named(change: msgspec.Struct) -> dict[str, Any]:
    """The fields that a change names: those that are not None."""
    return {name: value for name in change.__struct_fields__ if (value := getattr(change, name)) is not None}


@rules.operation("getItem")
def get_item(tx: Transaction, call: Call[None]) -> Item:
    return tx.get(Item, call.params["sku"])


@rules.operation("listItems")
def list_items(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, Item, {"active": "active"})


def _refuse_wrong(item: ItemRequest | Item) -> None:
    """Raises: Refusal `invalid-request` with all that cannot be right."""
    if errors := [*_wrong_gtins(item), *_wrong_packs(item), *_wrong_prices(item)]:
        raise Refusal("invalid-request", f"{len(errors)} fields of the item cannot be right", *errors)


def _wrong_gtins(request: ItemRequest | Item) -> list[FieldError]:
    found = [
        ("/gtin", request.gtin),
        *((f"/packs/{place}/gtin", pack.gtin) for place, pack in enumerate(request.packs)),
    ]
    return [
        FieldError(f"{gtin} has a wrong check digit (GS1 General Specifications, 7.9)", pointer=pointer)
        for pointer, gtin in found
        if gtin is not None and not has_valid_check_digit(gtin)
    ]


def _wrong_packs(request: ItemRequest | Item) -> list[FieldError]:
    errors = []
    seen = {request.base_uom}
    for place, pack in enumerate(request.packs):
        if pack.uom in seen:
            errors.append(FieldError(f"the unit {pack.uom} stands here already", pointer=f"/packs/{place}/uom"))
        seen.add(pack.uom)
        if pack.quantity_per_base.uom != request.base_uom:
            problem = f"a pack is counted in the base unit {request.base_uom}, not in {pack.quantity_per_base.uom}"
            errors.append(FieldError(problem, pointer=f"/packs/{place}/quantityPerBase/uom"))
    return errors


def _wrong_prices(request: ItemRequest | Item) -> list[FieldError]:
    errors = []
    seen: set[str] = set()
    for place, price in enumerate(request.prices):
        if price.currency in seen:
            errors.append(
                FieldError(f"there is a price in {price.currency} already", pointer=f"/prices/{place}/currency")
            )
        seen.add(price.currency)
        if wrong := money_problem(price):
            errors.append(FieldError(wrong, pointer=f"/prices/{place}"))
    return errors


def money_problem(money: Money) -> str | None:
    """What a schema cannot see: a currency outside ISO 4217, or an amount that has not its minor digits."""
    digits = MINOR_DIGITS.get(money.currency)
    if digits is None:
        return f"{money.currency} is not a currency of ISO 4217 in which amounts are written"
    if not money.is_exact:
        return f"{money} must have exactly {digits} digits after the point, as ISO 4217 has it for {money.currency}"
    return None

"""What is sold, as the layer tells it (contracts/crm/v1, products). Nobody here checks an order against it."""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import Sku
from ...contracts.objects import Money, Product
from ..listing import listing
from ..rules import Call
from ..transaction import Page, Transaction
from .registry import rules


class ProductFacts(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """What is to be shown of a product."""

    description: str
    base_uom: str
    prices: tuple[Money, ...]
    active: bool


@rules.operation("putProduct")
def put_product(tx: Transaction, call: Call[ProductFacts]) -> Product:
    """The last writer wins. Told what it knows already, the CRM changes nothing, not even the version."""
    sku = Sku(call.params["sku"])
    known = tx.find(Product, sku)
    if known is not None:
        call.expect_version(known.version)
    facts = {name: getattr(call.body, name) for name in ProductFacts.__struct_fields__}
    product = Product(
        sku=sku,
        **facts,
        version=known.version + 1 if known else 1,
        created_at=known.created_at if known else tx.now,
        updated_at=tx.now,
    )
    if known is not None and all(getattr(known, name) == value for name, value in facts.items()):
        return known
    tx.put(sku, product)
    return product


@rules.operation("getProduct")
def get_product(tx: Transaction, call: Call[None]) -> Product:
    return tx.get(Product, call.params["sku"])


@rules.operation("listProducts")
def list_products(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, Product, {"active": "active"})

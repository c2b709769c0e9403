"""What is to be in a world: customers, items with their stock, orders. The form of a data file and of what is drawn."""

from __future__ import annotations

from datetime import date

import msgspec

from ...contracts.identifiers import CustomerNumber, Gtin, Sku
from ...contracts.objects import AccountStatus, Address, Money, Pack, Quantity, TaxCategory


class Data(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Fields are named as in the contracts of the parties."""


class Person(Data, frozen=True, kw_only=True):
    """Somebody at a customer."""

    name: str
    email: str
    phone: str | None = None
    role: str | None = None


class NewCustomer(Data, frozen=True, kw_only=True):
    """A customer of both the CRM and the ERP. Without `ship_tos` goods go where bills go. `credit_limit` None: what the
    ERP gives to those that come without.
    """

    customer_number: CustomerNumber
    name: str
    currency: str = "USD"
    status: AccountStatus = AccountStatus.ACTIVE
    bill_to: Address
    ship_tos: tuple[Address, ...] = ()
    contacts: tuple[Person, ...] = ()
    email: str | None = None
    tax_id: str | None = None
    tax_exempt: bool = False
    payment_terms_days: int = 30
    credit_limit: Money | None = None


class NewItem(Data, frozen=True, kw_only=True):
    """An item of the ERP, a product of the CRM, and a place in every warehouse. `stock` is warehouse → how many base
    units lie there and stand in the ERP's books.
    """

    sku: Sku
    description: str
    base_uom: str = "EA"
    gtin: Gtin | None = None
    packs: tuple[Pack, ...] = ()
    prices: tuple[Money, ...]
    tax_category: TaxCategory = TaxCategory.STANDARD
    weight: Quantity | None = None
    lot_tracked: bool = False
    serial_tracked: bool = False
    active: bool = True
    stock: dict[str, int] = {}


class NewLine(Data, frozen=True, kw_only=True):
    """So many base units, at the list price."""

    sku: Sku
    quantity: int


class NewOrder(Data, frozen=True, kw_only=True):
    """An order to be placed. `ship_to` is which of the customer's addresses, from 1. With `under_way` it is at the ERP
    and the warehouses already, as if a layer had brought it there; else that is left to the layer.
    """

    customer: CustomerNumber
    lines: tuple[NewLine, ...]
    reference: str | None = None
    ship_to: int = 1
    service_level: str = "standard"
    partial_policy: str = "shipAvailable"
    requested_date: date | None = None
    from_quote: bool = False
    under_way: bool = False


class WorldData(Data, frozen=True, kw_only=True):
    """All of it, in the order in which it is entered."""

    customers: tuple[NewCustomer, ...] = ()
    items: tuple[NewItem, ...] = ()
    orders: tuple[NewOrder, ...] = ()

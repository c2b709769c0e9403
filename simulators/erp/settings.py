"""How an ERP is customised: its warehouses, tax rates, sourcing, tolerances. One record, under the key "settings"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

import msgspec

from ...contracts.identifiers import WarehouseId
from ...contracts.objects import Address, ServiceLevel, TaxCategory
from ..refusal import Refusal
from ..transaction import Transaction

KEY = "settings"
EVERYWHERE = "*"
NOTHING = Decimal(0)
T = TypeVar("T")


class TaxRates(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """Percent of the net amount, at most four decimals."""

    standard: Decimal
    reduced: Decimal

    def of(self, category: TaxCategory) -> Decimal:
        if category is TaxCategory.STANDARD:
            return self.standard
        return self.reduced if category is TaxCategory.REDUCED else NOTHING


def _rates(standard: str, reduced: str | None = None) -> TaxRates:
    return TaxRates(standard=Decimal(standard), reduced=Decimal(standard if reduced is None else reduced))


EAST, WEST, REGIONAL = WarehouseId("east"), WarehouseId("west"), WarehouseId("regional")
# Round figures in the size of the real ones (state sales tax, VAT): what counts is that there are several.
TAX_RATES = {
    "US-NY": _rates("8", "4"),
    "US-CA": _rates("7.25"),
    "US-WA": _rates("6.5"),
    "US-TX": _rates("6.25"),
    "US-OR": _rates("0"),
    "US": _rates("6"),
    "CA": _rates("5"),
    "GB": _rates("20", "5"),
    "DE": _rates("19", "7"),
    "FR": _rates("20", "5.5"),
    EVERYWHERE: _rates("0"),
}
WESTERN = ("AK", "AZ", "CA", "CO", "HI", "ID", "NM", "NV", "OR", "UT", "WA")
CENTRAL = ("AR", "KS", "LA", "MO", "ND", "NE", "OK", "SD", "TX")
# Nearest first; a world that lacks one of them goes on to the next.
SOURCING = {
    **{f"US-{region}": (WEST, REGIONAL, EAST) for region in WESTERN},
    **{f"US-{region}": (REGIONAL, EAST, WEST) for region in CENTRAL},
    **{f"CA-{region}": (WEST, EAST, REGIONAL) for region in ("AB", "BC")},
    EVERYWHERE: (EAST, WEST, REGIONAL),
}


def sourcing_among(warehouses: Sequence[WarehouseId]) -> dict[str, tuple[WarehouseId, ...]]:
    """The usual sourcing, of these warehouses; one that it does not speak of comes last everywhere."""
    others = tuple(each for each in warehouses if each not in SOURCING[EVERYWHERE])
    return {place: (*(each for each in order if each in warehouses), *others) for place, order in SOURCING.items()}


class ErpSettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Tables by place are keyed `US-NY` (country and region), `US` (country) or `*`; the closest one counts.

    `sourcing` lists, per ship-to place, the warehouses to promise from when an order line names none.
    `reserve_on_hold`: whether an order that is held gets its promise at once, or only when the hold is released.
    `release_after_h` is how many business hours after the promise stock is released to the warehouse; 0 releases
    within the same step. `transit_days` is how long before the requested date goods should leave.
    `over_delivery_percent` is what a warehouse may ship more than a fulfilment asked for. With `shipment_id_unique`
    a shipment is confirmed once per fulfilment, whatever the idempotency key. `announce_reservations` tells of a stock
    position also when only what is reserved of it has changed: an event for each item of each order.
    `new_customer_terms_days` and `new_customer_limit` (in the customer's currency) are what a customer gets that comes
    without.
    """

    warehouses: tuple[WarehouseId, ...] = (EAST, WEST)
    tax_rates: dict[str, TaxRates] = msgspec.field(default_factory=lambda: dict(TAX_RATES))
    sourcing: dict[str, tuple[WarehouseId, ...]] = msgspec.field(default_factory=lambda: sourcing_among((EAST, WEST)))
    reserve_on_hold: bool = False
    release_after_h: float = 0
    transit_days: dict[ServiceLevel, int] = msgspec.field(
        default_factory=lambda: {ServiceLevel.STANDARD: 3, ServiceLevel.EXPRESS: 1}
    )
    over_delivery_percent: Decimal = NOTHING
    shipment_id_unique: bool = True
    announce_reservations: bool = False
    new_customer_terms_days: int = 30
    new_customer_limit: Decimal = Decimal(10_000)


def initial(party_name: str, warehouses: Sequence[str]) -> Mapping[str, msgspec.Struct]:
    """What a new ERP begins with. Where the world has no warehouse, it knows of the usual two all the same."""
    known = tuple(WarehouseId(name) for name in warehouses)
    return {KEY: ErpSettings(warehouses=known, sourcing=sourcing_among(known)) if known else ErpSettings()}


def of(tx: Transaction) -> ErpSettings:
    return tx.get(ErpSettings, KEY)


def expect_warehouse(tx: Transaction, warehouse_id: WarehouseId) -> None:
    """Raises: Refusal `unknown-warehouse` over the body's /warehouseId."""
    known = of(tx).warehouses
    if warehouse_id not in known:
        problem = f"there is no warehouse {warehouse_id!r}; there are {', '.join(known)}"
        raise Refusal.at("unknown-warehouse", "/warehouseId", problem)


def at_place(table: Mapping[str, T], place: Address, otherwise: T) -> T:
    """The entry for a ship-to address: of its region, else of its country, else of everywhere."""
    found = table.get(f"{place.country}-{place.region}") if place.region else None
    if found is None:
        found = table.get(place.country)
    if found is None:
        found = table.get(EVERYWHERE)
    return otherwise if found is None else found

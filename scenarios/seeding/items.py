"""Items as a distributor of tools sells them, from assortment.yaml: with GTINs that check, packs, prices, weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import msgspec

from ...contracts import yaml_document
from ...contracts.gs1 import check_digit
from ...contracts.identifiers import Gtin, Sku
from ...contracts.objects import Money, Pack, Quantity, TaxCategory
from .countries import WORTH
from .world_data import NewItem

# GS1 keeps the prefixes that begin with 952 for demonstrations; what comes before is the indicator digit of a GTIN-14:
# 0 a single unit, 1 to 8 a package of it.
COMPANY_PREFIX = "9521234"
PIECE, CASE, PALLET, KILOGRAM = "EA", "CA", "PL", "KGM"
CASES_ON_A_PALLET = (24, 30, 40)
GRAM = Decimal("0.001")


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Items of one kind; prices are of a piece, in US dollars."""

    group: str
    tax: TaxCategory
    tracked: str = ""
    cases: tuple[int, ...]
    weight_kg: tuple[Decimal, Decimal]
    price_usd: tuple[int, int]
    kinds: tuple[str, ...]
    sizes: tuple[str, ...]


@cache
def assortment() -> tuple[Group, ...]:
    document = yaml_document.read(Path(__file__).with_name("assortment.yaml").read_bytes())
    return msgspec.convert(document, tuple[Group, ...])


def draw(
    numbers: Iterable[int], seed: int, currencies: Sequence[str], stock: int, warehouses: Sequence[str]
) -> Iterator[NewItem]:
    """Items of these numbers, each the same whatever others are drawn with it. `stock` is how many of it there are at a
    warehouse on average, and in most.
    """
    for number in numbers:
        yield _item(number, Random(f"{seed}/item/{number}"), currencies, stock, warehouses)


def _item(number: int, random: Random, currencies: Sequence[str], stock: int, warehouses: Sequence[str]) -> NewItem:
    group = random.choice(assortment())
    lightest, heaviest = group.weight_kg
    kilograms = (lightest + (heaviest - lightest) * Decimal(random.randrange(1000)) / 1000).quantize(GRAM)
    dollars = Decimal(random.randint(group.price_usd[0] * 100, group.price_usd[1] * 100)) / 100
    in_case = random.choice(group.cases)
    on_pallet = in_case * random.choice(CASES_ON_A_PALLET)
    packs = (_pack(number, CASE, in_case, 1), _pack(number, PALLET, on_pallet, 2))
    # From nothing to twice as many, so that they are so many on average.
    shelves = {warehouse: random.randint(0, 2 * stock) for warehouse in warehouses}
    return NewItem(
        sku=Sku(f"{group.group}-{10_000 + number}"),
        description=f"{random.choice(group.kinds)}, {random.choice(group.sizes)}",
        base_uom=PIECE,
        gtin=_gtin(number, 0),
        packs=packs,
        prices=tuple(Money.rounded(dollars * WORTH[currency], currency) for currency in currencies),
        tax_category=group.tax,
        weight=Quantity(kilograms, KILOGRAM),
        lot_tracked=group.tracked == "lot",
        serial_tracked=group.tracked == "serial",
        stock=shelves,
    )


def _pack(number: int, uom: str, holds: int, indicator: int) -> Pack:
    return Pack(uom=uom, quantity_per_base=Quantity.of(holds, PIECE), gtin=_gtin(number, indicator))


def _gtin(number: int, indicator: int) -> Gtin:
    """A GTIN-14: indicator, company prefix, the item's number, check digit."""
    payload = f"{indicator}{COMPANY_PREFIX}{number % 100_000:05d}"
    return Gtin(payload + check_digit(payload))

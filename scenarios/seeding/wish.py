"""So many customers, so many items, so many orders: drawn from a seed and entered."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ...simulators.world import World
from . import customers, items, orders
from .countries import currencies_of
from .entering import enter
from .world_data import WorldData

USUAL_LOCALES = ("en_US",)
USUAL_STOCK = 100
# What orders need that nobody asked for.
FEW_CUSTOMERS, FEW_ITEMS = 10, 20
MOST = 100_000
Count = Annotated[int, msgspec.Meta(ge=0, le=MOST)]


class Wish(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """`stock` is how many of each item lie at each warehouse on average, `orders` are for the layer to take up, and
    those `under_way` have been brought to the ERP and the warehouses already. `locales` say where customers are.
    """

    customers: Count = 0
    items: Count = 0
    stock: Count = USUAL_STOCK
    orders: Count = 0
    under_way: Count = 0
    locales: tuple[str, ...] = USUAL_LOCALES

    def __bool__(self) -> bool:
        """Whether anything is wished for."""
        return bool(self.customers or self.items or self.orders or self.under_way)


def fill(world: World, wish: Wish, seed: int, *, quietly: bool = False) -> None:
    """Draw what is wished for and enter it. The same seed in the same world gives the same.

    Raises: UnknownLocale; NothingToOrder.
    """
    numbers = [world.ids.number("seeded customer") for _ in range(wish.customers)]
    drawn = tuple(customers.draw(numbers, seed, wish.locales))
    numbers = [world.ids.number("seeded item") for _ in range(wish.items)]
    currencies = currencies_of(wish.locales)
    goods = tuple(items.draw(numbers, seed, currencies, wish.stock, world.warehouses))
    _enter(world, WorldData(customers=drawn, items=goods), quietly=quietly)
    placed = tuple(orders.draw(world, wish.orders, seed, under_way=False))
    under_way = tuple(orders.draw(world, wish.under_way, seed, under_way=True))
    _enter(world, WorldData(orders=(*placed, *under_way)), quietly=False)


def _enter(world: World, data: WorldData, *, quietly: bool) -> None:
    if problems := enter(world, data, quietly=quietly):
        raise AssertionError(f"what was drawn is refused: {problems[0]}")

"""How many base units a pack holds, by the ERP's items."""

from __future__ import annotations

from decimal import Decimal

from ..contracts.objects import Item, Quantity


class Units:
    """Learns from items as they are created and changed; a unit that it does not know counts as the base unit."""

    __slots__ = ("_holds",)

    def __init__(self) -> None:
        self._holds: dict[tuple[str, str], Decimal] = {}

    def learn(self, item: Item) -> None:
        for pack in item.packs:
            self._holds[(item.sku, pack.uom)] = pack.quantity_per_base.value

    def knows(self, sku: str, uom: str) -> bool:
        """Whether it is a pack of the item, and not its base unit or none at all."""
        return (sku, uom) in self._holds

    def base(self, sku: str, quantity: Quantity) -> Decimal:
        """The quantity in the item's base unit."""
        return quantity.value * self._holds.get((sku, quantity.uom), Decimal(1))

"""What is known of one item at one warehouse: the ERP's book and the warehouse's own count."""

from __future__ import annotations

from ..contracts.objects import InventoryMovement, InventoryPosition, PhysicalStock
from .seen import Seen


class Stock:
    """`least_available` is the position at which least was available to promise."""

    __slots__ = ("book", "least_available", "movements", "physical")

    def __init__(self) -> None:
        self.book: Seen[InventoryPosition] | None = None
        self.least_available: Seen[InventoryPosition] | None = None
        self.movements: list[Seen[InventoryMovement]] = []
        self.physical: Seen[PhysicalStock] | None = None

    def positioned(self, seen: Seen[InventoryPosition]) -> None:
        self.book = seen
        least = self.least_available
        if least is None or seen.what.available_to_promise.value < least.what.available_to_promise.value:
            self.least_available = seen

"""Book and count of a history's items, so that they follow what is shipped and confirmed."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from crossdock.contracts.objects import InventoryMovement, InventoryPosition, MovementKind, PhysicalStock
from crossdock.tests.harness.records import START, each, of, sku

Place = tuple[str, str]


class Ledger:
    """Records to be written for a change; a place that never had stock is left out."""

    def __init__(self) -> None:
        self.count: dict[Place, Decimal] = {}
        self.book: dict[Place, Decimal] = {}
        self.aside: dict[Place, dict[str, Decimal]] = {}
        self._movements: dict[Place, int] = defaultdict(int)

    def counted(self, warehouse: str, taken: Mapping[str, Decimal], **unsaleable: Decimal) -> list[Any]:
        """The warehouse's count after so much of each line's item was taken (below zero: was put there); `damaged` and
        `onHold` change these parts.
        """
        written = []
        for line_id, quantity in taken.items():
            place = (warehouse, line_id)
            if place not in self.count and quantity > 0:
                continue
            self.count[place] = self.count.get(place, Decimal(0)) - quantity
            aside = self.aside.setdefault(place, {"onHold": Decimal(0), "damaged": Decimal(0)})
            for part, change in unsaleable.items():
                if part in aside:
                    aside[part] += change
            parts = {"allocated": each(0), "on_hold": each(aside["onHold"]), "damaged": each(aside["damaged"])}
            there = each(self.count[place])
            written.append(
                (
                    "PhysicalStock",
                    sku(line_id),
                    of(
                        PhysicalStock,
                        warehouse_id=warehouse,
                        sku=sku(line_id),
                        on_hand=there + parts["on_hold"] + parts["damaged"],
                        available=there,
                        as_of=START,
                        sequence=1,
                        **parts,
                    ),
                )
            )
        return written

    def booked(self, warehouse: str, change: Mapping[str, Decimal], reference: str = "") -> list[Any]:
        """A movement of the book for each line's item, and the position after it; corrections have a reference."""
        written: list[Any] = []
        for line_id, quantity in change.items():
            kind = MovementKind.SHIPMENT if quantity < 0 else MovementKind.RECEIPT
            place = (warehouse, line_id)
            if place not in self.book and quantity < 0:
                continue
            self.book[place] = self.book.get(place, Decimal(0)) + quantity
            self._movements[place] += 1
            key = f"MOV-{warehouse}-{line_id}-{self._movements[place]}"
            there = each(self.book[place])
            own = {"warehouse_id": warehouse, "sku": sku(line_id)}
            movement = of(
                InventoryMovement,
                movement_id=key,
                kind=MovementKind.ADJUSTMENT if reference else kind,
                quantity=each(quantity),
                balance=there,
                reference=reference or None,
                occurred_at=START,
                sequence=self._movements[place],
                **own,
            )
            position = of(
                InventoryPosition,
                on_hand=there,
                reserved=each(0),
                available_to_promise=there,
                as_of=START,
                sequence=self._movements[place],
                **own,
            )
            written += [
                ("InventoryMovement", key, movement),
                ("InventoryPosition", f"{warehouse}/{sku(line_id)}", position),
            ]
        return written

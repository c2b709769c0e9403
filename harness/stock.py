"""What is known of one item at one warehouse: the ERP's book, the warehouse's own count, and what was told of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..contracts.objects import (
    InventoryAdjustment,
    InventoryMovement,
    InventoryPosition,
    MovementKind,
    PhysicalStock,
    Quantity,
    StockCount,
    StockPart,
)
from .complaints import Complaints
from .seen import Seen
from .set_aside import SetAside

KEPT_SNAPSHOTS, KEPT_MOVEMENTS = 8, 3
# What the ERP books by documents of their own, and never for a correction.
BY_DOCUMENT = frozenset({MovementKind.SHIPMENT, MovementKind.RETURN})


@dataclass(frozen=True, slots=True)
class Correction:
    """What people corrected, and by how much in the item's base unit, as the shelf shows it."""

    adjustment: InventoryAdjustment
    base: Decimal


@dataclass(frozen=True, slots=True)
class Counted:
    """What a snapshot says can be sold of the item."""

    snapshot_id: str
    sequence: int
    saleable: Quantity


class Stock:
    """`books` has the position in each ERP's book; where two keep one, the goods are shared out between them.
    `least_available` is the position at which least was available to promise; `unheard` are the corrections and
    snapshots whose event a fault swallowed; of old snapshots only the last few are kept. Of the ERPs' movements
    `moved` is the sum. `complaints` are the cases that name no order, `set_aside` what the layer lists
    as dead letters of it.
    """

    __slots__ = (
        "_booked",
        "books",
        "complaints",
        "corrections",
        "last_movements",
        "least_available",
        "moved",
        "movement_count",
        "physical",
        "set_aside",
        "snapshots",
        "told",
        "unheard",
    )

    def __init__(self, complaints: Complaints) -> None:
        self.books: dict[str, Seen[InventoryPosition]] = {}
        self.least_available: Seen[InventoryPosition] | None = None
        self.movement_count = 0
        self.moved = Decimal(0)
        self.last_movements: list[Seen[InventoryMovement]] = []
        self._booked: dict[str, list[Seen[InventoryMovement]]] = {}
        self.physical: Seen[PhysicalStock] | None = None
        self.corrections: dict[str, Seen[Correction]] = {}
        self.snapshots: list[Seen[Counted]] = []
        self.told: list[Seen[StockCount]] = []
        self.unheard: set[str] = set()
        self.complaints = complaints
        self.set_aside: dict[str, SetAside] = {}

    def positioned(self, seen: Seen[InventoryPosition]) -> None:
        self.books[seen.party] = seen
        least = self.least_available
        if least is None or seen.what.available_to_promise.value < least.what.available_to_promise.value:
            self.least_available = seen

    def shelved(self, seen: Seen[PhysicalStock], adjustment: InventoryAdjustment | None) -> None:
        """The shelf as it is now; `adjustment` is what people changed about it in the same step, if they did."""
        if adjustment is not None:
            before = part_of(self.physical.what, adjustment.part) if self.physical is not None else Decimal(0)
            base = part_of(seen.what, adjustment.part) - before
            correction = Correction(adjustment, base)
            self.corrections[adjustment.adjustment_id] = Seen(correction, seen.seq, seen.exchange, seen.at, seen.party)
        self.physical = seen

    def booked(self, seen: Seen[InventoryMovement]) -> None:
        """A movement of the ERP's book."""
        self.movement_count += 1
        self.moved += seen.what.quantity.value
        self.last_movements.append(seen)
        del self.last_movements[:-KEPT_MOVEMENTS]
        if seen.what.reference is not None and seen.what.kind not in BY_DOCUMENT:
            self._booked.setdefault(seen.what.reference, []).append(seen)

    def counted(self, seen: Seen[Counted]) -> None:
        self.snapshots.append(seen)
        del self.snapshots[:-KEPT_SNAPSHOTS]

    def bookings(self, adjustment_id: str) -> list[Seen[InventoryMovement]]:
        """What the ERP booked of a correction: one movement, if all is well."""
        return self._booked.get(adjustment_id, [])

    def to_book(self) -> dict[str, Seen[Correction]]:
        """The corrections that concern the book, of which the layer could know."""
        return {
            key: seen
            for key, seen in self.corrections.items()
            if seen.what.adjustment.part == StockPart.AVAILABLE and key not in self.unheard
        }

    @property
    def newest_snapshot(self) -> Seen[Counted] | None:
        """Of those that the layer could hear of."""
        heard = [seen for seen in self.snapshots if seen.what.snapshot_id not in self.unheard]
        return max(heard, key=lambda seen: seen.what.sequence, default=None)

    @property
    def on_hand(self) -> Quantity | None:
        """What all books have together; None while none has the item."""
        held = [seen.what.on_hand for seen in self.books.values()]
        return Quantity.total(held, held[0].uom) if held else None

    @property
    def saleable(self) -> Decimal | None:
        """What the shelf has of what the books count: available and allocated."""
        return None if self.physical is None else saleable(self.physical.what)


def part_of(stock: PhysicalStock, part: StockPart) -> Decimal:
    parts = {
        StockPart.AVAILABLE: stock.available,
        StockPart.ON_HOLD: stock.on_hold,
        StockPart.DAMAGED: stock.damaged,
    }
    return parts[part].value


def saleable(stock: PhysicalStock) -> Decimal:
    """What can be sold: goods on hold or damaged are in no book."""
    return stock.available.value + stock.allocated.value

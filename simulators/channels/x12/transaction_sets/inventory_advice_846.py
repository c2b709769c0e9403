"""846, inventory advice: what stands on the shelves at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .....contracts.edi.writer import SegmentValues
from .....contracts.objects import InventorySnapshot
from .....contracts.objects.inventory_snapshot import SnapshotPosition
from ....transaction import State
from ..agreement import clock, day
from ..codes import ALLOCATED, AVAILABLE, DAMAGED, ON_HAND, ON_HOLD
from ..sets import Telling, told
from ..units import code_of


@told.register("crossdock.inventory.snapshot.v1")
class InventoryAdvice(Telling):
    """A LIN for each item with a QTY for each part of its stock. An 846 has no sequence: BIA04 and BIA05, the moment of
    the count, tell which of two is the newer one. REF*ZZ has the part and the number of parts of a long one.
    """

    set_id = "846"
    data = InventorySnapshot

    @staticmethod
    def segments(snapshot: InventorySnapshot, state: State) -> list[SegmentValues]:
        warehouse = str(snapshot.warehouse_id)
        positions = [segment for position in snapshot.positions for segment in _position(position)]
        total = sum((position.on_hand.value for position in snapshot.positions), Decimal(0))
        return [
            ["BIA", "00", "DD", snapshot.snapshot_id, day(snapshot.as_of), clock(snapshot.as_of)],
            ["REF", "ZZ", str(snapshot.part), str(snapshot.parts)],
            ["N1", "WH", warehouse.upper(), "92", warehouse],
            *positions,
            ["CTT", str(len(snapshot.positions)), f"{total:f}"],
        ]


def _position(position: SnapshotPosition) -> Iterator[SegmentValues]:
    yield ["LIN", "", "VN", position.sku]
    for qualifier, quantity in (
        (ON_HAND, position.on_hand),
        (AVAILABLE, position.available),
        (ALLOCATED, position.allocated),
        (ON_HOLD, position.on_hold),
        (DAMAGED, position.damaged),
    ):
        yield ["QTY", qualifier, f"{quantity.value:f}", code_of(quantity.uom)]

"""return-goods: goods come back at the warehouse and are inspected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec

from ...contracts.objects import AnnouncedReturn, PackageItem, ReturnReceipt, Shipment
from ...simulators.party import Party
from ...simulators.refusal import Refusal
from ...simulators.world import World
from ..action import Action, actions
from ..amount import Amount, quantity
from ..people import ask
from ..plan import PlannedOrder


class CameBack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods in one condition: `quantity` in `uom` (absent: the item's unit) for the order's `line` (from 1). `item` is
    the line whose item came in its place. What is told apart is read from the goods: `lot` is the first or second lot
    of which some left for the line, `serials` are the pieces that come back, by the order in which they left (from 1).
    """

    quantity: Amount
    line: int = 1
    uom: str = ""
    condition: str = "good"
    disposition: str = "restock"
    item: int = 0
    lot: int = 0
    serials: tuple[int, ...] = ()


@actions.register("return-goods")
class ReturnGoods(Action):
    """The warehouse at which a return of the order is announced receives and inspects `lines`; without them all that
    was announced, good and back on the shelf. `final`: no more is expected. `rma` is the order's first return, or the
    n-th. They wait until the layer has announced it.
    """

    waits_on: ClassVar[frozenset[str]] = frozenset({"not-found"})

    lines: tuple[CameBack, ...] = ()
    final: bool = False
    rma: int = 1

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> ReturnReceipt:
        order_id = ids[self.order]
        announced = sorted(
            (
                (each.created_at, each.rma_id, party, each)
                for party in map(world.parties.__getitem__, world.warehouses)
                for each in party.state.table(AnnouncedReturn).values()
                if each.order_id == order_id
            ),
            key=lambda found: found[:2],
        )
        if len(announced) < self.rma:
            raise Refusal("not-found", f"no warehouse was told of return number {self.rma} of {order_id}")
        _, _, warehouse, expected = announced[self.rma - 1]
        lines = [_line(warehouse, expected, orders[self.order], came) for came in self.lines]
        body = {"lines": lines or _all(expected), "final": self.final}
        return _received(warehouse, expected, body)


def _all(expected: AnnouncedReturn) -> list[dict[str, Any]]:
    good = {"condition": "good", "disposition": "restock"}
    return [
        {"lineId": line.line_id, "sku": line.sku, "quantity": msgspec.to_builtins(line.quantity), **good}
        for line in expected.lines
    ]


def _line(warehouse: Party, expected: AnnouncedReturn, order: PlannedOrder, came: CameBack) -> dict[str, Any]:
    item = order.lines[(came.item or came.line) - 1]
    line_id = order.lines[came.line - 1].line_id
    read: dict[str, Any] = {}
    left = _left(warehouse, expected.order_id, line_id)
    if came.lot:
        lots = list(dict.fromkeys(part.lot for part in left if part.lot))
        read["lot"] = _nth(lots, came.lot, f"lots of line {line_id}")
    if came.serials:
        pieces = [serial for part in left for serial in part.serials or ()]
        read["serials"] = [_nth(pieces, number, f"pieces of line {line_id}") for number in came.serials]
    return {
        "lineId": line_id,
        "sku": item.sku,
        "quantity": quantity(came.quantity, came.uom or item.unit),
        "condition": came.condition,
        "disposition": came.disposition,
        **read,
    }


def _left(warehouse: Party, order_id: str, line_id: str) -> list[PackageItem]:
    """What left that warehouse of a line, in the order in which it did."""
    shipments = sorted(
        (each for each in warehouse.state.table(Shipment).values() if each.order_id == order_id),
        key=lambda each: (each.shipped_at, each.shipment_id),
    )
    packages = [package for shipment in shipments for package in shipment.packages]
    return [item for package in packages for item in package.items if item.line_id == line_id]


def _nth(known: list[str], number: int, what: str) -> str:
    if number > len(known):
        raise Refusal("not-found", f"{len(known)} {what} left, and number {number} is to come back")
    return known[number - 1]


def _received(warehouse: Party, expected: AnnouncedReturn, body: dict[str, Any]) -> ReturnReceipt:
    receipt: ReturnReceipt = ask(warehouse, "receiveReturn", body, order_id=expected.order_id, rmaId=expected.rma_id)
    return receipt

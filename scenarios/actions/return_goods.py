"""return-goods: goods come back at the warehouse and are inspected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec

from ...contracts.objects import AnnouncedReturn, ReturnReceipt
from ...simulators.party import Party
from ...simulators.refusal import Refusal
from ...simulators.world import World
from ..action import Action, actions
from ..people import ask
from ..plan import PlannedOrder


class CameBack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods in one condition: `quantity` in `uom` for the order's `line` (from 1). `item` is the line whose item came
    in its place.
    """

    quantity: int
    line: int = 1
    uom: str = "EA"
    condition: str = "good"
    disposition: str = "restock"
    item: int = 0


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
        body = {"lines": self._lines(orders[self.order], expected), "final": self.final}
        return _received(warehouse, expected, body)

    def _lines(self, order: PlannedOrder, expected: AnnouncedReturn) -> list[dict[str, Any]]:
        if not self.lines:
            good = {"condition": "good", "disposition": "restock"}
            return [
                {"lineId": line.line_id, "sku": line.sku, "quantity": msgspec.to_builtins(line.quantity), **good}
                for line in expected.lines
            ]
        return [
            {
                "lineId": order.lines[came.line - 1].line_id,
                "sku": order.lines[(came.item or came.line) - 1].sku,
                "quantity": {"value": str(came.quantity), "uom": came.uom},
                "condition": came.condition,
                "disposition": came.disposition,
            }
            for came in self.lines
        ]


def _received(warehouse: Party, expected: AnnouncedReturn, body: dict[str, Any]) -> ReturnReceipt:
    receipt: ReturnReceipt = ask(warehouse, "receiveReturn", body, order_id=expected.order_id, rmaId=expected.rma_id)
    return receipt

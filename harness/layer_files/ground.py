"""The orders that files are about: really placed, and really requested from the warehouses that speak in files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from ...scenarios.scenario import HandlingWish, LineWish, OrderWish, Scenario, Then
from ...simulators.warehouse.handling import Handling
from ...simulators.world import World

NAME = "files"
REGIONS = {"east": "east", "west": "west", "regional": "central"}  # where a warehouse's customers live
# What becomes of an order, as the end of its name: a customer's own number, of which it is a part, may have 22 letters.
SHIPS, GOES_ON, LAST = "S", "G", "L"
SHIPMENTS = 20  # orders of which the ship notice alone is tried
# They are closed short: what is taken for the usual, complete, is then wrong, and not right by chance.
ORDERED, SHIPPED = 9, 7
STOCK_DOCUMENTS = 6
LATE_H = 120.0  # when all the others are over
AUTHORIZED = "crossdock.return.authorized.v1"


def ground(warehouses: Iterable[str], capabilities: Iterable[str]) -> Scenario:
    """Of each warehouse: orders that are shipped short and never tracked; one whose parcel is tracked, some of which
    comes back, and whose item is counted and corrected; and one that is shipped when all that is over.
    """
    orders: dict[str, OrderWish] = {}
    actions: list[dict[str, Any]] = []
    handling: dict[str, HandlingWish] = {}
    for warehouse in warehouses:
        names = {kind: f"{warehouse}{kind}" for kind in (SHIPS, GOES_ON, LAST)}
        for kind, name in names.items():
            count = SHIPMENTS if kind == SHIPS else 1
            orders[name] = OrderWish(lines=(LineWish(quantity=ORDERED),), region=REGIONS[warehouse], count=count)
        handling[names[SHIPS]] = HandlingWish(ships=((SHIPPED,),))
        handling[names[LAST]] = HandlingWish(hold_h=LATE_H)
        actions += _afterwards(names[GOES_ON], warehouse, frozenset(capabilities))
    return Scenario(
        scenario=NAME,
        title="Orders that files are about",
        story="Every document that a warehouse puts out is another case of its guide or layout.",
        orders=orders,
        then=Then(invariants=()),
        warehouse=handling,
        actions=tuple(actions),
    )


def _afterwards(order: str, warehouse: str, capabilities: frozenset[str]) -> Iterable[dict[str, Any]]:
    if "stock" in capabilities:
        for number in range(1, STOCK_DOCUMENTS + 1):
            at = {"after_h": 4.0 + 8 * number, "order": order, "warehouse": warehouse}
            yield {"do": "adjust-stock", **at, "quantity": number, "reason": "found"}
            yield {"do": "take-snapshot", **at}
    if "returns" in capabilities:
        shipped = {"after_event": "crossdock.shipment.shipped.v1", "after_h": 30.0, "order": order}
        yield {"do": "request-return", **shipped, "quantities": [6]}
        for number in range(3):
            after = {"after_event": AUTHORIZED, "after_h": 12.0 + 6 * number, "order": order}
            yield {"do": "return-goods", **after, "lines": [{"quantity": 1 + number}]}


def fate(name: str) -> str:
    """Which of the three an order is, by its name."""
    return name.partition("-")[0][-1:]


def leave_untracked(world: World, placed: Mapping[str, str]) -> None:
    """Have no carrier tell of the parcels of those orders of which the ship notice alone is tried."""
    for name, order_id in placed.items():
        if fate(name) == SHIPS:
            for warehouse in world.warehouses:
                party = world.parties[warehouse]
                known = party.state.table(Handling).get(order_id, Handling())
                party.write("handling", {order_id: msgspec.structs.replace(known, journey=())})

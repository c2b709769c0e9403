"""Two warehouses in a world whose clock moves only when told."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from crossdock.contracts.identifiers import Sku
from crossdock.contracts.objects import PhysicalStock, Quantity
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.party import Cause
from crossdock.simulators.rules import Call
from crossdock.simulators.warehouse import GoodsReceipt, Handling, StockedItem, WarehouseSettings
from crossdock.simulators.world import World
from crossdock.tests.simulators.contract_channel import ContractChannel

CAST = {"east": "warehouse", "west": "warehouse"}
SHIP_TO = {
    "name": "Ada Byrne",
    "line1": "12 Canal Street",
    "city": "Albany",
    "region": "NY",
    "postalCode": "12207",
    "country": "US",
}


class Warehouse(ContractChannel):
    """A warehouse, its staff included."""

    def receive(
        self, sku: str, value: str | int, uom: str = "EA", *, lot: str | None = None, **item: Any
    ) -> PhysicalStock:
        """Put goods on the shelf; `item` says what is particular about them (see StockedItem)."""
        known = StockedItem(sku=Sku(sku), **item)
        body = GoodsReceipt(sku=Sku(sku), quantity=Quantity.of(value, uom), lot=lot, item=known)
        answer = self.party.perform("receiveGoods", Call(body), Cause("people"))
        assert isinstance(answer, PhysicalStock)
        return answer

    def handle(self, order_id: str, **how: Any) -> None:
        """Say how staff and carrier will treat the order's request."""
        self.party.write("handling", {order_id: Handling(**how)})

    def set(self, **fields: Any) -> None:
        """Change the warehouse's settings."""
        settings = self.party.state.table(WarehouseSettings)["settings"]
        self.party.write("settings", {"settings": msgspec.structs.replace(settings, **fields)})

    def request(self, fulfilment_id: str = "FF-1", *lines: tuple[str, str, str], **fields: Any) -> Any:
        """Ask for goods: lines are (lineId, sku, quantity with unit), as in ("1", "SKU-1", "10 EA")."""
        body = {
            "fulfilmentId": fulfilment_id,
            "revision": 1,
            "warehouseId": self.party.name,
            "orderId": "CO-1",
            "salesOrderId": "SO-1",
            "shipTo": SHIP_TO,
            "serviceLevel": "standard",
            "lines": [
                {"lineId": line_id, "sku": sku, "quantity": dict(zip(("value", "uom"), quantity.split(), strict=True))}
                for line_id, sku, quantity in lines or (("1", "SKU-1", "10 EA"),)
            ],
        }
        return self("createFulfilmentRequest", body | fields)

    def stock(self, sku: str = "SKU-1") -> dict[str, Decimal]:
        """The parts of a stock, and `onHand`."""
        (found,) = self("listInventory", sku=sku)["items"]
        parts = ("onHand", "available", "allocated", "onHold", "damaged")
        return {part: Decimal(found[part]["value"]) for part in parts}

    def shipments(self, fulfilment_id: str = "FF-1") -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self("listShipments", fulfilmentId=fulfilment_id)["items"]
        return items

    def status(self, fulfilment_id: str = "FF-1") -> str:
        status: str = self("getFulfilmentRequest", fulfilmentId=fulfilment_id)["status"]
        return status

    def pass_hours(self, hours: float) -> None:
        """Let business time pass, and everything that falls due in it happen."""
        clock = self.world.clock
        assert isinstance(clock, ManualClock)
        clock.advance(timedelta(hours=hours))
        assert self.world.errors == []


@pytest.fixture
def world() -> World:
    return World("test", ManualClock(), Ids("t1", 1), cast=CAST)


@pytest.fixture
def west(world: World) -> Warehouse:
    """A warehouse that keeps a check of fulfilment ids, with 100 SKU-1."""
    warehouse = Warehouse(world, "west")
    warehouse.receive("SKU-1", 100)
    return warehouse


@pytest.fixture
def east(world: World) -> Warehouse:
    """A warehouse that keeps no such check, with 100 SKU-1."""
    warehouse = Warehouse(world, "east")
    warehouse.receive("SKU-1", 100)
    return warehouse


@pytest.fixture
def shelves_close(world: World) -> Iterator[Callable[[], None]]:
    """Called at any moment, and once at the end: every stock is the sum of its parts, and none is below zero."""

    def check() -> None:
        for party in world.parties.values():
            for stock in party.state.table(PhysicalStock).values():
                parts = (stock.available, stock.allocated, stock.on_hold, stock.damaged)
                assert all(part.value >= 0 for part in parts), f"{party.name}: a part is below zero: {stock}"
                assert sum(part.value for part in parts) == stock.on_hand.value, f"{party.name}: {stock}"

    yield check
    check()

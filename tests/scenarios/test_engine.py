"""A plan carried out in a world in which nobody but people acts."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from crossdock.contracts.objects import (
    Account,
    Customer,
    InventoryAdjustment,
    Item,
    Order,
    PhysicalStock,
    ReturnReceipt,
    ReturnRequest,
    Shipment,
    UnannouncedReturn,
)
from crossdock.scenarios import plan
from crossdock.scenarios.engine import Engine
from crossdock.scenarios.people import ask
from crossdock.scenarios.plan import PlannedScenario
from crossdock.scenarios.scenario import HandlingWish, LineWish, OrderWish, Scenario, Then
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.erp.instructions import Instructions
from crossdock.simulators.ids import Ids
from crossdock.simulators.warehouse import Handling
from crossdock.simulators.world import World

START = "2026-03-02T08:00:00+00:00"


class Stage:
    """A world with one scenario about order A in it."""

    def __init__(self, *actions: dict[str, Any], **wish: Any) -> None:
        self.clock = ManualClock()
        self.world = World("test", self.clock, Ids("T", 1))
        self.engine = Engine(self.world)
        lines = wish.pop("lines", (LineWish(quantity=4),))
        ships = wish.pop("ships", ((1,) * len(lines),))
        scenario = Scenario(
            scenario="some-story",
            title="Some",
            story="It happens.",
            orders={"A": OrderWish(lines=lines, **wish)},
            warehouse={"A": HandlingWish(ships=ships)},
            actions=tuple({"order": "A", **action} for action in actions),
            then=Then(invariants=("E1",)),
        )
        self.planned: PlannedScenario = plan.draw([scenario], 1, "TEST", 1.0, START).scenarios[0]
        self.engine.prepare(self.planned)
        self.engine.strike(self.planned)

    def records(self, party: str, kind: type[Any]) -> list[Any]:
        return list(self.world.parties[party].state.table(kind).values())

    def pass_hours(self, hours: float) -> None:
        self.clock.advance(timedelta(hours=hours))
        assert self.world.errors == []

    @property
    def order_id(self) -> str:
        return self.engine.placed(self.planned)["A"]

    @property
    def sku(self) -> str:
        return self.planned.orders[0].lines[0].sku

    def shipped(self) -> None:
        """The CRM is shown the order as shipped, and the warehouse has shipped it."""
        told = {"status": "shipped", "asOf": START}
        ask(self.world.parties["crm"], "updateOrderStatus", told, orderId=self.order_id)
        order = ask(self.world.parties["crm"], "getOrder", orderId=self.order_id)
        request = {
            "fulfilmentId": "FF-1",
            "revision": 1,
            "warehouseId": "east",
            "orderId": self.order_id,
            "salesOrderId": "SO-1",
            "shipTo": dict(self.planned.orders[0].ship_to),
            "serviceLevel": "standard",
            "lines": [{"lineId": each.line_id, "sku": each.sku, "quantity": _each(4)} for each in order.lines],
        }
        ask(self.world.parties["east"], "createFulfilmentRequest", request)


def _each(value: int) -> dict[str, str]:
    return {"value": str(value), "uom": "EA"}


def test_a_scenario_begins_with_its_customer_items_and_stock_on_both_sides() -> None:
    stage = Stage()
    (account,), (customer,) = stage.records("crm", Account), stage.records("erp", Customer)
    assert (customer.customer_number, customer.account_id) == (account.customer_number, account.account_id)
    assert [item.sku for item in stage.records("erp", Item)] == [stage.sku]
    assert [stock.on_hand.value for stock in stage.records("east", PhysicalStock)] == [16]
    assert stage.engine.placed(stage.planned) == {"A": stage.order_id}


def test_an_item_without_stock_has_a_place_all_the_same() -> None:
    stage = Stage(
        {"do": "receive-stock", "after_h": 1, "warehouse": "west", "quantity": 5},
        lines=(LineWish(quantity=4, stock=0),),
    )
    stage.pass_hours(1)
    assert [stock.on_hand.value for stock in stage.records("west", PhysicalStock)] == [5]


def test_an_item_that_also_comes_in_cases_does_so_everywhere() -> None:
    stage = Stage(
        {"do": "adjust-stock", "after_h": 1, "warehouse": "east", "quantity": -1, "uom": "CA"},
        lines=(LineWish(quantity=4, case=12),),
    )
    stage.pass_hours(1)
    assert [stock.on_hand.value for stock in stage.records("east", PhysicalStock)] == [4]
    (correction,) = stage.records("east", InventoryAdjustment)
    assert str(correction.quantity) == "-1 CA"


def test_what_an_action_makes_is_not_there_before() -> None:
    stage = Stage(
        {"do": "create-customer", "after_h": 1},
        {"do": "create-item", "after_h": 2},
        {"do": "place-order", "after_h": 3},
        currency="EUR",
    )
    assert not stage.records("crm", Account)
    assert not stage.records("erp", Item)
    assert stage.engine.placed(stage.planned) == {}
    stage.pass_hours(2)
    assert [account.currency for account in stage.records("crm", Account)] == ["EUR"]
    assert not stage.records("erp", Customer), "the layer must bring it over"
    assert [price.currency for price in stage.records("erp", Item)[0].prices] == ["EUR", "USD"]
    assert not stage.records("east", PhysicalStock), "no warehouse has a place for it"
    stage.pass_hours(1)
    assert stage.world.parties["east"].state.table(Handling)[stage.order_id].shipments == ({"1": Decimal(1)},)


def test_people_wait_until_the_crm_shows_the_order_as_shipped() -> None:
    stage = Stage({"do": "request-return", "after_h": 1, "quantities": [3]})
    stage.pass_hours(5)
    assert not stage.records("crm", ReturnRequest)
    assert stage.engine.hopes == stage.engine.undone("some-story") != []
    stage.shipped()
    stage.pass_hours(1)
    (request,) = stage.records("crm", ReturnRequest)
    assert [str(line.quantity) for line in request.lines] == ["3 EA"]
    assert (stage.engine.actions_left, stage.engine.hopes, stage.engine.undone("some-story")) == (0, [], [])


def test_what_people_still_wait_for_is_no_work_of_the_world_but_was_not_done_either() -> None:
    stage = Stage({"do": "return-goods", "after_h": 1})
    stage.pass_hours(500)
    assert stage.engine.actions_left == 0, "the layer's time would never run out"
    (undone,) = stage.engine.undone("some-story")
    assert undone.startswith("return-goods on order A was refused: no warehouse was told of return number 1")


def test_goods_come_back_as_the_scenario_says_once_they_are_announced() -> None:
    lines = [{"quantity": 2}, {"quantity": 1, "item": 2, "condition": "wrongItem", "disposition": "quarantine"}]
    stage = Stage(
        {"do": "return-goods", "after_h": 1, "lines": lines, "final": True},
        lines=(LineWish(quantity=4), LineWish(quantity=4)),
    )
    stage.pass_hours(3)
    line = {"lineId": "1", "sku": stage.sku, "quantity": _each(3)}
    announced = {"rmaId": "RMA-1", "orderId": stage.order_id, "lines": [line]}
    ask(stage.world.parties["east"], "createReturn", announced)
    stage.pass_hours(1)
    first, second = stage.records("east", PhysicalStock)
    assert (first.available.value, second.on_hold.value) == (18, 1)
    assert ask(stage.world.parties["east"], "getReturn", rmaId="RMA-1").status == "received"


def test_what_comes_back_bears_the_lot_and_the_numbers_under_which_it_left() -> None:
    lines = [{"quantity": 2, "serials": [3, 1]}, {"line": 2, "quantity": 1, "lot": 2}]
    stage = Stage(
        {"do": "return-goods", "after_h": 60, "lines": lines},
        lines=(LineWish(quantity=4, tracked="serial"), LineWish(quantity=4, tracked="lot")),
        ships=(),
    )
    stage.shipped()
    stage.pass_hours(10)
    announced = [{"lineId": str(n), "sku": f"{stage.sku[:-1]}{n}", "quantity": _each(2)} for n in (1, 2)]
    ask(stage.world.parties["east"], "createReturn", {"rmaId": "R", "orderId": stage.order_id, "lines": announced})
    stage.pass_hours(60)
    (shipment,), (receipt,) = stage.records("east", Shipment), stage.records("east", ReturnReceipt)
    left = [item for package in shipment.packages for item in package.items]
    assert [item.lot for item in left] == [None, "LOT-A", "LOT-B"]
    assert receipt.lines[0].serials == (left[0].serials[2], left[0].serials[0])
    assert receipt.lines[1].lot == "LOT-B"


def test_a_lot_of_which_nothing_left_can_not_come_back() -> None:
    stage = Stage(
        {"do": "return-goods", "after_h": 60, "lines": [{"quantity": 1, "lot": 3}]},
        lines=(LineWish(quantity=4, tracked="lot"),),
        ships=(),
    )
    stage.shipped()
    line = {"lineId": "1", "sku": stage.sku, "quantity": _each(1)}
    ask(stage.world.parties["east"], "createReturn", {"rmaId": "R", "orderId": stage.order_id, "lines": [line]})
    stage.pass_hours(60)
    assert "2 lots of line 1 left, and number 3 is to come back" in stage.engine.undone("some-story")[0]


def test_what_is_sold_by_the_metre_is_kept_and_ordered_so_everywhere() -> None:
    stage = Stage(lines=(LineWish(quantity=2.375, unit="MTR"),))
    (item,), (order,) = stage.records("erp", Item), stage.records("crm", Order)
    assert (item.base_uom, str(order.lines[0].quantity)) == ("MTR", "2.375 MTR")
    assert [str(stock.on_hand) for stock in stage.records("east", PhysicalStock)] == ["9.5 MTR"]


def test_a_word_to_the_packers_is_on_file_at_the_erp() -> None:
    stage = Stage(instructions="Ring twice")
    (customer,) = stage.records("erp", Customer)
    assert stage.world.parties["erp"].state.table(Instructions)[customer.customer_number].text == "Ring twice"


def test_what_comes_after_something_that_was_put_off_keeps_its_distance() -> None:
    stage = Stage(
        {"do": "return-goods", "after_h": 1, "lines": [{"quantity": 1}]},
        {"do": "return-goods", "after_h": 4, "lines": [{"quantity": 2}]},
    )
    stage.pass_hours(8.5)
    line = {"lineId": "1", "sku": stage.sku, "quantity": _each(3)}
    announced = {"rmaId": "RMA-1", "orderId": stage.order_id, "lines": [line]}
    ask(stage.world.parties["east"], "createReturn", announced)
    came = []
    for _ in range(4):
        stage.pass_hours(1)
        came.append([str(each.lines[0].quantity) for each in stage.records("east", ReturnReceipt)])
    assert came == [["1 EA"], ["1 EA"], ["1 EA"], ["1 EA", "2 EA"]]


def test_goods_come_back_unannounced_only_where_they_were_shipped_from() -> None:
    stage = Stage({"do": "return-unannounced", "after_h": 100, "warehouse": "east"})
    stage.shipped()
    stage.pass_hours(100)
    assert [received.order_id for received in stage.records("east", UnannouncedReturn)] == [stage.order_id]


def test_customers_and_items_change_as_the_scenario_says() -> None:
    stage = Stage(
        {"do": "change-customer", "after_h": 1, "line1": "7 Harbour Road", "status": "blocked"},
        {"do": "change-item", "after_h": 1, "price": "13.20", "case": 6, "active": False},
    )
    stage.pass_hours(1)
    (account,), (item,) = stage.records("crm", Account), stage.records("erp", Item)
    assert (account.bill_to.line1, account.status) == ("7 Harbour Road", "blocked")
    assert (str(item.prices[0]), item.packs[0].quantity_per_base.value, item.active) == ("13.20 USD", 6, False)


@pytest.mark.parametrize("subject", ["account", "customer", "item", "place", "count"])
def test_whose_a_customer_an_item_or_a_count_is_is_known_to_the_faults(subject: str) -> None:
    stage = Stage({"do": "take-snapshot", "after_h": 1, "warehouse": "east"})
    stage.pass_hours(1)
    (account,) = stage.records("crm", Account)
    (snapshot,) = stage.world.parties["east"].feed.page(None, 9, frozenset({"crossdock.inventory.snapshot.v1"})).items
    known = {
        "account": account.account_id,
        "customer": account.customer_number,
        "item": stage.sku,
        "place": f"east/{stage.sku}",
        "count": snapshot.subject.rpartition("/")[2],
    }
    assert stage.engine.faults.subject_name(known[subject]) == ("some-story", "A")
    assert stage.engine.faults.subject_name(f"{known[subject]}x") is None

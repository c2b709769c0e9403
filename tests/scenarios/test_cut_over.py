"""A region goes over from one ERP to another in a scenario: what there is before, and what the layer is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from crossdock.contracts.objects import Customer, InventoryPosition, Item, PhysicalStock, SalesOrder
from crossdock.scenarios import plan
from crossdock.scenarios.engine import Engine
from crossdock.scenarios.erp_table import NOTE, ErpRow
from crossdock.scenarios.layer import NoLayer
from crossdock.scenarios.people import ask
from crossdock.scenarios.plan import PlannedOrder
from crossdock.scenarios.scenario import LineWish, OrderWish, Scenario, Then, action_of
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry
from crossdock.simulators.world import CAST, CLOUD_ERP, ERP, World

LITTLE = LineWish(quantity=4, stock=10)
START = "2026-03-02T08:00:00+00:00"


@dataclass
class Told(NoLayer):
    """A layer that takes the table."""

    tables: list[list[ErpRow]] = field(default_factory=list)

    async def set_erps(self, rows: Sequence[ErpRow]) -> None:
        self.tables.append(list(rows))


class Stage:
    """A world with two ERPs and a scenario for each region."""

    def __init__(self, layer: NoLayer, **regions: float) -> None:
        self.clock = ManualClock()
        self.world = World("test", self.clock, Ids("T", 1), cast={**CAST, CLOUD_ERP: "erp"})
        self.entries: list[Entry] = []
        self.world.journal.subscribe(self.entries.append)
        self.engine = Engine(self.world, layer=layer)
        scenarios = [
            Scenario(
                scenario=f"over-{region.lower()}",
                title="Some",
                story="It happens.",
                cut_over={region: after_h},
                orders={"A": OrderWish(lines=(LITTLE,), credit_limit=1, ship_to={"region": region})},
                then=Then(invariants=("E1",)),
            )
            for region, after_h in regions.items()
        ]
        self.planned = plan.draw(scenarios, 1, "TEST", 1.0, START).scenarios
        for planned in self.planned:
            self.engine.prepare(planned)

    def order(self) -> PlannedOrder:
        return self.planned[0].orders[0]


def test_both_erps_have_the_customer_the_item_and_a_stock_of_their_own_before() -> None:
    stage = Stage(Told(), FL=30)
    old, new = (stage.world.parties[name].state for name in (ERP, CLOUD_ERP))
    assert old.table(Customer) == new.table(Customer)
    assert old.table(Item) == new.table(Item)
    assert len(new.table(Item)) == len(new.table(Customer)) == 1
    booked = [each.on_hand.value for state in (old, new) for each in state.table(InventoryPosition).values()]
    assert booked == [10] * 4, "each ERP has ten in each warehouse"
    shelved = [
        stock.on_hand.value
        for name in stage.world.warehouses
        for stock in stage.world.parties[name].state.table(PhysicalStock).values()
    ]
    assert shelved == [20, 20], "and the shelves have what both have"


def test_nobody_is_told_of_the_load() -> None:
    stage = Stage(Told(), FL=30)
    told = [event.type for entry in stage.entries if entry.kind == "commit" for event in entry.detail.events]
    assert told.count("crossdock.item.changed.v1") == 1
    assert not [entry for entry in stage.entries if entry.party == CLOUD_ERP and entry.name == "createCustomer"]


def test_where_no_region_goes_over_the_second_erp_stays_empty() -> None:
    stage = Stage(Told())
    assert not stage.world.parties[CLOUD_ERP].state.table(Item)


async def test_the_layer_is_told_the_whole_table_each_time_and_the_journal_has_what_is_new() -> None:
    layer = Told()
    stage = Stage(layer, FL=30, GA=50)
    for planned in stage.planned:
        await stage.engine.announce(planned)
    florida = ErpRow("FL", CLOUD_ERP, stage.clock.now() + timedelta(hours=30))
    georgia = ErpRow("GA", CLOUD_ERP, stage.clock.now() + timedelta(hours=50))
    assert layer.tables == [[florida], [florida, georgia]]
    noted = [entry.detail["rows"][0]["region"] for entry in stage.entries if entry.name == NOTE]
    assert noted == ["FL", "GA"]


async def test_where_the_layer_does_not_take_it_the_scenario_was_not_played() -> None:
    stage = Stage(NoLayer(), FL=30)
    await stage.engine.announce(stage.planned[0])
    (why,) = stage.engine.undone("over-fl")
    assert why == "the layer did not take the table of ERPs: it takes no table of ERPs"
    assert not [entry for entry in stage.entries if entry.name == NOTE], "then nobody may be judged by it"


async def test_a_region_that_has_gone_over_when_the_layer_hears_of_it_has_gone_over_untold() -> None:
    class Slow(Told):
        async def set_erps(self, rows: Sequence[ErpRow]) -> None:
            stage.clock.advance(timedelta(hours=30))

    stage = Stage(Slow(), FL=30)
    await stage.engine.announce(stage.planned[0])
    (why,) = stage.engine.undone("over-fl")
    assert why == "the layer took the table of ERPs so late that FL had gone over by then"
    assert not [entry for entry in stage.entries if entry.name == NOTE]


async def test_accounting_finds_an_order_on_hold_in_whichever_erp_has_it() -> None:
    stage = Stage(Told(), FL=30)
    stage.engine.strike(stage.planned[0])
    order_id = stage.engine.placed(stage.planned[0])["A"]
    cloud = stage.world.parties[CLOUD_ERP]
    placed = ask(stage.world.parties["crm"], "getOrder", orderId=order_id)
    body = {
        "externalReference": order_id,
        "customerNumber": placed.customer_number,
        "currency": placed.currency,
        "shipTo": dict(stage.order().ship_to),
        "billTo": dict(stage.order().ship_to),
        "serviceLevel": "standard",
        "partialPolicy": "shipAvailable",
        "freight": {"amount": "9.50", "currency": "USD"},
        "lines": [
            {
                "lineId": line.line_id,
                "sku": line.sku,
                "quantity": {"value": "4", "uom": "EA"},
                "unitPrice": {"amount": line.unit_price, "currency": "USD"},
                "warehouseId": "east",
            }
            for line in stage.order().lines
        ],
    }
    held: SalesOrder = ask(cloud, "createSalesOrder", body)
    assert held.holds, "the customer's credit is small"
    release = action_of({"do": "release-hold", "after_h": 0, "order": "A"})
    release.perform(stage.world, {"A": stage.order()}, {"A": order_id})
    assert not cloud.state.table(SalesOrder)[held.sales_order_id].holds

"""Which warehouse ships."""

from decimal import Decimal

import pytest

from crossdock.examples.reference_layer.calls import Calls
from crossdock.examples.reference_layer.documents import Event, Knowledge, Line, Place, Quantity
from crossdock.examples.reference_layer.job import Job
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.ports import Response, Unreachable
from crossdock.examples.reference_layer.routing import NEAREST, Routing
from crossdock.examples.reference_layer.settings import WAREHOUSES
from crossdock.examples.reference_layer.store import Message
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.virtual import WAREHOUSES_WITH_AN_API, Scripted, Sent, VirtualTiming, answer, settings

ALBANY, FRESNO = Place(country="US", region="NY"), Place(country="US", region="CA")
PARIS = Place(country="FR")
Stock = dict[str, dict[str, int]]
PLENTY: Stock = {"east": {"A": 100, "B": 100}, "west": {"A": 100, "B": 100}}


def line(line_id: str, sku: str, quantity: int, uom: str = "EA") -> Line:
    return Line(line_id=line_id, sku=sku, quantity=Quantity(value=Decimal(quantity), uom=uom))


class World:
    """Answers what routing asks: availability at the ERP, capacity at each warehouse (None: it cannot be reached)."""

    def __init__(self, stock: Stock, free: dict[str, int | None] | None = None, limit: int = 100) -> None:
        self.stock, self.free, self.limit = stock, free or {}, limit

    def __call__(self, sent: Sent) -> Response:
        if "/availability" in sent.url:
            return answer(200, {"items": [self.position(w, s) for w in self.stock for s in self.stock[w]]})
        free = self.free.get(next(name for name in WAREHOUSES if name in sent.url), 50)
        if free is None:
            raise Unreachable
        return answer(200, {"free": free, "limit": self.limit})

    def position(self, warehouse: str, sku: str) -> dict[str, object]:
        available = {"value": str(self.stock[warehouse][sku]), "uom": "EA"}
        return {"warehouseId": warehouse, "sku": sku, "availableToPromise": available}


def job(calls: Calls) -> Job:
    event = Event(id="EV-1", source="/parties/crm", type="t", data={})
    message = Message(1, "crm", "EV-1", "CO-1", b"")
    return Job(message, event, Knowledge(), calls, WAREHOUSES_WITH_AN_API, Parts(), settings())


async def choice(
    make_calls: MakeCalls, world: World, to: Place, *lines: Line, service: str = "standard"
) -> dict[str, str]:
    return await Routing().choose(job(make_calls(Scripted(world))), to, service, list(lines))


@pytest.mark.parametrize(("to", "warehouse"), [(ALBANY, "east"), (FRESNO, "west")])
async def test_the_nearest_warehouse_ships_what_it_has(make_calls: MakeCalls, to: Place, warehouse: str) -> None:
    assert await choice(make_calls, World(PLENTY), to, line("1", "A", 5)) == {"1": warehouse}


async def test_where_none_is_near_the_one_with_more_stock_ships(make_calls: MakeCalls) -> None:
    stock = {"east": {"A": 10}, "west": {"A": 11}}

    assert await choice(make_calls, World(stock), PARIS, line("1", "A", 5)) == {"1": "west"}


async def test_a_whole_order_from_afar_is_better_than_a_split_one(make_calls: MakeCalls) -> None:
    stock = {"east": {"A": 10, "B": 0}, "west": {"A": 10, "B": 10}}
    chosen = await choice(make_calls, World(stock), ALBANY, line("1", "A", 5), line("2", "B", 5))

    assert chosen == {"1": "west", "2": "west"}


async def test_an_order_that_nobody_has_whole_is_split(make_calls: MakeCalls) -> None:
    stock = {"east": {"A": 10, "B": 0}, "west": {"A": 0, "B": 10}}
    chosen = await choice(make_calls, World(stock), ALBANY, line("1", "A", 5), line("2", "B", 5))

    assert chosen == {"1": "east", "2": "west"}


async def test_what_nobody_has_waits_at_the_nearest(make_calls: MakeCalls) -> None:
    assert await choice(make_calls, World({"east": {}, "west": {}}), FRESNO, line("1", "A", 5)) == {"1": "west"}


@pytest.mark.parametrize(("service", "warehouse"), [("standard", "west"), ("express", "east")])
async def test_the_last_places_of_a_warehouse_are_for_express_orders(
    make_calls: MakeCalls, service: str, warehouse: str
) -> None:
    world = World(PLENTY, free={"east": 9, "west": 50}, limit=100)

    assert await choice(make_calls, world, ALBANY, line("1", "A", 5), service=service) == {"1": warehouse}


async def test_a_full_warehouse_is_passed_over_unless_the_other_is_full_too(make_calls: MakeCalls) -> None:
    only_east_is_full = World(PLENTY, free={"east": 0})
    both_are = World(PLENTY, free={"east": 0, "west": 0})

    assert await choice(make_calls, only_east_is_full, ALBANY, line("1", "A", 5)) == {"1": "west"}
    assert await choice(make_calls, both_are, ALBANY, line("1", "A", 5)) == {"1": "east"}


async def test_a_warehouse_that_does_not_answer_now_keeps_its_orders(make_calls: MakeCalls) -> None:
    assert await choice(make_calls, World(PLENTY, free={"east": None}), ALBANY, line("1", "A", 5)) == {"1": "east"}


async def test_a_warehouse_that_has_been_out_of_reach_for_long_loses_them(
    make_calls: MakeCalls, timing: VirtualTiming
) -> None:
    calls = make_calls(Scripted(World(PLENTY, free={"east": None})))
    for _ in range(5):
        await calls.glance("east", "/v1/capacity", job(calls).trace)
    timing.now += 31

    assert await Routing().choose(job(calls), ALBANY, "standard", [line("1", "A", 5)]) == {"1": "west"}


async def test_an_order_in_packs_goes_where_there_is_any(make_calls: MakeCalls) -> None:
    stock = {"east": {"A": 0}, "west": {"A": 3}}

    assert await choice(make_calls, World(stock), ALBANY, line("1", "A", 5, "CA")) == {"1": "west"}


@pytest.mark.parametrize(
    ("stock", "free", "instead"),
    [
        (PLENTY, {}, "west"),
        ({"east": {"A": 100}, "west": {"A": 4}}, {}, None),
        (PLENTY, {"west": 0}, None),
    ],
)
async def test_a_refused_fulfilment_moves_only_to_who_can_ship_it_whole(
    make_calls: MakeCalls, stock: Stock, free: dict[str, int | None], instead: str | None
) -> None:
    calls = make_calls(Scripted(World(stock, free)))

    assert await Routing().instead_of(job(calls), "east", ALBANY, [line("1", "A", 5)]) == instead


def test_no_region_is_near_to_two_warehouses() -> None:
    near = [(c, r) for w in WAREHOUSES for c, regions in NEAREST[w].items() for r in regions.split()]

    assert len(near) == len(set(near))
    assert len([region for country, region in near if country == "US"]) >= 45

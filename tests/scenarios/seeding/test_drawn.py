"""What is drawn from a seed: the same each time, as the contracts have it, and in agreement with itself."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from crossdock.contracts.gs1 import has_valid_check_digit
from crossdock.contracts.objects import Account, Fulfilment, InventoryPosition, Item, Order, PhysicalStock, SalesOrder
from crossdock.contracts.validation import canonical
from crossdock.scenarios.seeding import customers, data_file, items
from crossdock.scenarios.seeding.countries import UnknownLocale, countries
from crossdock.scenarios.seeding.orders import NothingToOrder
from crossdock.scenarios.seeding.wish import Wish, fill
from crossdock.scenarios.seeding.world_data import WorldData
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.crm.order import SUBMITTED
from crossdock.simulators.world import World
from crossdock.tests.scenarios.seeding.conftest import Worlds

LOCALES = ("en_US", "de_DE", "ja_JP", "fr_FR", "pt_BR", "sv_SE", "en_GB")
WAREHOUSES = ("east", "west", "regional")
WISH = Wish(customers=6, items=12, stock=400, orders=3, under_way=3, locales=("en_US", "de_DE"))


def stated(world: World) -> dict[str, Any]:
    """Every record of every party, as JSON would have it."""
    tables = {name: party.state.tables() for name, party in world.parties.items()}
    return {
        name: {kind.__name__: msgspec.to_builtins(table) for kind, table in kinds.items()}
        for name, kinds in tables.items()
    }


def test_the_same_seed_gives_the_same_world(new_world: Worlds) -> None:
    first, second, other = new_world(), new_world(), new_world()

    fill(first, WISH, 7)
    fill(second, WISH, 7)
    fill(other, WISH, 8)

    assert stated(first) == stated(second)
    assert stated(first) != stated(other)


def test_a_customer_and_an_item_are_the_same_whatever_else_is_drawn() -> None:
    assert list(customers.draw([3], 7, LOCALES)) == list(customers.draw(range(1, 5), 7, LOCALES))[2:3]
    assert (
        list(items.draw([3], 7, ["USD"], 10, ["east"])) == list(items.draw(range(1, 5), 7, ["USD"], 10, ["east"]))[2:3]
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_drawn_keeps_the_form_of_a_data_file(locale: str) -> None:
    drawn = WorldData(
        customers=tuple(customers.draw(range(1, 30), 1, [locale])),
        items=tuple(items.draw(range(1, 30), 1, ["USD", "EUR", "JPY"], 50, WAREHOUSES)),
    )
    document = {name: _present(entries) for name, entries in msgspec.to_builtins(drawn).items()}

    assert data_file.form().errors({"crossdock": 1, **document}) == []


def _present(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what a file would leave out."""
    return [{name: _without_none(value) for name, value in entry.items() if value is not None} for entry in entries]


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_none(each) for name, each in value.items() if each is not None}
    if isinstance(value, (list, tuple)):
        return [_without_none(each) for each in value]
    return value


@pytest.mark.parametrize("country", sorted(countries()))
def test_every_place_of_a_country_makes_an_address(country: str) -> None:
    form = canonical("address")
    for city, region, postal_code in countries()[country].places:
        street = countries()[country].street.format(street="Canal Street", number=12)
        address = {"name": "A", "line1": street, "city": city, "region": region, "postalCode": postal_code}

        assert form.errors({**address, "country": country}) == [], city


def test_every_gtin_checks_and_is_given_once() -> None:
    drawn = list(items.draw(range(1, 200), 1, ["USD"], 0, WAREHOUSES))
    gtins = [gtin for item in drawn for gtin in (item.gtin, *(pack.gtin for pack in item.packs)) if gtin]

    assert len(gtins) == 3 * len(drawn)
    assert all(has_valid_check_digit(gtin) for gtin in gtins)
    assert len(set(gtins)) == len(gtins)


def test_the_books_agree_with_the_shelves(new_world: Worlds) -> None:
    world = new_world()
    fill(world, Wish(items=12, stock=50), 7)

    positions = world.parties["erp"].state.table(InventoryPosition).values()
    booked = {(each.warehouse_id, each.sku): each.on_hand for each in positions}
    shelves = [world.parties[name].state.table(PhysicalStock).values() for name in WAREHOUSES]
    lying = {(each.warehouse_id, each.sku): each.on_hand for shelf in shelves for each in shelf if each.on_hand.value}

    assert booked
    assert lying == booked


def test_orders_under_way_come_to_an_end_by_themselves(new_world: Worlds) -> None:
    world = new_world()
    fill(world, Wish(customers=8, items=12, stock=400, under_way=6), 7)
    clock = world.clock
    assert isinstance(clock, ManualClock)

    clock.advance(timedelta(days=20))

    fulfilments = [each for name in WAREHOUSES for each in world.parties[name].state.table(Fulfilment).values()]
    assert fulfilments
    assert {each.status for each in fulfilments} <= {"shipped", "delivered", "closed"}
    assert len(world.parties["crm"].state.table(Order)) == 6


def test_other_orders_are_left_to_the_layer(new_world: Worlds) -> None:
    world = new_world()
    fill(world, Wish(customers=3, items=5, orders=4), 7)

    orders = world.parties["crm"].state.table(Order).values()
    assert {order.status for order in orders} == {"submitted"}
    assert len(orders) == 4
    assert not world.parties["erp"].state.table(SalesOrder)


def test_quietly_entered_data_is_no_news(new_world: Worlds) -> None:
    world = new_world()
    fill(world, Wish(customers=3, items=5, orders=2), 7, quietly=True)

    assert world.parties["erp"].feed.page(None, 100).items == ()
    submitted = [event for event in world.parties["crm"].feed.page(None, 100).items if event.type == SUBMITTED]
    assert len(submitted) == 2


def test_a_world_with_few_parties_is_filled_as_far_as_they_go(new_world: Worlds) -> None:
    world = new_world({"crm": "crm"})
    fill(world, Wish(customers=3, items=5), 7)

    assert len(world.parties["crm"].state.table(Account)) == 3


def test_more_of_the_same_seed_does_not_come_again(new_world: Worlds) -> None:
    world = new_world()
    fill(world, Wish(customers=2, items=2), 7)
    fill(world, Wish(customers=2, items=2), 7)

    assert len(world.parties["crm"].state.table(Account)) == 4
    assert len(world.parties["erp"].state.table(Item)) == 4


@pytest.mark.parametrize("locale", ["de", "de_XX", "xx_DE", "", "DE_de"])
def test_a_locale_that_there_is_not_is_named(locale: str) -> None:
    with pytest.raises(UnknownLocale, match=repr(locale)):
        list(customers.draw([1], 1, [locale]))


@pytest.mark.parametrize(
    ("wish", "cast", "said"),
    [
        (Wish(orders=1), None, "no customer that could order"),
        (Wish(orders=1), {"crm": "crm"}, "orders need crm and erp"),
    ],
)
def test_orders_that_nobody_could_place_are_refused(
    wish: Wish, cast: dict[str, str] | None, said: str, new_world: Worlds
) -> None:
    world = new_world(cast) if cast else new_world()
    with pytest.raises(NothingToOrder, match=said):
        fill(world, wish, 1)

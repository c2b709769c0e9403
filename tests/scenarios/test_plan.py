"""A plan: the very orders of a run, out of scenarios and a seed."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from crossdock.contracts.validation import canonical
from crossdock.scenarios import plan
from crossdock.scenarios.plan import Plan, PlannedOrder
from crossdock.scenarios.scenario import LineWish, OrderWish, Scenario, Then, action_of, library

START = "2026-03-02T08:00:00+00:00"
SKU = canonical("identifiers#/$defs/Sku")
ADDRESS = canonical("address")
GIVEN = "Byrne Tools"  # a customer whom a scenario calls by name
DRAW = (
    "import sys; from crossdock.scenarios import plan; from crossdock.scenarios.scenario import library; "
    f"made = plan.draw(list(library().values()), 7, 'ABCD', 2.0, '{START}', 2); "
    "import pathlib; plan.write(made, pathlib.Path(sys.argv[1]))"
)


def scenario(orders: dict[str, OrderWish], name: str = "some-scenario") -> Scenario:
    return Scenario(scenario=name, title="Some", story="It happens.", orders=orders, then=Then(invariants=("E1",)))


def drawn(*scenarios: Scenario, seed: int = 7, mark: str = "ABCD", orders: int | None = None) -> Plan:
    return plan.draw(scenarios or tuple(library().values()), seed, mark, 2.0, START, orders)


def all_orders(made: Plan) -> list[PlannedOrder]:
    return [order for planned in made.scenarios for order in planned.orders]


def test_the_same_seed_gives_the_same_plan_byte_for_byte_in_any_process(tmp_path: Path) -> None:
    plan.write(drawn(orders=2), tmp_path / "here.yaml")
    for hash_seed in ("1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        subprocess.run(
            [sys.executable, "-c", DRAW, tmp_path / f"{hash_seed}.yaml"], env=environment, check=True, timeout=60
        )
    assert (
        (tmp_path / "1.yaml").read_bytes()
        == (tmp_path / "4242.yaml").read_bytes()
        == (tmp_path / "here.yaml").read_bytes()
    )


def test_another_seed_gives_other_people_prices_and_keys() -> None:
    one, other = all_orders(drawn(seed=7)), all_orders(drawn(seed=8))
    for name in ("customer", "ship_to", "reference"):
        same = [
            getattr(left, name)
            for left, right in zip(one, other, strict=True)
            if getattr(left, name) == getattr(right, name) != GIVEN
        ]
        assert len(same) <= 1, f"{name}: {same}"
    assert {order.lines[0].unit_price for order in one} != {order.lines[0].unit_price for order in other}


def test_another_mark_gives_other_keys_and_nothing_else() -> None:
    one, other = drawn(mark="ABCD"), drawn(mark="WXYZ")
    assert msgspec.json.encode(one).replace(b"ABCD", b"WXYZ") == msgspec.json.encode(other)
    assert not {order.reference for order in all_orders(one)} & {order.reference for order in all_orders(other)}


def test_a_scenario_is_planned_alike_whatever_is_planned_beside_it() -> None:
    alone = drawn(library()["split-shipment"]).scenarios[0]
    together = next(each for each in drawn().scenarios if each.scenario.scenario == "split-shipment")
    assert alone == together


def test_a_plan_that_was_written_is_read_as_it_was(tmp_path: Path) -> None:
    made = drawn(orders=3)
    plan.write(made, tmp_path / "plan.yaml")
    assert plan.load(tmp_path / "plan.yaml") == made


def test_a_plan_under_another_mark_is_the_one_that_would_have_been_drawn_for_it() -> None:
    assert plan.remarked(drawn(mark="ABCD", orders=2), "WXYZ") == drawn(mark="WXYZ", orders=2)


def test_what_is_no_plan_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("scenarios: 3\n", "utf-8")
    with pytest.raises(msgspec.ValidationError):
        plan.load(tmp_path / "plan.yaml")


@pytest.mark.parametrize("name", ["A", "AnOrderOfTwentyChars"])
def test_of_a_thousand_orders_every_key_is_its_own_and_short_enough(name: str) -> None:
    lines = (LineWish(quantity=1), LineWish(quantity=2))
    made = drawn(scenario({name: OrderWish(lines=lines), f"{name[:-1]}X": OrderWish(lines=lines)}), orders=1000)
    orders = all_orders(made)
    references = [order.reference for order in orders]
    assert len(set(references)) == len(references) == 2000
    assert max(map(len, references)) <= 30
    skus = {line.sku for order in orders for line in order.lines}
    assert len(skus) == 4, "orders of a kind share their items"
    for sku in skus:
        assert SKU.is_valid(sku), sku


def test_items_of_a_plan_are_never_shared_between_scenarios_or_lines() -> None:
    many = OrderWish(lines=tuple(LineWish(quantity=1) for _ in range(12)))
    made = drawn(
        scenario({"A": many, "A1": many}, "one-more"),
        *(scenario({"A": many}, f"o{number}-m{number}") for number in range(60)),
    )
    skus = [line.sku for order in all_orders(made) for line in order.lines]
    assert len(set(skus)) == len(skus)
    references = [order.reference for order in all_orders(made)]
    assert len(set(references)) == len(references)


def test_every_address_is_one_that_the_contracts_accept() -> None:
    for order in all_orders(drawn(orders=40)):
        assert not ADDRESS.errors(order.ship_to), order.ship_to
        user, _, _ = order.ship_to["email"].partition("@")
        assert user
        assert not user.startswith(".")
        assert not user.endswith(".")
        assert 0 < len(order.customer) <= 60


def test_there_is_stock_for_every_order_of_a_kind_unless_the_scenario_says_otherwise() -> None:
    wish = OrderWish(lines=(LineWish(quantity=3), LineWish(quantity=5, stock=2)), count=4)
    for order in all_orders(drawn(scenario({"A": wish}))):
        assert [(line.quantity, line.stock) for line in order.lines] == [(3, 3 * 4 * 4), (5, 2)]


def test_only_orders_of_which_there_is_one_are_multiplied() -> None:
    wishes = {"A": OrderWish(lines=(LineWish(quantity=1),)), "B": OrderWish(lines=(LineWish(quantity=1),), count=2)}
    assert [order.name for order in all_orders(drawn(scenario(wishes), orders=3))] == [
        "A-1",
        "A-2",
        "A-3",
        "B-1",
        "B-2",
    ]
    assert [order.name for order in all_orders(drawn(scenario(wishes)))] == ["A", "B-1", "B-2"]


def test_what_people_do_about_an_order_they_do_about_each_of_its_kind() -> None:
    (planned,) = drawn(library()["cancel-before-pick"], orders=3).scenarios
    assert [action_of(document).order for document in planned.scenario.actions] == ["A-1", "A-2", "A-3"]
    (single,) = drawn(library()["cancel-before-pick"]).scenarios
    assert [action_of(document).order for document in single.scenario.actions] == ["A"]


def test_the_warehouse_is_told_what_the_scenario_wishes() -> None:
    wishes = library()["duplicate-shipment-event"]
    (order,) = drawn(wishes).scenarios[0].orders
    assert plan.handling_of(wishes.warehouse["A"], order) == {"shipments": [{"1": "4"}, {"1": "2"}], "holdH": 0.0}
    named = library()["names-and-numbers"]
    handling = plan.handling_of(named.warehouse["A"], drawn(named).scenarios[0].orders[0])
    assert handling["carrier"]["name"] == "Économie Transport"
    failed = library()["delivery-failure"]
    (order,) = drawn(failed).scenarios[0].orders
    handling = plan.handling_of(failed.warehouse["A"], order)
    assert [step["code"] for step in handling["journey"]][-1] == "returning"
    assert [step["afterH"] for step in handling["journey"]] == sorted(step["afterH"] for step in handling["journey"])


def test_twins_differ_in_names_and_business_keys_alone() -> None:
    wish = OrderWish(lines=(LineWish(quantity=3), LineWish(quantity=1)), region="west", count=2)
    twins = msgspec.structs.replace(scenario({"A": wish, "B": wish}), twins=("A", "B"))
    (planned,) = drawn(twins).scenarios
    orders = {order.name: order for order in planned.orders}
    assert planned.twins == [("A-1", "B-1"), ("A-2", "B-2")]
    for one, other in planned.twins:
        left, right = orders[one], orders[other]
        assert left.reference != right.reference
        assert {line.sku for line in left.lines}.isdisjoint(line.sku for line in right.lines)
        assert [(line.unit_price, line.description) for line in left.lines] == [
            (line.unit_price, line.description) for line in right.lines
        ]
        for name in ("customer", "ship_to", "freight", "service", "partial", "credit_limit"):
            assert getattr(left, name) == getattr(right, name)

"""What a scenario is about, and what is judged of it."""

from typing import Any

import pytest

from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Terms
from crossdock.harness.judge import Judge
from crossdock.harness.ledgers import Ledgers
from crossdock.harness.master_data import CUSTOMER, ITEM
from crossdock.harness.scope import scope_of
from crossdock.harness.stock import Stock
from crossdock.scenarios import plan
from crossdock.scenarios.engine import Engine
from crossdock.scenarios.scenario import HandlingWish, LineWish, OrderWish, Scenario, Then
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World
from crossdock.tests.harness.histories import fold
from crossdock.tests.harness.records import sku
from crossdock.tests.harness.returning_styles import STORED

START = "2026-03-02T08:00:00+00:00"


def scenario(name: str, **order: Any) -> Scenario:
    return Scenario(
        scenario=name,
        title=name,
        story="It happens.",
        orders={"A": OrderWish(lines=(LineWish(quantity=4),), **order)},
        warehouse={"A": HandlingWish(ships=((1,),))},
        then=Then(invariants=("E1",)),
    )


def test_a_scenario_holds_its_own_orders_items_and_customers() -> None:
    world = World("test", ManualClock(), Ids("T", 1))
    engine = Engine(world)
    one, other = plan.draw([scenario("one"), scenario("other")], 1, "TEST", 1.0, START).scenarios
    for planned in (one, other):
        engine.prepare(planned)
        engine.strike(planned)

    own, strange = scope_of(one, engine), scope_of(other, engine)

    assert list(own.names.values()) == ["A"]
    (account,) = own.accounts
    (item,) = own.skus
    for key in ((CUSTOMER, account), (ITEM, item), ("east", item)):
        assert own.holds(key)
        assert not strange.holds(key)
    ledgers = Ledgers()
    ledgers.stocks[("east", item)] = Stock(ledgers.complaints)
    assert list(own.ledger_keys(ledgers)) == [("east", item)]
    assert list(strange.ledger_keys(ledgers)) == []


@pytest.mark.parametrize(
    ("claimed", "key", "judged"),
    [
        (set(), ("east", sku("1")), False),
        ({"stock"}, ("east", sku("1")), True),
        ({"stock"}, (ITEM, sku("1")), False),
        ({"master-data"}, (ITEM, sku("1")), True),
        ({"master-data"}, ("east", sku("1")), False),
    ],
)
def test_what_the_target_does_not_claim_is_not_held_against_it(
    claimed: set[str], key: tuple[str, str], judged: bool
) -> None:
    made: Fold = fold(f"{STORED} | adjust A1 east 1:-2 | item 1 hammer")
    judge = Judge(Terms(capabilities=frozenset(claimed), item_places=("east", "west")))

    outcomes = judge.ledger(made.ledgers, key)

    assert bool(outcomes) is judged
    assert any(outcome.missing for outcome in outcomes.values()) is judged, "nothing was booked or spread"


def test_of_what_the_ledgers_do_not_know_nothing_is_judged() -> None:
    judge = Judge(Terms(capabilities=frozenset({"stock", "master-data"})))
    assert judge.ledger(Ledgers(), ("east", "no-such-item")) == {}

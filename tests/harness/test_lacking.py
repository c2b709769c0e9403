"""Why a scenario can't be played with a target, or beside others."""

from crossdock.harness.lacking import shared_regions
from crossdock.scenarios import plan
from crossdock.scenarios.plan import PlannedScenario
from crossdock.scenarios.scenario import LineWish, OrderWish, Scenario, Then


def planned(name: str, region: str, **cut_over: float) -> PlannedScenario:
    scenario = Scenario(
        scenario=name,
        title="Some",
        story="It happens.",
        cut_over=cut_over,
        orders={"A": OrderWish(lines=(LineWish(quantity=1),), ship_to={"region": region})},
        then=Then(invariants=("E1",)),
    )
    return plan.draw([scenario], 1, "TEST", 1.0, "2026-03-02T08:00:00+00:00").scenarios[0]


FLORIDA, ALSO_FLORIDA = planned("florida", "FL", FL=30), planned("florida-again", "FL", FL=50)
ORDERED_THERE, GEORGIA = planned("sunshine", "FL"), planned("georgia", "GA", GA=30)


def test_regions_of_their_own_go_over_beside_each_other() -> None:
    assert list(shared_regions(FLORIDA, [FLORIDA, GEORGIA])) == []


def test_a_region_with_orders_of_others_can_not_go_over_beside_them() -> None:
    (why,) = shared_regions(FLORIDA, [FLORIDA, ALSO_FLORIDA, GEORGIA, ORDERED_THERE])
    assert why == ("FL would go over for florida-again, sunshine as well: run it by itself, or in another region")


def test_who_only_orders_there_is_played() -> None:
    assert list(shared_regions(ORDERED_THERE, [FLORIDA, ORDERED_THERE])) == []

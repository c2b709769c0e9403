"""A scenario that needs another world than the target's is told apart before it is played."""

from __future__ import annotations

from typing import Any

import pytest

from crossdock.scenarios.needs import unmet
from crossdock.scenarios.scenario import OrderWish, Scenario, Then, library

USUAL = {"east": "rest", "west": "rest"}
AFTER_COMMIT = {"fault": "no-answer", "operation": "createFulfilmentRequest"}


def scenario(region: str = "east", **more: Any) -> Scenario:
    orders = {"A": OrderWish(lines=(), region=region)}
    return Scenario(scenario="s", title="t", story="u", orders=orders, then=Then(invariants=("E1",)), **more)


@pytest.mark.parametrize(
    ("given", "warehouses", "told"),
    [
        (scenario(), USUAL, []),
        (scenario("central"), USUAL, ["the target has no warehouse regional"]),
        (scenario("central"), {**USUAL, "regional": "csv"}, []),
        (scenario(channels={"west": "rest"}), USUAL, []),
        (
            scenario(channels={"west": "x12"}),
            USUAL,
            ["the scenario is about west speaking x12, and the target's speaks rest"],
        ),
        (scenario(channels={"regional": "csv"}), USUAL, ["the target has no warehouse regional"]),
        (scenario(faults=({**AFTER_COMMIT, "party": "west"},)), USUAL, []),
        (
            scenario(faults=({**AFTER_COMMIT, "party": "west"},)),
            {"east": "rest", "west": "x12"},
            ["no-answer strikes rest, and the target's west speaks x12"],
        ),
        (scenario(faults=({**AFTER_COMMIT, "party": "erp"},)), {"west": "x12", "east": "x12"}, []),
        (
            scenario(
                actions=({"do": "receive-stock", "after_h": 1, "order": "A", "warehouse": "west", "quantity": 1},)
            ),
            {"east": "rest"},
            ["the target has no warehouse west"],
        ),
    ],
)
def test_what_the_target_lacks_is_said_in_words(given: Scenario, warehouses: dict[str, str], told: list[str]) -> None:
    assert unmet(given, warehouses) == told


def test_the_whole_library_can_be_played_with_all_warehouses_over_rest() -> None:
    everything = {"east": "rest", "west": "rest", "regional": "rest"}
    about_others = {name for name, each in library().items() if set(each.channels.values()) - {"rest"}}

    assert {name for name, each in library().items() if unmet(each, everything)} == about_others

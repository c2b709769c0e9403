"""Scenarios as documents."""

from __future__ import annotations

import msgspec
import pytest

from crossdock.harness.shrink.document import documents_of, scenario_of, size_of
from crossdock.scenarios import plan
from crossdock.scenarios.scenario import Scenario, library
from crossdock.simulators.clock import START

LIBRARY = library()


def planned(*scenarios: Scenario, orders: int | None = None) -> plan.Plan:
    return plan.draw(scenarios, 1, "ABCD", 1.0, START, orders)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_scenario_comes_back_as_it_was_under_an_id_of_its_own(name: str) -> None:
    (document,) = documents_of(planned(LIBRARY[name]))

    scenario = scenario_of(document)

    assert scenario == msgspec.structs.replace(LIBRARY[name], scenario=f"{name.replace('--', '-')}-minimal", tags=())
    assert documents_of(planned(scenario)) == [document]


def test_many_orders_of_a_kind_are_counted_and_what_is_done_about_each_is_there_once() -> None:
    (document,) = documents_of(planned(LIBRARY["return-whole"], orders=3))

    assert document["orders"]["A"]["count"] == 3
    assert len(document["actions"]) == 2
    assert {action["order"] for action in document["actions"]} == {"A"}
    assert size_of([document]).orders == 3


def test_a_long_id_stays_one() -> None:
    long = msgspec.structs.replace(LIBRARY["happy-path"], scenario="-".join(["abc"] * 15))

    (document,) = documents_of(planned(long))

    assert document["scenario"].endswith("abc-minimal")
    assert scenario_of(document) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"orders": {}},
        {"orders": {"A": {"lines": []}}},
        {"faults": [{"fault": "outage"}]},
        {"warehouse": {"Z": {"ships": [[1]]}}},
    ],
)
def test_what_can_not_be_a_scenario_is_none(wrong: dict[str, object]) -> None:
    (document,) = documents_of(planned(LIBRARY["happy-path"]))

    assert scenario_of({**document, **wrong}) is None


def test_sizes_are_told_in_words() -> None:
    assert str(size_of(documents_of(planned(LIBRARY["return-whole"])))) == (
        "1 scenario, 1 order, 2 lines, 2 actions, 0 faults"
    )

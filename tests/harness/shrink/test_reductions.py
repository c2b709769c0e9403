"""What can be made smaller about a scenario."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crossdock.harness.shrink.document import documents_of, scenario_of
from crossdock.harness.shrink.reductions import simpler, with_lines, with_orders, with_part
from crossdock.scenarios import plan
from crossdock.scenarios.scenario import library
from crossdock.simulators.clock import START

STORY: dict[str, Any] = {
    "scenario": "some-story",
    "title": "Some",
    "story": "It happens.",
    "orders": {
        "A": {"lines": [{"quantity": 4}, {"quantity": 5}, {"quantity": 6}]},
        "B": {"lines": [{"quantity": 1}]},
    },
    "warehouse": {"A": {"ships": [[4, 5, 6], [0, 0, 1]]}, "B": {"journey": "lost"}},
    "actions": [
        {"do": "request-return", "after_h": 9, "order": "A", "quantities": [1, 2, 3]},
        {
            "do": "return-goods",
            "after_h": 9,
            "order": "A",
            "lines": [{"quantity": 1}, {"quantity": 2, "line": 3, "item": 2}],
        },
        {"do": "adjust-stock", "after_h": 9, "order": "B", "warehouse": "east", "quantity": -1},
    ],
    "faults": [{"fault": "outage", "party": "east"}, {"fault": "timeout", "order": "B"}],
    "then": {"invariants": ["E1"]},
}


def test_an_order_goes_with_all_that_is_about_it_alone() -> None:
    smaller = with_orders(STORY, ["A"])

    assert list(smaller["orders"]) == list(smaller["warehouse"]) == ["A"]
    assert [action["do"] for action in smaller["actions"]] == ["request-return", "return-goods"]
    assert smaller["faults"] == [{"fault": "outage", "party": "east"}]


def test_the_last_of_the_faults_goes_with_the_word() -> None:
    assert with_part(STORY, "faults", STORY["faults"][:1])["faults"] == STORY["faults"][:1]
    assert "faults" not in with_part(STORY, "faults", [])


def test_a_line_goes_with_its_quantities_and_the_others_are_called_by_their_new_numbers() -> None:
    smaller = with_lines(STORY, "A", [1, 2])

    assert smaller["orders"]["A"]["lines"] == [{"quantity": 5}, {"quantity": 6}]
    assert smaller["warehouse"]["A"]["ships"] == [[5, 6], [0, 1]]
    assert smaller["actions"][0]["quantities"] == [2, 3]
    assert smaller["actions"][1]["lines"] == [{"quantity": 2, "line": 2, "item": 1}]
    assert smaller["actions"][2] == STORY["actions"][2]


def test_nothing_is_done_to_the_scenario_itself() -> None:
    before = json.dumps(STORY)

    list(simpler(STORY))
    with_lines(STORY, "A", [0])
    with_orders(STORY, ["B"])

    assert json.dumps(STORY) == before


@pytest.mark.parametrize("name", library())
def test_every_simpler_scenario_is_another_one_and_says_no_more(name: str) -> None:
    (document,) = documents_of(plan.draw([library()[name]], 1, "ABCD", 1.0, START))

    for smaller in simpler(document):
        assert smaller != document
        assert len(json.dumps(smaller)) <= len(json.dumps(document))


def test_simpler_ones_come_to_an_end() -> None:
    (document,) = documents_of(plan.draw([library()["return-in-cases"]], 1, "ABCD", 1.0, START))

    steps = 0
    while valid := next((smaller for smaller in simpler(document) if scenario_of(smaller) is not None), None):
        document, steps = valid, steps + 1

    assert steps > 2
    assert document["orders"]["A"]["lines"] == [{"quantity": 1}]

"""State machines as data: ours are whole, and what is wrong in one is told where it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crossdock.contracts.documents import FOLDER, load, resolve
from crossdock.contracts.state_machine import StateMachine, problems, state_machine, state_machines

MACHINES = state_machines()
SOUND: dict[str, Any] = {
    "stateMachine": "light",
    "title": "A light",
    "description": "On and off.",
    "keptBy": "crm",
    "of": {"$ref": f"{FOLDER}/canonical/v1/case-status.json"},
    "begins": ["new"],
    "steps": {"new": ["working", "closed"], "working": ["closed"], "closed": []},
}


def told(tmp_path: Path, **other: Any) -> list[tuple[str, str]]:
    document = tmp_path / "light.json"
    document.write_text(json.dumps({**SOUND, **other}))
    return [(error.place, error.problem) for error in problems(str(document))]


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_ours_are_whole_and_named_as_their_file(machine: StateMachine) -> None:
    assert list(problems(machine.document)) == []
    assert machine.document == f"states/v1/{machine.name}.json"


def test_every_value_of_a_status_stands_in_a_machine_that_is_of_it() -> None:
    values: dict[str, set[str]] = {}
    states: dict[str, set[str]] = {}
    for machine in MACHINES:
        target = resolve(load(machine.document)["of"]["$ref"], machine.document)
        place = f"{target.document}#{target.pointer}"
        values.setdefault(place, set(target.value["enum"]))
        states.setdefault(place, set()).update(machine.steps)
    assert states == values


def test_what_is_skipped_counts_as_ahead() -> None:
    order = state_machine("order")

    assert order.steps["accepted"] == ("released", "backordered", "cancelled")
    assert "delivered" in order.ahead("accepted")
    assert order.ahead("delivered") == frozenset()


def test_a_sound_machine_has_no_problems(tmp_path: Path) -> None:
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("other", "place", "problem"),
    [
        ({"steps": {"new": ["done"], "done": []}}, "/steps/done", "'done' is no value of the schema behind `of`"),
        ({"steps": {"new": ["working"]}}, "/steps/new", "'working' has no entry under `steps`"),
        ({"begins": ["escalated"]}, "/begins", "'escalated' has no entry under `steps`"),
        ({"skips": {"new": ["resolved"]}}, "/skips/new", "'resolved' has no entry under `steps`"),
        ({"steps": {"new": [], "closed": []}}, "/steps/closed", "nothing leads to 'closed'"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(other: dict[str, Any], place: str, problem: str, tmp_path: Path) -> None:
    assert any(at == place and problem in said for at, said in told(tmp_path, **other))

"""The schema that an editor completes and explains scenario files by."""

from typing import Any

import pytest

from crossdock.contracts import yaml_document
from crossdock.contracts.validation import Validator
from crossdock.scenarios.action import actions
from crossdock.scenarios.editor_schema import editor_schema
from crossdock.scenarios.fault import faults
from crossdock.scenarios.scenario import LIBRARY

EDITOR = Validator(editor_schema())


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_file_of_the_library_is_fine_as_it_was_written(path: Any) -> None:
    assert not EDITOR.errors(yaml_document.read(path.read_bytes()))


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("for_s: 2", "for_s: soon"),
        ("for_s: 2", "for_sec: 2"),
        ("fault: outage", "fault: outrage"),
        ("party: east, ", ""),
        ("quantity: 3", "quantity: ${quantity}x"),
        ("do: cancel-order", "do: cancel-orders"),
        ("reason: late", "reasons: late"),
    ],
)
def test_it_knows_the_parameters_of_faults_and_actions(good: str, bad: str) -> None:
    text = (
        "{scenario: mine, title: Mine, story: It happens., then: {invariants: [E1]}, "
        "orders: {A: {lines: [{quantity: 3}]}}, "
        "faults: [{fault: outage, party: east, begins_with: crossdock.fulfilment.released.v1, for_s: 2}], "
        "actions: [{do: cancel-order, order: A, after_h: 2, reason: late}]}"
    )
    assert good in text
    assert EDITOR.is_valid(yaml_document.read(text))
    assert not EDITOR.is_valid(yaml_document.read(text.replace(good, bad.replace("${quantity}x", '"${quantity}x"'))))


def test_it_describes_every_fault_and_action() -> None:
    properties = editor_schema()["properties"]
    for place, key, registry in (("faults", "fault", faults), ("actions", "do", actions)):
        items = properties[place]["anyOf"][0]["items"]
        known = items["properties"][key]["anyOf"][0]["oneOf"]
        assert {each["const"] for each in known} == set(registry)
        assert all(each["description"] for each in known)

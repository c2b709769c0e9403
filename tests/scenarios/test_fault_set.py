"""Fault sets: faults under a name, used by scenarios."""

from pathlib import Path

import pytest

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.scenarios import fault_set
from crossdock.scenarios.scenario import ScenarioError, read

SET = """\
fault_set: shaky
title: Shaky
story: The way to a party is bad.
parameters:
  party: {description: Whose.}
  for_s: {description: "Seconds.", default: 1.5}
faults:
  - {fault: outage, party: "${party}", begins_with: crossdock.fulfilment.released.v1, for_s: "${for_s}"}
  - {fault: no-answer, party: erp, operation: createInvoice}
"""
SCENARIO = """\
scenario: mine
title: Mine
story: It happens.
orders:
  A: {lines: [{quantity: 1}]}
  B: {lines: [{quantity: 1}]}
faults:
  - {fault: no-answer, party: erp, operation: createSalesOrder}
fault_sets:
  - {set: shaky, order: B, with: {party: east}}
  - {set: shaky, order: A, with: {party: west, for_s: 3}}
then: {invariants: [E1]}
"""


def written(folder: Path, text: str = SET) -> Path:
    (folder / "fault-sets").mkdir(exist_ok=True)
    (folder / "fault-sets" / "shaky.yaml").write_text(text, "utf-8")
    (folder / "mine.yaml").write_text(SCENARIO, "utf-8")
    return folder / "mine.yaml"


def test_the_faults_of_a_set_stand_behind_the_scenarios_own_with_what_it_says(tmp_path: Path) -> None:
    (scenario,) = read(written(tmp_path))
    shaky = {"fault": "outage", "begins_with": "crossdock.fulfilment.released.v1"}
    lost = {"fault": "no-answer", "party": "erp", "operation": "createInvoice"}
    assert scenario.faults == (
        {"fault": "no-answer", "party": "erp", "operation": "createSalesOrder"},
        {**shaky, "party": "east", "for_s": 1.5, "order": "B"},
        {**lost, "order": "B"},
        {**shaky, "party": "west", "for_s": 3, "order": "A"},
        {**lost, "order": "A"},
    )
    assert scenario.exclusive


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Shaky\n", "", "line 1, column 1: title: is missing"),
        (
            "${for_s}",
            "${for_h}",
            "faults.0.for_s: there is no parameter ${for_h}: did you mean for_s?",
        ),
        ('"${party}"', "east", "line 5, column 3: parameters.party: is used nowhere"),
        ("party: erp,", "party: erp, order: A,", "line 9, column 36: faults.1.order: is for the scenario to say"),
        ("fault_set: shaky", "fault_set: told-twice", "there is a fault set 'told-twice' already"),
        ("faults:", "faults: [", "this is not YAML"),
    ],
)
def test_a_set_that_is_wrong_is_refused_with_its_own_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = written(tmp_path, SET.replace(old, new, 1))
    with pytest.raises(ScenarioError) as refused:
        read(file)
    own = [each for each in refused.value.problems if each.startswith(str(tmp_path / "fault-sets"))]
    assert any(said in each for each in own), own


def test_a_broken_set_harms_no_scenario_that_uses_none(tmp_path: Path) -> None:
    file = written(tmp_path, "fault_set: [")
    text = SCENARIO.partition("fault_sets:")[0] + "then: {invariants: [E1]}\n"
    file.write_text(text, "utf-8")
    (scenario,) = read(file)
    assert len(scenario.faults) == 1


def test_the_example_of_the_schema_is_a_fault_set(tmp_path: Path) -> None:
    schema = documents.load(fault_set.SCHEMA)
    assert all(Validator(schema).is_valid(example) for example in schema["examples"])


@pytest.mark.parametrize("name", fault_set.library())
def test_every_set_of_the_library_is_told_in_a_story(name: str) -> None:
    each = fault_set.library()[name]
    assert (fault_set.LIBRARY / fault_set.FOLDER / f"{name}.yaml").is_file()
    assert each.title[-1] not in ".!"
    assert len(each.story) > 60

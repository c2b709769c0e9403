"""Scenario files: what is read from them, and what is said about one that is wrong."""

from pathlib import Path

import msgspec
import pytest

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.harness.invariant import invariants
from crossdock.scenarios.file_fault import ServerFault
from crossdock.scenarios.scenario import LIBRARY, Scenario, ScenarioError, action_of, fault_of, library, read
from crossdock.tests.harness.wrong_files import wrong_files

WRONG = wrong_files(Path(__file__).parent / "golden" / "wrong_scenarios.txt")
FILES = sorted(LIBRARY.glob("*.yaml"))


@pytest.mark.parametrize("what", WRONG)
def test_says_all_that_is_wrong_at_once_and_where(what: str, tmp_path: Path) -> None:
    text, expected = WRONG[what]
    file = tmp_path / "mine.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(ScenarioError) as refused:
        read(file)
    assert [line.replace(str(file), "{file}") for line in refused.value.problems] == expected


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"none\.yaml: can't be read: No such file or directory"):
        read(tmp_path / "none.yaml")
    (tmp_path / "picture.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    with pytest.raises(ScenarioError, match=r"line 1, column 1: this is not YAML: unreadable characters"):
        read(tmp_path / "picture.yaml")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_scenario_of_the_library_can_be_read_and_every_message_in_it_exists(file: Path) -> None:
    for scenario in read(file, invariants=list(invariants)):
        assert scenario.family == file.stem
        assert scenario == library()[scenario.scenario]
        assert scenario.title[-1] not in ".!", "a title is no sentence"
        assert len(scenario.story) > 60, "the story tells what happens and why it matters"
        struck = [fault_of(document) for document in scenario.faults]
        assert all(fault.named() if isinstance(fault, ServerFault) else fault.address() for fault in struck)
        assert all(action_of(document).order for document in scenario.actions)


def test_the_library_is_in_order_of_ids_and_begins_with_nothing_broken() -> None:
    ids = list(library())
    assert ids == sorted(ids)
    assert [name for name, scenario in library().items() if "baseline" in scenario.tags] == ["happy-path"]
    assert not library()["happy-path"].faults


def test_a_scenario_that_touches_more_than_its_own_orders_runs_alone() -> None:
    crashes = ("layer-crash", "consumer-crash")
    for_all = ("restart-layer", "expire-idempotency-keys", "upgrade-version")
    alone = {
        name
        for name, scenario in library().items()
        if any("begins_with" in fault or fault["fault"] in crashes for fault in scenario.faults)
        or any(action["do"] in for_all for action in scenario.actions)
    }
    assert {name for name, scenario in library().items() if scenario.exclusive} == alone


def test_the_example_of_the_schema_is_a_scenario(tmp_path: Path) -> None:
    schema = documents.load("harness/v1/scenario.json")
    for number, example in enumerate(schema["examples"]):
        assert Validator(schema).is_valid(example)
        (tmp_path / f"{number}.yaml").write_bytes(msgspec.json.encode(example))
        (scenario,) = read(tmp_path / f"{number}.yaml")
        assert scenario.scenario == example["scenario"]


def test_what_is_left_out_is_what_the_schema_says() -> None:
    described = documents.load("harness/v1/scenario.json")["properties"]
    places = {
        "orders": described["orders"]["additionalProperties"]["properties"],
        "warehouse": described["warehouse"]["additionalProperties"]["properties"],
    }
    kinds = {field.name: field.type.__args__[1] for field in msgspec.structs.fields(Scenario) if field.name in places}
    for name, properties in places.items():
        defaults = {field.name: field.default for field in msgspec.structs.fields(kinds[name])}
        assert set(defaults) == set(properties)
        said = {key: value["default"] for key, value in properties.items() if "default" in value}
        assert {key: defaults[key] for key in said} == said


def test_words_of_yaml_1_1_are_text(tmp_path: Path) -> None:
    text = (
        (FILES[0].parent / "happy-path.yaml")
        .read_text("utf-8")
        .replace("From quote to delivery, as it should be", "No")
    )
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    (scenario,) = read(tmp_path / "mine.yaml")
    assert scenario.title == "No"

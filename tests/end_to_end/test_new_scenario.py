"""crossdock new scenario: what it writes can be run as it stands."""

from pathlib import Path

import pytest

from crossdock.contracts import yaml_document
from crossdock.contracts.validation import Validator
from crossdock.harness.invariant import invariants
from crossdock.scenarios.scenario import read
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

REFERENCE = EXAMPLES / "reference_layer" / "target.yaml"


def test_what_it_writes_passes_on_the_reference_layer_as_it_stands(crossdock: Crossdock) -> None:
    made = crossdock("new", "scenario", "short-at-noon")
    assert made.code == 0, made.err
    assert made.out.splitlines() == [
        "short-at-noon.yaml",
        "next: crossdock run short-at-noon.yaml --target target.yaml",
    ]

    done = crossdock("run", "short-at-noon.yaml", "--virtual", "--target", REFERENCE, "--json")

    assert done.code == 0, done.out + done.err
    (scenario,) = done.result["scenarios"]
    assert scenario["id"] == "short-at-noon"
    assert all(fault["fired"] for fault in scenario["faults"])


def test_the_schema_that_its_first_line_names_is_there_and_accepts_it(crossdock: Crossdock, tmp_path: Path) -> None:
    crossdock("new", "scenario", "mine", "--file", "stories/noon.yaml")

    text = (tmp_path / "stories" / "noon.yaml").read_text("utf-8")
    first = text.splitlines()[0]
    schema = tmp_path / "stories" / first.partition("$schema=")[2]
    assert first.startswith("# yaml-language-server: $schema=")
    assert Validator(yaml_document.read(schema.read_bytes())).is_valid(yaml_document.read(text))


def test_what_it_leaves_in_comments_can_be_uncommented(crossdock: Crossdock, tmp_path: Path) -> None:
    crossdock("new", "scenario", "mine")
    file = tmp_path / "mine.yaml"
    lines = file.read_text("utf-8").splitlines()
    parts = ("# parameters:", "#   east:", "#   west:", "# actions:", "# fault_sets:", "#   - {")
    said = [line.removeprefix("# ") if line.startswith(parts) else line for line in lines]
    file.write_text("\n".join(said).replace("region: east, lines", 'region: "${region}", lines') + "\n", "utf-8")

    found = read(file, invariants=list(invariants))

    assert [scenario.scenario for scenario in found] == ["mine--east", "mine--west"]
    assert all(scenario.actions and len(scenario.faults) == 4 for scenario in found)


def test_a_file_that_is_there_is_not_touched(crossdock: Crossdock, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("precious\n", "utf-8")

    done = crossdock("new", "scenario", "mine")

    assert done.code == 2
    assert "mine.yaml is there already" in done.err
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "precious\n"


@pytest.mark.parametrize(("name", "said"), [("Short At Noon", "'short-at-noon'"), ("a--b", "'a-b'"), ("é", "'mine'")])
def test_what_is_no_id_is_refused_with_one_that_is(name: str, said: str, crossdock: Crossdock, tmp_path: Path) -> None:
    done = crossdock("new", "scenario", name)

    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert not list(tmp_path.iterdir())

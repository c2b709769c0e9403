"""crossdock contract check on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator
from crossdock.harness.cli import cli
from crossdock.tests.contracts.rules.planted import changed, sound


def crossdock(*words: str) -> Result:
    return CliRunner().invoke(cli, ["contract", "check", *words])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: apis/ with a sound document and one without a contact, and a file that is no contract."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "apis" / "sound.yaml", sound("v1/asyncapi.yaml"))
    put(tmp_path / "apis" / "orders.yaml", changed(sound("v1/openapi.yaml"), {"/info/contact": {}}))
    put(tmp_path / "apis" / "package.json", {"name": "apis"})
    return tmp_path


def put(file: Path, content: Any) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content, indent=1))


@pytest.mark.usefixtures("folder")
def test_findings_are_told_by_file_and_line_as_one_would_type_them() -> None:
    done = crossdock("apis")
    assert done.exit_code == 1
    assert done.stdout.startswith("apis/orders.yaml\n  7:3       error    does not say whom to ask  [contact]\n")
    assert "1 other file passed over" in done.stdout
    assert "FAIL: 1 error, 0 warnings, 1 note, 0 waived" in done.stdout


@pytest.mark.usefixtures("folder")
def test_a_sound_document_passes() -> None:
    done = crossdock("apis/sound.yaml")
    assert (done.exit_code, "PASS: 0 errors" in done.stdout) == (0, True)


def test_waivers_are_found_in_the_working_directory_beside_the_documents_and_where_they_are_named(folder: Path) -> None:
    waivers = {"waivers": [{"rule": "contact", "document": "apis/orders.yaml", "reason": "Nobody knows as yet."}]}
    for place in (folder / ".crossdock" / "waivers.yaml", folder / "apis" / "waivers.yaml"):
        put(place, waivers)
        assert crossdock("apis").exit_code == 0
        place.unlink()
    put(folder / "mine.yaml", waivers)
    assert crossdock("apis").exit_code == 1
    assert crossdock("apis", "--waivers", "mine.yaml").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_json_holds_to_its_schema_and_goes_into_a_file() -> None:
    done = crossdock("apis", "--json", "--output", "found.json")
    assert (done.exit_code, done.stdout) == (1, "")
    document = json.loads(Path("found.json").read_text())
    assert Validator(load("harness/v1/check-result.json")).errors(document) == []
    assert {each["file"] for each in document["documents"]} >= {"apis/orders.yaml", "apis/package.json"}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["sarif", "junit", "terminal", "json"])
def test_every_format_can_be_asked_for(form: str) -> None:
    done = crossdock("apis", "--format", form)
    assert done.exit_code == 1
    assert "apis/orders.yaml" in done.stdout


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.yaml"], "nowhere.yaml:1:1: there is no such file or folder"),
        (["apis", "--format", "sariff"], "did you mean 'sarif'?"),
        (["apis", "--waivers", "none.yaml"], "'none.yaml' does not exist"),
        (["empty"], "empty holds no contract, so there is nothing to check"),
        (["git:HEAD:apis"], "git"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(words: list[str], said: str) -> None:
    Path("empty").mkdir()
    done = crossdock(*words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_ours_are_checked_where_nothing_is_named(folder: Path) -> None:
    done = crossdock("--json")
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert len(document["documents"]) >= 60
    assert folder.exists()


def test_a_rule_can_be_listed_and_explained() -> None:
    listed = CliRunner().invoke(cli, ["list", "rules", "--json"])
    assert {"id": "no-basic", "title": "No HTTP Basic or Digest", "of": "contract"} in json.loads(listed.stdout)
    told = CliRunner().invoke(cli, ["explain", "rule", "no-basic"])
    assert told.stdout.startswith("no-basic  No HTTP Basic or Digest\n\nNobody calls with a name and a password")
    wrong = CliRunner().invoke(cli, ["explain", "rule", "no-basics"])
    assert (wrong.exit_code, "did you mean 'no-basic'?" in wrong.stderr) == (2, True)

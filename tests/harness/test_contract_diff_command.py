"""crossdock contract diff on the command line."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator
from crossdock.harness.cli import cli
from crossdock.tests.contracts.rules.planted import ABSENT, SOUND, changed, sound

API = sound("v1/openapi.yaml")
GONE = "/paths/~1orders~1{orderId}/patch"
RENAMED = "/paths/~1orders/get/operationId"


def crossdock(*words: str) -> Result:
    return CliRunner().invoke(cli, ["contract", "diff", *words])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with two versions of an API: an operation is gone from the new one."""
    monkeypatch.chdir(tmp_path)
    put("old/api.yaml", API)
    put("new/api.yaml", changed(API, {GONE: ABSENT}))
    return tmp_path


# A process reads a document once: what is written anew has a new name.
def put(file: str, content: Any) -> None:
    Path(file).parent.mkdir(exist_ok=True)
    Path(file).write_text(json.dumps(content, indent=1))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("old", "new"), [("old", "new"), ("old/api.yaml", "new/api.yaml")])
def test_two_folders_or_two_files_are_compared(old: str, new: str) -> None:
    done = crossdock(old, new)
    assert done.exit_code == 1
    assert "PATCH /orders/{orderId} is gone  [operation-removed]" in done.stdout
    assert "      old old/api.yaml:" in done.stdout
    assert "      new new/api.yaml:" in done.stdout
    assert f"{old} → {new}: 1 document compared" in done.stdout
    assert "FAIL: 1 change breaks somebody who keeps to the old version" in done.stdout


@pytest.mark.usefixtures("folder")
def test_what_breaks_nobody_passes() -> None:
    assert crossdock("old", "old").exit_code == 0
    done = crossdock("new", "old")
    assert (done.exit_code, "PATCH /orders/{orderId} is new" in done.stdout) == (0, True)


@pytest.mark.usefixtures("folder")
def test_which_level_fails_is_for_the_caller_to_say() -> None:
    put("renamed/api.yaml", changed(API, {RENAMED: "findOrders"}))
    assert crossdock("old", "renamed").exit_code == 0
    assert crossdock("old", "renamed", "--fail-on", "dangerous").exit_code == 1
    assert crossdock("old", "new", "--fail-on", "none").exit_code == 0


def test_a_revision_is_compared_with_what_is_being_written(folder: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "old"], check=True)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, "commit", "-qm", "One"], check=True)
    subprocess.run(["git", "tag", "written"], check=True)
    shutil.copy(folder / "new" / "api.yaml", folder / "old" / "api.yaml")
    done = crossdock("git:written:old", "old")
    assert done.exit_code == 1
    assert "[operation-removed]" in done.stdout
    assert "      old git:written:old/api.yaml:" in done.stdout
    assert "      new old/api.yaml:" in done.stdout


@pytest.mark.usefixtures("folder")
def test_json_holds_to_its_schema_and_markdown_goes_into_a_file() -> None:
    document = json.loads(crossdock("old", "new", "--json").stdout)
    assert Validator(load("harness/v1/diff-result.json")).errors(document) == []
    assert (document["exitCode"], document["old"], document["new"]) == (1, "old", "new")
    done = crossdock("old", "new", "--format", "markdown", "--output", "comment.md")
    assert (done.exit_code, done.stdout) == (1, "")
    assert Path("comment.md").read_text("utf-8").startswith("### ✕ Contracts: 1 change breaks somebody")


@pytest.mark.usefixtures("folder")
def test_a_change_names_the_consumers_whose_pacts_it_hits_and_those_that_it_does_not() -> None:
    put("unread/api.yaml", changed(API, {"/paths/~1orders~1{orderId}/get": ABSENT}))
    pact = str(SOUND / "v1" / "pact.json")
    assert "hits layer (an order is read)" in crossdock("old", "unread", "--pact", pact).stdout
    assert "hits none of layer" in crossdock("old", "new", "--pact", pact).stdout
    assert "hits" not in crossdock("old", "new").stdout.partition("next:")[0]


@pytest.mark.usefixtures("folder")
def test_waivers_are_found_in_the_working_directory_and_where_they_are_named() -> None:
    waiver = {"rule": "operation-removed", "document": "new/api.yaml", "reason": "Nobody has used it for a year."}
    put("mine.yaml", {"waivers": [waiver]})
    assert crossdock("old", "new").exit_code == 1
    done = crossdock("old", "new", "--waivers", "mine.yaml")
    assert (done.exit_code, "1 waived" in done.stdout) == (0, True)
    put(".crossdock/waivers.yaml", {"waivers": [waiver]})
    assert crossdock("old", "new").exit_code == 0
    put("misspelt.yaml", {"waivers": [{**waiver, "rule": "operation-remove"}]})
    done = crossdock("old", "new", "--waivers", "misspelt.yaml")
    assert done.exit_code == 2
    assert done.stderr.startswith("misspelt.yaml:4:4: there is no rule operation-remove; expected operation-removed\n")


@pytest.mark.usefixtures("folder")
def test_schemas_are_judged_the_way_that_was_asked_for() -> None:
    order = sound("v1/order.json")
    put("a.json", order)
    put("b.json", changed(order, {"/required": ABSENT}))
    assert crossdock("a.json", "b.json").exit_code == 1
    assert crossdock("a.json", "b.json", "--direction", "taken").exit_code == 0
    assert crossdock("a.json", "b.json", "--direction", "given").exit_code == 1


@pytest.mark.usefixtures("folder")
def test_how_long_before_its_end_something_must_be_told_can_be_said() -> None:
    end = {"/paths/~1orders/get/deprecated": True, "/paths/~1orders/get/x-sunset": "2999-01-01"}
    put("ending/api.yaml", changed(API, end))
    assert crossdock("old", "ending").exit_code == 0
    assert crossdock("old", "ending", "--notice-days", "999999").exit_code == 1


UNUSABLE: dict[str, tuple[str | bytes, str]] = {
    "no JSON": ('{"openapi": "3.1.0",\n', "bad.json:2:1: not readable as JSON"),
    "no YAML": ("openapi: [3.1.0\n", "bad.yaml:2:1: not readable as YAML"),
    "not UTF-8": (b"openapi: \xff\n", "bad.yaml:1:"),
    "nothing": ("", "bad.yaml:1:1:"),
    "deep": ("{a: " * 5000 + "1" + "}" * 5000, "levels deep"),
    "a circle": (
        '{"$schema": "https://json-schema.org/draft/2020-12/schema",\n "$ref": "#"}',
        "bad.json:2:2: the reference '#' leads back to itself",
    ),
    "a wrong shape": ('{"openapi": "3.1.0",\n "info": 1, "paths": {}}', "bad.json:2:2: is 1; expected an object"),
    "an address": (
        '{"$schema": "https://json-schema.org/draft/2020-12/schema",\n "$ref": "https://example.com/a.json"}',
        "bad.json:2:2: refers to https://example.com/a.json, which would have to be fetched",
    ),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("what", UNUSABLE)
@pytest.mark.parametrize("side", [0, 1])
def test_an_unusable_document_ends_with_2_and_says_where_and_why(what: str, side: int) -> None:
    content, said = UNUSABLE[what]
    name = "bad.yaml" if "yaml" in said or what == "deep" else "bad.json"
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    words = [name, "old/api.yaml"]
    done = crossdock(*(words if side == 0 else words[::-1]))
    assert done.exit_code == 2, done.stdout
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.usefixtures("folder")
def test_nothing_to_compare_is_no_pass() -> None:
    Path("notes.txt").write_text("not a contract\n")
    Path("nothing").mkdir()
    for words in (["notes.txt", "notes.txt"], ["nothing", "nothing"]):
        done = crossdock(*words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{words[0]}: there is no contract of a known kind in it" in done.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["old"], "Missing argument 'NEW'"),
        (["old", "nowhere"], "nowhere:1:1: there is no such file or folder"),
        (["git:nowhere:old", "new"], "git knows no revision nowhere here"),
        (["old", "new", "--format", "markdwon"], "did you mean 'markdown'?"),
        (["old", "new", "--pact", "new/api.yaml"], "expected a pact"),
        (["old", "new", "--pact", "none.json"], "'none.json' does not exist"),
        (["old", "new", "--notice-days", "-1"], "-1 is not in the range"),
        (["old", "new", "--fail-on", "all"], "'all' is not one of"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(words: list[str], said: str) -> None:
    done = crossdock(*words)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_a_rule_of_changes_can_be_listed_and_explained() -> None:
    listed = CliRunner().invoke(cli, ["list", "rules", "--json"])
    assert {"id": "field-added", "title": "There is a new field", "of": "change"} in json.loads(listed.stdout)
    told = CliRunner().invoke(cli, ["explain", "rule", "field-added"])
    assert told.stdout.startswith("field-added  There is a new field\n\nAn object has a new field that may be absent.")
    assert told.stdout.endswith("Compatible where it is taken and compatible where it is given.\n")

"""crossdock contract test on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator
from crossdock.harness.cli import cli
from crossdock.harness.provider.own import CLIENT, OwnProvider

CAPACITY = ("--party", "warehouse", "--operation", "getCapacity")
REFERENCE = Path(__file__).parents[2] / "examples" / "reference_layer" / "target.yaml"
NOBODY = "http://127.0.0.1:9/v1"


def crossdock(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, ["contract", "test", *words], env=environment)


def test_a_simulator_is_tried_when_no_provider_is_named(tmp_path: Path) -> None:
    report = tmp_path / "result.json"
    done = crossdock(*CAPACITY, "--report", str(report))

    assert done.exit_code == 0, done.output
    assert "PASS: 1 of 1 operation called" in done.stdout
    document = json.loads(report.read_text())
    assert Validator(load("harness/v1/provider-result.json")).errors(document) == []
    assert document["providers"][0]["provider"] == "east"


def test_a_provider_elsewhere_is_called_as_the_client_that_the_environment_names() -> None:
    with OwnProvider("warehouse", 1).served() as there:
        us = {"CROSSDOCK_CLIENT_ID": CLIENT.id, "CROSSDOCK_CLIENT_SECRET": CLIENT.secret}
        done = crossdock("--provider", there.url, *CAPACITY, **us)
        stranger = crossdock("--provider", there.url, *CAPACITY, **us | {"CROSSDOCK_CLIENT_SECRET": "wrong"})

    assert done.exit_code == 0, done.output
    assert "foreign-token, A token of another tenant opens nothing: no token of another tenant was given" in done.stdout
    assert (stranger.exit_code, "answered 401 to client 'layer'" in stranger.stderr) == (2, True)


def test_without_credentials_everything_that_needs_them_is_told_as_broken() -> None:
    with OwnProvider("warehouse", 1).served() as there:
        done = crossdock("--provider", there.url, *CAPACITY, "--json")

    # Nothing was served, so nothing could be tried: an answer of 401 to everything is no pass.
    test = json.loads(done.stdout)["providers"][0]
    assert (done.exit_code, test["verdict"]) == (3, "NOT_EXERCISED")


def test_a_provider_that_does_not_answer_is_inconclusive() -> None:
    us = {"CROSSDOCK_CLIENT_ID": CLIENT.id, "CROSSDOCK_CLIENT_SECRET": CLIENT.secret}
    done = crossdock("--provider", NOBODY, *CAPACITY, **us)

    assert (done.exit_code, "the provider gives no answer" in done.stderr) == (3, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--provider", NOBODY), "--provider needs one --party"),
        (("--party", "layer"), "--party layer needs --provider"),
        (("--operation", "getCapacity"), "--operation needs one --party"),
        (("--party", "warehouse", "--operation", "getCapasity"), "did you mean 'getCapacity'?"),
        (("--report", "result.doc"), "it must end in .json, .xml, .txt"),
        (("--format", "jsn"), "did you mean 'json'?"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_say(words: tuple[str, ...], told: str) -> None:
    done = crossdock(*words)
    assert (done.exit_code, told in done.stderr) == (2, True), done.stderr


def test_a_layer_is_started_from_its_target_and_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    har = tmp_path / "calls.har"
    done = crossdock("--provider", str(REFERENCE), "--operation", "drain", "--har", str(har))

    assert done.exit_code == 0, done.output
    assert "PASS: 1 of 1 operation called" in done.stdout
    assert {entry["request"]["method"] for entry in json.loads(har.read_bytes())["log"]["entries"]} >= {"POST"}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--provider", "there-is-none.yaml"), 2, "there-is-none.yaml: there is no such file"),
        (("--provider", str(REFERENCE), "--party", "crm"), 2, "--party says layer or nothing"),
        (("--provider", str(REFERENCE), "--operation", "dran"), 2, "did you mean 'drain'?"),
    ],
)
def test_a_layer_that_cannot_be_meant_is_refused(words: tuple[str, ...], code: int, told: str) -> None:
    done = crossdock(*words)
    assert (done.exit_code, told in done.stderr) == (code, True), done.stderr

"""crossdock contract coverage on the command line, over a small run."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator
from crossdock.harness.cli import cli
from crossdock.simulators.channels.http.app import PartyApp
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World
from crossdock.tests.simulators.http.in_process import call

CASE = {"category": "integrationError", "subject": "a message cannot be processed"}
# An interchange that ends after its header.
CUT = b"ISA*00*          *00*          *ZZ*WEST           *ZZ*CROSSDOCK      *260302*0800*U*00401*000000001*0*P*>~"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run in which the layer has opened a case, asked for it wrongly, and for what there is not."""
    with (tmp_path / "journal.ndjson").open("wb") as sink:
        world = World("test", ManualClock(datetime(2026, 3, 2, 8, tzinfo=UTC)), Ids("7K3F", 1), sink=sink)
        world.register_client("crm", "layer", "s3cret", ("crm.read", "crm.write"))
        token = world.parties["crm"].access.issue("layer", "s3cret", frozenset(), 0).value
        app = PartyApp(world, world.parties["crm"])
        us = [(b"authorization", f"Bearer {token}".encode()), (b"content-type", b"application/json")]
        assert call(app, "POST", "/v1/cases", b"", us, json.dumps(CASE).encode())[0] == 201
        assert call(app, "GET", "/v1/cases", b"limit=0", us, b"")[0] == 400
        assert call(app, "GET", "/v1/secrets", b"", us, b"")[0] == 404
        assert isinstance(world.clock, ManualClock)
        world.clock.advance(timedelta(seconds=1))
        world.journal.flush()
    return tmp_path


def crossdock(*words: str) -> Result:
    return CliRunner().invoke(cli, ["contract", "coverage", *words])


def parts(document: Any, part: str) -> dict[str, Any]:
    return {each["kind"]: each for each in document["parts"] if (each["contract"], each["part"]) == ("crm", part)}


def test_what_the_run_saw_is_told_apart_from_what_it_never_saw(run: Path) -> None:
    done = crossdock(str(run), "--json")
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert Validator(load("harness/v1/coverage-result.json")).errors(document) == []

    created, listed, read = (parts(document, name) for name in ("createCase", "listCases", "getCase"))
    assert created["operation"]["seen"] == {"createCase": 1}
    assert created["status"]["seen"] == {"201": 1}
    assert "request /subject" in created["field"]["seen"]
    assert "request /orderId" in created["field"]["unseen"]
    assert "answer /caseId" in created["field"]["seen"]
    assert "request /category = integrationError" in created["value"]["seen"]
    assert (listed["status"]["seen"], listed["parameter"]["seen"]) == ({"400": 1}, {"limit": 1})
    assert (read["operation"].get("seen"), read["operation"]["unseen"]) == (None, ["getCase"])
    assert document["beside"] == {"crm: GET /v1/secrets": 1}


def test_the_terminal_names_what_was_never_driven(run: Path) -> None:
    done = crossdock(str(run))
    assert "  operations                2 of 38      5 %" in done.stdout
    assert "in no contract: crm: GET /v1/secrets, 1 time" in done.stdout
    assert "never exchanged: 214, 824" in done.stdout


def test_the_page_has_every_part_and_needs_nothing_else(run: Path, tmp_path: Path) -> None:
    page = tmp_path / "coverage.html"
    assert crossdock(str(run), "--format", "html", "--output", str(page)).exit_code == 0
    text = page.read_text()
    assert "<code>createCase</code>" in text
    assert "<summary class=none><code>getCase</code> never driven</summary>" in text
    assert "http" not in text.replace("http-equiv", "")


def test_a_file_shows_what_can_be_read_of_it(run: Path) -> None:
    folder = run / "files" / "west"
    folder.mkdir(parents=True)
    (folder / "cut.edi").write_bytes(CUT)
    (folder / "noise.csv").write_bytes(b"\x00\x01 nothing of ours")
    assert crossdock(str(run)).exit_code == 0


def test_a_folder_without_a_journal_is_refused(tmp_path: Path) -> None:
    done = crossdock(str(tmp_path))
    assert (done.exit_code, "holds no journal.ndjson" in done.stderr) == (2, True)

"""`crossdock simulate --from-contract`: any OpenAPI document, served."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from crossdock.tests.end_to_end.conftest import Crossdock
from crossdock.tests.end_to_end.simulated import simulated
from crossdock.tests.simulators.generic.conftest import PETS


def test_any_openapi_document_is_served(tmp_path: Path) -> None:
    file = tmp_path / "pets.yaml"
    file.write_text(PETS)
    with simulated("--from-contract", file, "--seed", "3", "--items", "2", folder=tmp_path) as running:
        done = subprocess.run(running.offer["try"][0], shell=True, capture_output=True, text=True, check=True)
        assert json.loads(done.stdout)["total"] == 2
        url = f"{running.offer['url']}/pets"
        assert running.ask("POST", url, {"name": "Ada"})[0] == 201
        assert running.ask("GET", f"{url}/3")[1]["name"] == "Ada"
        assert running.ask("POST", url, {})[0] == 422
        assert running.stop() == (0, "crossdock: stopped\n")


def test_a_mock_begins_anew_when_its_document_changes(tmp_path: Path) -> None:
    file = tmp_path / "pets.yaml"
    file.write_text(PETS)
    with simulated("--from-contract", file, "--reload", folder=tmp_path) as running:
        file.write_text(PETS.replace("title: Pets", "title: Cats"))
        assert json.loads(running.line())["title"] == "Cats"
        assert running.stop()[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from-contract", "nowhere.yaml"], "nowhere.yaml:1:1: there is no such file"),
        (["--from-contract", "nowhere.yaml", "crm"], "leave crm out"),
        (["--from-contract", "nowhere.yaml", "--state", "s"], "leave --state out"),
        (["--from-contract", "nowhere.yaml", "--customers", "1"], "leave --customers out"),
    ],
)
def test_a_document_that_can_not_be_served_is_told(words: list[str], said: str, crossdock: Crossdock) -> None:
    done = crossdock("simulate", "--port", "0", *words)

    assert done.code == 2, done.out + done.err
    assert said in " ".join(done.err.split())

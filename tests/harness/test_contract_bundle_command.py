"""crossdock contract bundle: one file for readers that follow no references."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crossdock.contracts.document_set import ours
from crossdock.contracts.documents import load
from crossdock.harness.cli import cli

APIS = [document for document in ours().documents if "openapi" in load(document) and "paths" in load(document)]


def bundle(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["contract", "bundle", *map(str, words)])


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            if key == "$ref" and isinstance(below, str):
                yield below
            yield from references(below)
    elif isinstance(value, list):
        for below in value:
            yield from references(below)


@pytest.mark.parametrize("document", APIS)
def test_a_bundle_refers_to_nothing_outside_of_itself(document: str, tmp_path: Path) -> None:
    done = bundle(document, "--out", tmp_path / "api.json")
    api = json.loads((tmp_path / "api.json").read_text("utf-8"))

    assert (done.exit_code, done.output) == (0, "")
    assert api["paths"].keys() == load(document)["paths"].keys()
    assert all(each.removeprefix("#/components/schemas/") in api["components"]["schemas"] for each in references(api))


def test_a_file_of_ones_own_is_bundled_with_what_stands_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pet.json").write_text('{"type": "object", "properties": {"name": {"type": "string"}}}')
    (tmp_path / "api.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\ncomponents: {schemas: {Pet: {$ref: pet.json}}}\n"
    )
    done = bundle("api.yaml")

    assert done.exit_code == 0
    assert "$ref" not in json.dumps(json.loads(done.stdout)["components"]["schemas"]["Pet"]["properties"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.yaml"], "nowhere.yaml:1:1: there is no such file"),
        (["events/v1/asyncapi.yaml"], "expected an OpenAPI document"),
        (["erp/v1/openapi.yaml", "--out", "nowhere/erp.json"], "can't be written: No such file or directory"),
    ],
)
def test_what_can_not_be_bundled_is_wrong_usage(words: list[str], said: str) -> None:
    done = bundle(*words)

    assert done.exit_code == 2
    assert said in done.stderr

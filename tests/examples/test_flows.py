"""The flows of the layer in Node-RED, and the patches that break them: readable without Node.js."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LAYER = EXAMPLES / "node_red_layer"
NODES: list[dict[str, Any]] = json.loads((LAYER / "flows.json").read_text(encoding="utf-8"))
BY_ID = {node["id"]: node for node in NODES}
PATCHES = sorted(EXAMPLES.glob("broken_node_red_layers/*/patch.json"))
TARGETS = [LAYER / "target.yaml", *(path.parent / "target.yaml" for path in PATCHES)]
LINES = 25
INVARIANT = re.compile(r"Breaks [A-Z][1-3]\b")


def wired(node: dict[str, Any]) -> set[str]:
    """The nodes to which its outputs lead."""
    return {target for output in node.get("wires", []) for target in output}


def test_every_wire_and_link_leads_to_a_node_and_every_node_has_a_tab() -> None:
    led_to = {target for node in NODES for target in (*wired(node), *node.get("links", []))}

    assert led_to <= BY_ID.keys()
    assert {node["z"] for node in NODES if "z" in node} == {node["id"] for node in NODES if node["type"] == "tab"}


def test_every_node_can_be_reached() -> None:
    begins = {"tab", "http in", "link in", "catch"}
    led_to = {target for node in NODES for target in wired(node)}
    called = {target for node in NODES for target in node.get("links", [])}

    assert {node["id"] for node in NODES if node["type"] not in begins} <= led_to
    assert {node["id"] for node in NODES if node["type"] == "link in"} == called


@pytest.mark.parametrize("name", [node["id"] for node in NODES if node["type"] == "function"])
def test_a_function_node_is_small_and_has_a_wire_for_each_output(name: str) -> None:
    node = BY_ID[name]

    assert len(node["func"].splitlines()) <= LINES
    assert len(node["wires"]) == node["outputs"]


@pytest.mark.parametrize("path", TARGETS, ids=lambda path: str(path.parent.name))
def test_a_target_file_keeps_its_schema_and_starts_files_that_are_there(path: Path) -> None:
    target = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert list(Validator(load("harness/v1/target.json")).errors(target)) == []
    folder = (path.parent / target["start"]["directory"]).resolve()
    program, *files = target["start"]["command"]
    assert program == "node"
    assert [name for name in files if not (folder / name).is_file()] == []


@pytest.mark.parametrize("path", PATCHES, ids=lambda path: str(path.parent.name))
def test_a_broken_variant_says_what_is_wrong_and_replaces_what_stands_there_once(path: Path) -> None:
    patch = json.loads(path.read_text(encoding="utf-8"))

    assert patch["bug"].endswith(".")
    assert INVARIANT.match(patch["breaks"])
    assert 1 <= len(patch["changes"]) <= 2
    for change in patch["changes"]:
        assert BY_ID[change["node"]]["func"].count(change["from"]) == 1
        assert change["from"] != change["to"]


def test_node_red_has_one_exact_version_and_nothing_is_locked_to_a_host() -> None:
    manifest = json.loads((LAYER / "package.json").read_text(encoding="utf-8"))

    assert list(manifest["dependencies"]) == ["node-red"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", manifest["dependencies"]["node-red"])
    assert not (LAYER / "package-lock.json").exists()

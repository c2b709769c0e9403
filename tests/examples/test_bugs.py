"""Every layer with a bug says what it breaks: in bug.yaml, and in words where its code is."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from crossdock.harness.selftest.variant import Variant, chosen, every
from crossdock.harness.target import ConfigError
from crossdock.scenarios.scenario import library
from crossdock.tests.examples.bugs import EXAMPLES, layers

LAYERS = layers()
BROKEN = [layer for layer in LAYERS if layer.bug is not None]
INVARIANT = re.compile(r"\b[A-Z][1-3]\b")
TARGET = 'crossdock: 1\nname: ours\nstart: {command: ["true"]}\nevents: {subscribe: poll}\n'


def words(layer: Variant) -> str:
    """What the variant says of itself where it is made."""
    folder = Path(layer.target.file).parent
    if (folder / "patch.json").is_file():
        return str(json.loads((folder / "patch.json").read_text("utf-8"))["breaks"])
    return ast.get_docstring(ast.parse((folder / "layer.py").read_text("utf-8"))) or ""


def test_every_folder_of_broken_layers_is_one_with_a_declared_bug() -> None:
    folders = {f"{path.parent.parent.name}/{path.parent.name}" for path in EXAMPLES.glob("broken_*/*/target.yaml")}

    assert {layer.id for layer in BROKEN} == folders
    assert {layer.id for layer in LAYERS if layer.bug is None} == {
        path.parent.name for path in EXAMPLES.glob("*/target.yaml")
    }


@pytest.mark.parametrize("layer", BROKEN, ids=lambda layer: layer.id)
def test_what_it_breaks_is_the_same_in_words(layer: Variant) -> None:
    assert layer.bug is not None
    (sentence,) = re.findall(r"Breaks [^.]*\.", words(layer))

    assert set(INVARIANT.findall(sentence)) == set(layer.bug.breaks)


@pytest.mark.parametrize("layer", BROKEN, ids=lambda layer: layer.id)
def test_what_follows_from_a_bug_is_not_what_it_breaks(layer: Variant) -> None:
    assert layer.bug is not None
    assert not set(layer.bug.follows) & set(layer.bug.breaks)


def test_layers_are_chosen_by_name_by_family_and_by_folder(tmp_path: Path) -> None:
    (tmp_path / "target.yaml").write_text(TARGET, "utf-8")
    (tmp_path / "bug.yaml").write_text("breaks: [E1]\nscenarios: [happy-path]\n", "utf-8")
    known, scenarios = layers(), library()

    picked = chosen(["no_event_dedup", "broken_polling_layers", str(tmp_path)], known, scenarios)

    assert picked[0].id == "broken_layers/no_event_dedup"
    assert {layer.family for layer in picked[1:-1]} == {"broken_polling_layers"}
    assert picked[-1].bug is not None
    assert picked[-1].bug.breaks == ("E1",)


def test_an_unknown_layer_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match="did you mean no_event_dedup"):
        chosen(["no_event_dedupe"], layers(), library())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("breaks: [E9]\nscenarios: [happy-path]\n", "E9"),
        ("breaks: [E1]\nscenarios: [sad-path]\n", "there is no scenario 'sad-path'"),
        ("breaks: []\nscenarios: [happy-path]\n", "/breaks"),
        ("breaks: [E1]\n", "scenarios"),
        ("breaks: [E1\n", "this is not YAML"),
    ],
)
def test_a_bug_that_can_not_be_looked_for_is_refused(text: str, problem: str, tmp_path: Path) -> None:
    folder = tmp_path / "broken_by_us" / "ours"
    folder.mkdir(parents=True)
    (folder / "target.yaml").write_text(TARGET, "utf-8")
    (folder / "bug.yaml").write_text(text, "utf-8")

    with pytest.raises(ConfigError, match=re.escape(problem)):
        every(tmp_path, library())

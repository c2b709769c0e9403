"""The target files of the examples, and the broken layers as a healthy one with one piece replaced."""

import dataclasses
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import pytest
import yaml

from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
# Layers in Python; each is the healthy one of its family with a piece replaced.
BROKEN = sorted(f"{path.parent.parent.name}.{path.parent.name}" for path in EXAMPLES.glob("broken_*layers/*/layer.py"))
HEALTHY = ("polling_layer", "queue_layer", "reference_layer")
TARGETS = sorted(
    path for path in EXAMPLES.glob("*/**/target.yaml") if "node_red" not in str(path.relative_to(EXAMPLES))
)
INVARIANT = re.compile(r"\b[A-Z][1-3]\b")


@pytest.fixture
def on_path() -> Iterator[None]:
    """The examples as they find each other when they are run: from their own folder."""
    before = list(sys.path)
    sys.path.insert(0, str(EXAMPLES))
    yield
    sys.path[:] = before


def variant(name: str) -> ModuleType:
    return importlib.import_module(f"{name}.layer")


def kind(piece: object) -> object:
    """A class or a function stands for itself, an object for its class."""
    return piece if isinstance(piece, type | FunctionType) else type(piece)


@pytest.mark.parametrize("path", TARGETS, ids=lambda path: str(path.parent.name))
def test_a_target_file_keeps_its_schema_and_starts_a_module_that_is_there(path: Path) -> None:
    target = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert list(Validator(load("harness/v1/target.json")).errors(target)) == []
    folder = (path.parent / target["start"]["directory"]).resolve()
    assert folder == EXAMPLES
    module = folder.joinpath(*target["start"]["command"][-1].split("."))
    assert module.with_suffix(".py").is_file() or (module / "__main__.py").is_file()


@pytest.mark.usefixtures("on_path")
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_layer_is_a_healthy_one_with_a_piece_replaced(name: str) -> None:
    module = variant(name)
    parts = module.PARTS
    usual = type(parts)()
    changed = [
        field.name
        for field in dataclasses.fields(parts)
        if kind(getattr(parts, field.name)) is not kind(getattr(usual, field.name))
        or (field.name == "papers" and parts.papers != usual.papers)
    ]
    changed += [piece for piece in ("CLIENT", "SETTINGS", "SFTP") if hasattr(module, piece)]

    assert 1 <= len(changed) <= 2, f"one bug changes one piece, or two that belong together, not {changed}"


@pytest.mark.usefixtures("on_path")
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_layer_says_what_is_wrong_and_which_invariant_breaks(name: str) -> None:
    text = variant(name).__doc__ or ""
    first, _, rest = text.partition("\n\n")

    assert first.endswith("."), "the bug in one sentence"
    assert INVARIANT.search(rest.split(".")[0]), "`Breaks E1.`"


def test_there_are_enough_broken_layers() -> None:
    assert len(BROKEN) >= 10
    assert len(TARGETS) == len(BROKEN) + len(HEALTHY)

"""A bug that a test plants in the reference layer: the layer's target, with a module of the test's in its place."""

from __future__ import annotations

from pathlib import Path

import yaml

EXAMPLES = Path(__file__).parents[2] / "examples"
REFERENCE = EXAMPLES / "reference_layer" / "target.yaml"


def with_bug(layer: Path, folder: Path) -> Path:
    """The target.yaml, in that folder, of the reference layer as the module `layer` serves it."""
    target = yaml.safe_load(REFERENCE.read_text())
    start = target["start"]
    start["command"] = ["${PYTHON}", str(layer)]
    start["directory"] = str(EXAMPLES)
    del start["app"]
    (folder / "target.yaml").write_text(yaml.safe_dump(target))
    return folder / "target.yaml"

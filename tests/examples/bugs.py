"""What the layers with bugs declare about themselves."""

from __future__ import annotations

from pathlib import Path

from crossdock.harness.selftest.variant import Bug, Variant, every
from crossdock.scenarios.scenario import library

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def layers() -> list[Variant]:
    """All layers of the examples."""
    return every(EXAMPLES, library())


def bugs(family: str) -> dict[str, Bug]:
    """Layer → its bug, of one family."""
    return {layer.name: layer.bug for layer in layers() if layer.family == family and layer.bug is not None}


def caught(family: str) -> dict[str, tuple[str, str]]:
    """Layer → the first scenario that brings its bug to light, and the first invariant that must speak."""
    return {name: (bug.scenarios[0], bug.breaks[0]) for name, bug in bugs(family).items()}

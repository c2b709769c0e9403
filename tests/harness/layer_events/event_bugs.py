"""The layers by which the rules of events are tried: some of examples/broken_layers, and those in planted/."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

BROKEN_LAYERS = Path(__file__).parents[3] / "examples" / "broken_layers"
PLANTED = Path(__file__).parent / "planted"


@dataclass(frozen=True, slots=True)
class EventBug:
    """A broken layer, and the rules that find it."""

    name: str
    rules: frozenset[str]

    @property
    def is_planted(self) -> bool:
        """Whether it is none of the examples."""
        return self.layer.parent == PLANTED

    @property
    def layer(self) -> Path:
        example = BROKEN_LAYERS / self.name / "layer.py"
        return example if example.exists() else PLANTED / f"{self.name}.py"

    @property
    def what(self) -> str:
        """What it does, in the words of its module."""
        text = ast.get_docstring(ast.parse(self.layer.read_text())) or ""
        return " ".join(text.split("\n\n")[0].split())


BUGS = (
    EventBug("refuses_the_second_time", frozenset({"event-taken"})),
    EventBug("one_secret_for_all", frozenset({"forged-event"})),
    EventBug("drops_what_it_cannot_read", frozenset({"no-event"})),
    EventBug("swallows_errors", frozenset({"nothing-dropped"})),
)

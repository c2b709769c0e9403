"""The bugs that are planted in the reference layer to see that each rule of files bites: a module each in planted/."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

PLANTED = Path(__file__).parent / "planted"


@dataclass(frozen=True, slots=True)
class PlantedBug:
    """A bug, the warehouse at which it shows with which seed, and the rules that find it."""

    name: str
    partner: str
    rules: frozenset[str]
    seed: int = 1

    @property
    def layer(self) -> Path:
        return PLANTED / f"{self.name}.py"

    @property
    def what(self) -> str:
        """What it does, in the words of its module."""
        return " ".join((ast.get_docstring(ast.parse(self.layer.read_text())) or "").split())


BUGS = (
    PlantedBug("accepts_and_forgets", "west", frozenset({"file-taken", "file-told", "file-lives-on"})),
    PlantedBug("never_answers", "west", frozenset({"file-taken", "file-lives-on"})),
    PlantedBug("takes_any_count", "west", frozenset({"file-refused", "file-taken"})),
    PlantedBug("refuses_for_another_reason", "west", frozenset({"file-refused"})),
    PlantedBug("counts_wrong", "west", frozenset({"file-acknowledged"})),
    PlantedBug("guesses_the_time", "west", frozenset({"file-not-guessed"}), seed=6),
    PlantedBug("drops_what_is_wrong", "regional", frozenset({"file-told"})),
    PlantedBug("stops_at_what_is_wrong", "regional", frozenset({"file-taken", "file-told", "file-lives-on"})),
)

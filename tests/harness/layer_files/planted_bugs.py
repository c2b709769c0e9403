"""The bugs that are planted in the reference layer to see that each rule of files bites: a module each in planted/, or
a broken layer of the examples.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from crossdock.tests.harness.planted_layer import EXAMPLES, with_bug

PLANTED = Path(__file__).parent / "planted"
BROKEN_LAYERS = EXAMPLES / "broken_layers"


@dataclass(frozen=True, slots=True)
class PlantedBug:
    """A bug, the warehouse at which it shows with which seed, and the rules that find it."""

    name: str
    partner: str
    rules: frozenset[str]
    seed: int = 1

    @property
    def is_planted(self) -> bool:
        """Whether it is none of the examples."""
        return self.layer.parent == PLANTED

    @property
    def layer(self) -> Path:
        example = BROKEN_LAYERS / self.name / "layer.py"
        return example if example.exists() else PLANTED / f"{self.name}.py"

    def target(self, folder: Path) -> Path:
        """The layer's target.yaml; of what is planted it is written into that folder."""
        return with_bug(self.layer, folder) if self.is_planted else self.layer.parent / "target.yaml"

    @property
    def what(self) -> str:
        """What it does, in the words of its module."""
        told = ast.get_docstring(ast.parse(self.layer.read_text())) or ""
        return " ".join(told.partition("\n\n")[0].split())


BUGS = (
    PlantedBug("accepts_and_forgets", "west", frozenset({"file-taken", "file-told", "file-lives-on"})),
    PlantedBug("never_acknowledges", "west", frozenset({"file-taken", "file-lives-on"})),
    PlantedBug("unknown_codes_are_complete", "west", frozenset({"file-not-guessed"}), seed=3),
    PlantedBug("takes_any_count", "west", frozenset({"file-refused", "file-taken"})),
    PlantedBug("refuses_for_another_reason", "west", frozenset({"file-refused"})),
    PlantedBug("counts_wrong", "west", frozenset({"file-acknowledged"})),
    PlantedBug("guesses_the_time", "west", frozenset({"file-not-guessed"}), seed=6),
    PlantedBug("drops_what_is_wrong", "regional", frozenset({"file-told"})),
    PlantedBug("stops_at_what_is_wrong", "regional", frozenset({"file-taken", "file-told", "file-lives-on"})),
)

"""What stands in a scenario file: one scenario, or the family that its table makes of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from . import document_file, family, fault_set, scenario_check
from .document_file import DocumentFile, ScenarioError, dotted
from .entry import Problem
from .fault_set import FaultSets
from .holes import Filled
from .scenario import Scenario

SCHEMA = "harness/v1/scenario.json"
# Where the schema must have nothing to object before anything else is looked at: what an entry is of, and its shape.
_ESSENTIAL = re.compile(r"/(faults|actions|fault_sets|then/expect)(/[0-9]+(/(fault|do|set|with|expect))?)?")


@dataclass(frozen=True, slots=True)
class Checks:
    """What is looked at beside the schema. Without `addresses` it is taken on trust that the messages exist which
    faults name; without `invariants` (the ids that there are) that those do which must hold.
    """

    addresses: bool = True
    invariants: Collection[str] | None = None


def scenarios_in(path: Path, sets: FaultSets, checks: Checks) -> tuple[Scenario, ...]:
    """Read a file.

    Raises: ScenarioError with all that is wrong in it, each with its line, column and place.
    """
    file = document_file.read(path)
    if not isinstance(file.document, dict):
        raise ScenarioError(*(file.sentence(*problem) for problem in file.against(SCHEMA)))
    rows = {row: _Row(filled) for row, filled in family.rows(file.document).items()}
    found = [row.scenario(name, sets, checks) for name, row in rows.items()]
    problems = [*_about_the_table(file), *_by_row(rows)]
    if problems:
        raise ScenarioError(*(file.sentence(*problem) for problem in dict.fromkeys(problems)))
    return tuple(scenario for scenario in found if scenario is not None)


def _about_the_table(file: DocumentFile) -> Iterator[Problem]:
    yield from (problem for problem in file.against(SCHEMA) if problem[0].startswith(f"/{family.TABLE}"))
    yield from family.problems(file.document)


def _by_row(rows: dict[str, _Row]) -> Iterator[Problem]:
    """What is wrong, each once, with the rows in which it is, unless it is so in all of them."""
    told: dict[Problem, list[str]] = {}
    for name, row in rows.items():
        for problem in dict.fromkeys(row.problems):
            told.setdefault(problem, []).append(name)
    for (place, said), names in told.items():
        everywhere = len(names) == len(rows) or place.startswith(f"/{family.TABLE}/")
        yield place, said if everywhere else f"{said} (in {', '.join(names)})"


@dataclass(slots=True)
class _Row:
    """One row's document on its way to a scenario; `problems` have their places in the file as it was written."""

    filled: Filled
    problems: list[Problem] = field(default_factory=list)
    _of_sets: dict[str, str] = field(default_factory=dict)

    def scenario(self, row: str, sets: FaultSets, checks: Checks) -> Scenario | None:
        """The scenario, None when so much is wrong that nothing more can be said about it."""
        wrong = document_file.schema_problems(self.filled.document, SCHEMA)
        self._note(wrong)
        if any(_ESSENTIAL.fullmatch(place) for place, _ in wrong):
            return None
        document, self._of_sets, misused = fault_set.compose(self.filled.document, sets)
        self._note(misused)
        try:
            made = {**document, "scenario": family.id_of(document["scenario"], row)}
            scenario = msgspec.convert(made, Scenario, strict=False)
        except (KeyError, msgspec.ValidationError):
            assert wrong, "what the schema allows can be read"
            return None
        told = {place for place, _ in wrong}
        problems = scenario_check.problems(scenario, addresses=checks.addresses, invariants=checks.invariants)
        self._note((place, problem) for place, problem in problems if place not in told)
        return scenario

    def _note(self, problems: Iterable[Problem]) -> None:
        """Keep what is wrong, but for what is said about a hole that nothing fills."""
        self.problems.extend(self._in_the_file(*each) for each in problems if self.filled.can_tell(each[0]))

    def _in_the_file(self, place: str, problem: str) -> Problem:
        for composed, use in self._of_sets.items():
            if place == composed or place.startswith(f"{composed}/"):
                return self.filled.origin(use), f"{dotted(place.removeprefix(composed))}: {problem}"
        origin = self.filled.origin(place)
        return origin, problem if origin == place else f"{problem} (as {dotted(place)})"

"""Which scenarios are meant: ids, families, tags and files."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path

from ...scenarios.family import BETWEEN
from ...scenarios.scenario import Scenario, ScenarioError, library, read
from ..invariant import invariants
from ..target import ConfigError


def choose(words: Sequence[str]) -> list[Scenario]:
    """The scenarios, each once, the library's baseline first when any scenario of the library is meant.

    Raises: ConfigError with everything that is wrong.
    """
    try:
        known = library()
    except ScenarioError as error:
        raise ConfigError(*error.problems) from error
    problems: list[str] = []
    chosen: dict[str, Scenario] = {}
    for word in words or ["library"]:
        try:
            found = _meant(word, known)
        except ScenarioError as error:
            problems.extend(error.problems)
            continue
        chosen.update({scenario.scenario: scenario for scenario in found})
    if problems:
        raise ConfigError(*problems)
    return sorted(chosen.values(), key=lambda scenario: "baseline" not in scenario.tags)


def _meant(word: str, known: Mapping[str, Scenario]) -> list[Scenario]:
    if word == "library":
        return list(known.values())
    file, between, row = word.partition(f".yaml{BETWEEN}")
    if between or word.endswith((".yaml", ".yml")):
        return _of_file(Path(f"{file}.yaml" if between else word), row)
    if word in known:
        return [known[word]]
    meant = [scenario for scenario in known.values() if word in (scenario.family, *scenario.tags)]
    if meant:
        return meant
    words = {word for scenario in known.values() for word in (scenario.scenario, scenario.family, *scenario.tags)}
    near = difflib.get_close_matches(word, words, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`crossdock list scenarios` shows what there is"
    raise ScenarioError(f"there is no scenario, no family and no tag {word!r}: {hint}")


def _of_file(path: Path, row: str) -> list[Scenario]:
    """The scenarios of a file; of a family only that of `row`, if one is named."""
    found = read(path, invariants=list(invariants))
    if not row:
        return list(found)
    rows = {scenario.scenario.partition(BETWEEN)[2]: scenario for scenario in found}
    if row not in rows:
        near = difflib.get_close_matches(row, rows, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(filter(None, rows)) or 'none'}"
        raise ScenarioError(f"{path}: there is no row {row!r} in it: {hint}")
    return [rows[row]]

"""Which scenarios are meant: ids, tags and files."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

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
    for scenario in chosen.values():
        problems.extend(
            f"{scenario.scenario}: then.invariants: {invariants.unknown(name)}"
            for name in scenario.then.invariants
            if name not in invariants
        )
    if problems:
        raise ConfigError(*problems)
    return sorted(chosen.values(), key=lambda scenario: "baseline" not in scenario.tags)


def _meant(word: str, known: dict[str, Scenario]) -> list[Scenario]:
    if word == "library":
        return list(known.values())
    if word.endswith((".yaml", ".yml")):
        return [read(Path(word))]
    if word in known:
        return [known[word]]
    tagged = [scenario for scenario in known.values() if word in scenario.tags]
    if tagged:
        return tagged
    words = {*known, *(tag for scenario in known.values() for tag in scenario.tags)}
    near = difflib.get_close_matches(word, words, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`crossdock list scenarios` shows what there is"
    raise ScenarioError(f"there is no scenario and no tag {word!r}: {hint}")

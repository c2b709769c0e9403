"""A plan that is named on the command line to be run again: its file, or the folder of the run that it was made for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from ...contracts import yaml_document
from ...scenarios import entry
from ...scenarios.action import actions
from ...scenarios.fault import faults
from ...scenarios.plan import Plan, PlannedScenario, load
from ..target import ConfigError
from .composition import RUNS

FILE = "plan.yaml"


def plan_among(words: Sequence[str]) -> Plan | None:
    """The plan that is named; None where scenarios are.

    Raises: ConfigError when it can't be read, or when there is more beside it.
    """
    named = [path for path in map(_file, words) if path is not None]
    if not named:
        return None
    if len(words) > 1:
        raise ConfigError(f"{named[0]} is a plan: it is run by itself, without other scenarios beside it")
    return read(named[0])


def plan_of(run: Path) -> Plan:
    """The plan of a run's folder, of its name under .crossdock/runs, or the plan file itself. Raises: ConfigError."""
    file = _file(str(run)) or _file(str(RUNS / run))
    if file is None:
        raise ConfigError(f"{run}: is neither a plan nor the folder of a run (one that holds {FILE})")
    return read(file)


def read(path: Path) -> Plan:
    """Raises: ConfigError with all that is wrong."""
    try:
        plan = load(path)
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise ConfigError(f"{path}: is no plan that can be run: {error}") from error
    problems = [f"{path}: {problem}" for planned in plan.scenarios for problem in _problems(planned)]
    if problems:
        raise ConfigError(*problems)
    return plan


def _problems(planned: PlannedScenario) -> Iterator[str]:
    scenario = planned.scenario
    for place, registry, key, documents in (
        ("faults", faults, "fault", scenario.faults),
        ("actions", actions, "do", scenario.actions),
    ):
        for number, document in enumerate(documents):
            for field, problem in entry.problems(registry, key, document):
                yield f"{scenario.scenario}: {place}.{number}.{field}: {problem}"


def _file(word: str) -> Path | None:
    """The plan that a word names; None when it names none."""
    path = Path(word)
    if path.is_dir():
        return path / FILE if (path / FILE).is_file() else None
    if path.suffix not in (".yaml", ".yml") or not path.is_file():
        return None
    try:
        document = yaml_document.read(path.read_bytes())
    except (OSError, yaml_document.YamlError):
        return None  # whoever reads scenarios says what is wrong with it
    return path if isinstance(document, dict) and {"mark", "scenarios"} <= document.keys() else None

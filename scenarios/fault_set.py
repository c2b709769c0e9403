"""A fault set (contracts/harness/v1/fault-set.json): faults that belong together, used by many scenarios.

The sets that a scenario can use are those of the library and those in the folder `fault-sets` beside its own file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from ..contracts.documents import pointer
from . import document_file, holes
from .entry import Problem

LIBRARY = Path(__file__).parent / "library"
FOLDER = "fault-sets"
SCHEMA = "harness/v1/fault-set.json"


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    description: str
    default: Any = msgspec.UNSET


class FaultSet(msgspec.Struct, frozen=True, kw_only=True):
    """The document."""

    fault_set: str
    title: str
    story: str
    faults: tuple[dict[str, Any], ...]
    parameters: dict[str, Parameter] = {}


class FaultSets:
    """The sets that a scenario in `folder` can use, by id; read when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def known(self) -> Mapping[str, FaultSet]:
        """Raises: ScenarioError with all that is wrong in any of them."""
        folders = dict.fromkeys((LIBRARY / FOLDER, self._folder / FOLDER))
        found: dict[str, FaultSet] = {}
        problems: list[str] = []
        for path in (path for folder in folders for path in sorted(folder.glob("*.yaml"))):
            try:
                each = read(path)
            except document_file.ScenarioError as error:
                problems.extend(error.problems)
                continue
            if each.fault_set in found:
                problems.append(f"{path}: there is a fault set {each.fault_set!r} already: choose another id")
            found[each.fault_set] = each
        if problems:
            raise document_file.ScenarioError(*problems)
        return found


def library() -> Mapping[str, FaultSet]:
    """The sets that come with Crossdock. Raises: ScenarioError."""
    return FaultSets(LIBRARY).known


def read(path: Path) -> FaultSet:
    """Raises: ScenarioError with all that is wrong in it, each with line and column."""
    file = document_file.read(path)
    problems = list(file.against(SCHEMA))
    if not problems:
        problems = list(_contradictions(file.document))
    if problems:
        raise document_file.ScenarioError(*(file.sentence(*problem) for problem in problems))
    return msgspec.convert(file.document, FaultSet)


def compose(document: dict[str, Any], sets: FaultSets) -> tuple[dict[str, Any], dict[str, str], list[Problem]]:
    """A scenario's document with the faults of its sets behind its own; which pointer to a fault comes from which use
    of a set; and what is wrong with the uses.

    Raises: ScenarioError when a set itself is wrong.
    """
    uses = document.get("fault_sets", ())
    if not uses:
        return document, {}, []
    composed = {key: value for key, value in document.items() if key != "fault_sets"}
    faults = list(document.get("faults", ()))
    origins: dict[str, str] = {}
    problems: list[Problem] = []
    for number, use in enumerate(uses):
        place = f"/fault_sets/{number}"
        wrong = list(_wrong_use(use, sets.known))
        problems.extend((f"{place}{field}", problem) for field, problem in wrong)
        if not wrong:
            struck = list(_faults(sets.known[use["set"]], use))
            origins.update({f"/faults/{len(faults) + each}": place for each in range(len(struck))})
            faults.extend(struck)
    composed["faults"] = faults
    return composed, origins, problems


def _faults(each: FaultSet, use: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    defaults = {name: wish.default for name, wish in each.parameters.items() if wish.default is not msgspec.UNSET}
    struck = {"order": use["order"]} if "order" in use else {}
    for fault in holes.fill(each.faults, {**defaults, **use.get("with", {})}, "").document:
        yield {**fault, **struck}


def _wrong_use(use: Mapping[str, Any], known: Mapping[str, FaultSet]) -> Iterator[Problem]:
    name, given = use["set"], use.get("with", {})
    if name not in known:
        yield "/set", f"there is no fault set {name!r}{_near(name, known)}"
        return
    parameters = known[name].parameters
    for each in given:
        if each not in parameters:
            hint = _near(each, parameters) if parameters else ", and takes no values at all"
            yield f"/with{pointer(each)}", f"is not a parameter of {name}{hint}"
    for each, parameter in parameters.items():
        if parameter.default is msgspec.UNSET and each not in given:
            yield f"/with{pointer(each)}", f"is missing; {name} needs it: {parameter.description}"


def _contradictions(document: Mapping[str, Any]) -> Iterator[Problem]:
    parameters = document.get("parameters", {})
    used = list(dict.fromkeys(holes.holes(document["faults"], "/faults")))
    for name, place in used:
        if name not in parameters:
            yield place, f"there is no parameter ${{{name}}}{_near(name, parameters)}"
    for number, fault in enumerate(document["faults"]):
        if "order" in fault:
            yield f"/faults/{number}/order", "is for the scenario to say, where it uses the set: leave it out here"
    for name in parameters:
        if name not in {each for each, _ in used}:
            yield f"/parameters{pointer(name)}", f"is used nowhere: write ${{{name}}} where it belongs, or leave it out"


def _near(name: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f": did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(known)) or 'none'}"

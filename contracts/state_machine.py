"""State machines as data (contracts/states): what simulators go by, what layers are judged by, what the site draws.

`state_machine("order")` is one of ours; `machine_of(document)` that of any document of that form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar

from .documents import FOLDER, DocumentError, load, pointer, resolve, wrong

S = TypeVar("S", bound=StrEnum)
OURS = "states/v1"


@dataclass(frozen=True, slots=True)
class StateMachine:
    """`steps` is state → those that may follow, in the order of the document; `skips` what may follow besides where
    whoever keeps the object never saw what lies between. `document` is where it was read from.
    """

    name: str
    title: str
    description: str
    kept_by: str
    begins: tuple[str, ...]
    steps: Mapping[str, tuple[str, ...]]
    skips: Mapping[str, tuple[str, ...]]
    document: str

    @property
    def source(self) -> str:
        """The document as people find it."""
        return f"contracts/{self.document}"

    def ahead(self, state: str) -> frozenset[str]:
        """All that may follow, however much was skipped. Raises: KeyError for what is no state of it."""
        return frozenset(self.steps[state]).union(self.skips.get(state, ()))

    def ahead_of_each(self, states: type[S]) -> dict[S, frozenset[S]]:
        """The same for each state, as members of their type. Raises: ValueError for a state that the type lacks."""
        return {states(state): frozenset(map(states, self.ahead(state))) for state in self.steps}


@cache
def state_machine(name: str) -> StateMachine:
    """One of ours. Raises: DocumentError when there is none of that name."""
    return machine_of(f"{OURS}/{name}.json")


def state_machines() -> list[StateMachine]:
    """All of ours, by name."""
    return [state_machine(path.stem) for path in sorted((FOLDER / OURS).glob("*.json"))]


def machine_of(document: str) -> StateMachine:
    """What a document says, which has kept its schema. Raises: DocumentError when it can't be read."""
    said = load(document)
    return StateMachine(
        name=said["stateMachine"],
        title=said["title"],
        description=said["description"],
        kept_by=said["keptBy"],
        begins=tuple(said["begins"]),
        steps={state: tuple(after) for state, after in said["steps"].items()},
        skips={state: tuple(after) for state, after in said.get("skips", {}).items()},
        document=document,
    )


def problems(document: str) -> Iterator[DocumentError]:
    """What no schema sees: states that there are not, and such as nothing leads to."""
    machine = machine_of(document)
    listed = resolve(load(document)["of"]["$ref"], document).value.get("enum", ())
    for state in machine.steps:
        if state not in listed:
            what = f"{state!r} is no value of the schema behind `of`; there are {', '.join(listed)}"
            yield wrong(document, pointer("steps", state), what)
    for place, states in _named(machine):
        for state in states:
            if state not in machine.steps:
                yield wrong(document, place, f"{state!r} has no entry under `steps`; add it, with what may follow")
    for state in machine.steps.keys() - _reached(machine):
        yield wrong(document, pointer("steps", state), f"nothing leads to {state!r}: no step, and it begins nothing")


def _named(machine: StateMachine) -> Iterator[tuple[str, Iterable[str]]]:
    yield pointer("begins"), machine.begins
    yield pointer("skips"), machine.skips
    for part, ways in (("steps", machine.steps), ("skips", machine.skips)):
        for state, after in ways.items():
            yield pointer(part, state), after


def _reached(machine: StateMachine) -> set[str]:
    """The states that something leads to."""
    found, open_ends = set(machine.begins), list(machine.begins)
    while open_ends:
        after = set(machine.steps.get(open_ends.pop(), ())) - found
        found |= after
        open_ends += after
    return found

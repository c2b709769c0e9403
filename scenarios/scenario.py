"""A scenario file (contracts/harness/v1/scenario.json), read and checked against what there is to refer to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from ..contracts import documents, yaml_document
from ..contracts.validation import Validator
from . import entry, scenario_check
from .action import Action, actions
from .fault import Fault, faults

LIBRARY = Path(__file__).parent / "library"


class ScenarioError(Exception):
    """A scenario that can't be run as it stands; `problems` are whole sentences, all of them at once."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class LineWish(msgspec.Struct, frozen=True, kw_only=True):
    quantity: int
    stock: int | None = None
    case: int = 0


class OrderWish(msgspec.Struct, frozen=True, kw_only=True):
    """An order as the scenario wishes it; the plan makes real ones of it."""

    lines: tuple[LineWish, ...]
    region: str = "east"
    service: str = "standard"
    partial: str = "shipAvailable"
    count: int = 1
    from_quote: bool = False
    credit_limit: int | None = None
    currency: str = "USD"
    customer: str = ""


class HandlingWish(msgspec.Struct, frozen=True, kw_only=True):
    ships: tuple[tuple[int, ...], ...] = ()
    journey: str = "delivered"
    hold_h: float = 0.0


class Then(msgspec.Struct, frozen=True, kw_only=True):
    invariants: tuple[str, ...]


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """The document. `faults` and `actions` stay as they were written; `fault_objects` and `action_objects` are
    typed.
    """

    scenario: str
    title: str
    story: str
    orders: dict[str, OrderWish]
    then: Then
    tags: tuple[str, ...] = ()
    source: str = ""
    requires: tuple[str, ...] = ()
    channels: dict[str, str] = {}
    warehouse: dict[str, HandlingWish] = {}
    actions: tuple[dict[str, Any], ...] = ()
    faults: tuple[dict[str, Any], ...] = ()

    @property
    def exclusive(self) -> bool:
        """Whether a fault of it hits more than its own orders, so that it must run alone."""
        return any(faults[document["fault"]].exclusive for document in self.faults)


def fault_of(document: dict[str, Any]) -> Fault:
    """The typed fault of a scenario's entry. Raises: msgspec.ValidationError, UnknownId."""
    fault: Fault = entry.typed(faults, "fault", document)
    return fault


def action_of(document: dict[str, Any]) -> Action:
    """The typed action of a scenario's entry. Raises: msgspec.ValidationError, UnknownId."""
    action: Action = entry.typed(actions, "do", document)
    return action


def read(path: Path) -> Scenario:
    """Read one scenario file.

    Raises: ScenarioError with all that is wrong in it, each with its line and place.
    """
    return _read(path, addresses=True)


def library() -> dict[str, Scenario]:
    """The scenarios that come with Crossdock, by id, in order of id. Raises: ScenarioError."""
    # That their faults are addressed to messages which exist is held by a test: here it would cost a fifth of a second.
    found = [_read(path, addresses=False) for path in sorted(LIBRARY.glob("*.yaml"), key=lambda path: path.stem)]
    return {scenario.scenario: scenario for scenario in found}


def _read(path: Path, *, addresses: bool) -> Scenario:
    try:
        text = path.read_bytes()
        document = yaml_document.read(text)
    except OSError as error:
        raise ScenarioError(f"{path}: can't be read: {error.strerror}") from error
    except yaml_document.YamlError as error:
        raise ScenarioError(f"{path}, line {error.line}, column {error.column}: this is not YAML: {error}") from error
    errors = Validator(documents.load("harness/v1/scenario.json")).errors(document)
    if errors:
        raise ScenarioError(*(_sentence(path, text, error.pointer, error.message) for error in errors))
    scenario = msgspec.convert(document, Scenario, strict=False)
    problems = [_sentence(path, text, *problem) for problem in scenario_check.problems(scenario, addresses=addresses)]
    if problems:
        raise ScenarioError(*problems)
    return scenario


def _sentence(path: Path, text: bytes, pointer: str, problem: str) -> str:
    line, _ = yaml_document.position(text, pointer)
    place = pointer.strip("/").replace("/", ".") or "the document"
    return f"{path}, line {line}: {place}: {problem}"

"""Scenarios as documents that parts can be taken from: made of a plan, made into scenarios again, counted, written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from ...contracts import documents
from ...contracts.validation import Validator
from ...scenarios import scenario_check
from ...scenarios.family import BETWEEN
from ...scenarios.plan import Plan, PlannedScenario
from ...scenarios.scenario import Scenario

Document: TypeAlias = dict[str, Any]
ENDING = "-minimal"
LONGEST_ID = 60  # contracts/harness/v1/scenario.json


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of what can be taken away."""

    scenarios: int
    orders: int
    lines: int
    actions: int
    faults: int

    def __str__(self) -> str:
        counts = {"scenario": self.scenarios, "order": self.orders, "line": self.lines}
        counts |= {"action": self.actions, "fault": self.faults}
        return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())


def documents_of(plan: Plan) -> list[Document]:
    """The scenarios of a plan as somebody would have written them, each under an id of its own."""
    return [_document(planned) for planned in plan.scenarios]


def scenario_of(document: Document) -> Scenario | None:
    """The scenario; None when there can be none like that."""
    if _SCHEMA.errors(document):
        return None
    scenario = msgspec.convert(document, Scenario, strict=False)
    return None if any(scenario_check.problems(scenario, addresses=False)) else scenario


def size_of(scenarios: Iterable[Document]) -> Size:
    """What is in some scenarios together."""
    found = list(scenarios)
    orders = [order for document in found for order in document["orders"].values()]
    return Size(
        scenarios=len(found),
        orders=sum(order.get("count", 1) for order in orders),
        lines=sum(len(order["lines"]) for order in orders),
        actions=sum(len(document.get("actions", ())) for document in found),
        faults=sum(len(document.get("faults", ())) for document in found),
    )


def fingerprint(scenarios: Sequence[Document]) -> str:
    """The same for the same scenarios."""
    return json.dumps(scenarios, sort_keys=True)


def _document(planned: PlannedScenario) -> Document:
    """Without what is said by leaving it out. An action that is there once for each of many orders is one again."""
    wishes = {order.name: order.wish for order in planned.orders}
    document: Document = _plain(planned.scenario)
    document.pop("tags", None)  # it is to be run when it is asked for, and at no other time
    name = planned.scenario.scenario.removesuffix(ENDING)
    document["scenario"] = name.replace(BETWEEN, "-")[: LONGEST_ID - len(ENDING)].rstrip("-") + ENDING
    for wish, order in document["orders"].items():
        count = sum(each == wish for each in wishes.values())
        order.pop("count", None)
        if count > 1:
            order["count"] = count
    actions = [{**action, "order": wishes.get(action["order"], action["order"])} for action in planned.scenario.actions]
    if actions:
        document["actions"] = [action for place, action in enumerate(actions) if action not in actions[:place]]
    return document


def _plain(value: Any) -> Any:
    """As JSON, members that have their default left out."""
    if isinstance(value, msgspec.Struct):
        told = ((field, getattr(value, field.name)) for field in msgspec.structs.fields(value))
        return {field.encode_name: _plain(own) for field, own in told if field.required or not _is_usual(field, own)}
    if isinstance(value, dict):
        return {name: _plain(own) for name, own in value.items()}
    return [_plain(own) for own in value] if isinstance(value, (list, tuple)) else value


def _is_usual(field: msgspec.structs.FieldInfo, value: Any) -> bool:
    return value == field.default or (isinstance(value, (dict, tuple)) and not value)


_SCHEMA = Validator(documents.load("harness/v1/scenario.json"))

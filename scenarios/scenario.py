"""A scenario file (contracts/harness/v1/scenario.json), read and checked against what there is to refer to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from . import entry
from .action import Action, actions
from .amount import PIECE, Amount
from .document_file import ScenarioError as ScenarioError
from .expectation import Expectation, expectations
from .family import family_of
from .fault import Fault, faults
from .fault_set import LIBRARY as LIBRARY
from .fault_set import FaultSets


class LineWish(msgspec.Struct, frozen=True, kw_only=True):
    """`quantity` and `stock` are in `unit`, the one in which the item is kept and priced."""

    quantity: Amount
    stock: Amount | None = None
    unit: str = PIECE
    case: int = 0
    tracked: str = "no"


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
    ship_to: dict[str, str] = {}
    bill_to: dict[str, str] = {}
    requested_in_d: int = 0
    instructions: str = ""


class HandlingWish(msgspec.Struct, frozen=True, kw_only=True):
    """How an order is treated; `at` says what is different at single warehouses."""

    ships: tuple[tuple[Amount, ...], ...] = ()
    journey: str = "delivered"
    hold_h: float = 0.0
    refuses: str = ""
    carrier: dict[str, str] = {}
    at: dict[str, HandlingWish] = {}


class Then(msgspec.Struct, frozen=True, kw_only=True):
    """What must hold. `expect` stays as it was written; `expectation_of` makes typed ones of it."""

    invariants: tuple[str, ...]
    expect: tuple[dict[str, Any], ...] = ()


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """The document, or a row of it, with its fault sets among the faults. `faults` and `actions` stay as they were
    written; `fault_of` and `action_of` make typed ones of them. `cut_over` is region → after how many business hours it
    goes over to the ERP in the cloud.
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
    twins: tuple[str, ...] = ()
    cut_over: dict[str, float] = {}
    warehouse: dict[str, HandlingWish] = {}
    actions: tuple[dict[str, Any], ...] = ()
    faults: tuple[dict[str, Any], ...] = ()

    @property
    def family(self) -> str:
        """The id of the family that it is a row of; its own where it stands alone."""
        return family_of(self.scenario)

    @property
    def exclusive(self) -> bool:
        """Whether something in it touches more than its own orders, so that it must run alone."""
        return any(faults[document["fault"]].exclusive for document in self.faults) or any(
            actions[document["do"]].exclusive for document in self.actions
        )

    @property
    def for_good(self) -> bool:
        """Whether something in it leaves the world another one, so that it comes last."""
        return any(actions[document["do"]].for_good for document in self.actions)


def fault_of(document: dict[str, Any]) -> Fault:
    """The typed fault of a scenario's entry. Raises: msgspec.ValidationError, UnknownId."""
    fault: Fault = entry.typed(faults, "fault", document)
    return fault


def action_of(document: dict[str, Any]) -> Action:
    """The typed action of a scenario's entry. Raises: msgspec.ValidationError, UnknownId."""
    action: Action = entry.typed(actions, "do", document)
    return action


def expectation_of(document: dict[str, Any]) -> Expectation:
    """The typed expectation of a scenario's entry. Raises: msgspec.ValidationError, UnknownId."""
    expectation: Expectation = entry.typed(expectations, "expect", document)
    return expectation


def read(path: Path, *, invariants: Collection[str] | None = None) -> tuple[Scenario, ...]:
    """Read a scenario file: one scenario, or the rows of a family. With `invariants`, the ids that there are, what must
    hold is looked up among them.

    Raises: ScenarioError with all that is wrong in it, each with its line, column and place.
    """
    from .scenario_file import Checks, scenarios_in

    return scenarios_in(path, FaultSets(path.parent), Checks(invariants=invariants))


@cache
def library() -> Mapping[str, Scenario]:
    """The scenarios that come with Crossdock, by id, in order of id; read once. Raises: ScenarioError."""
    from .scenario_file import Checks, scenarios_in

    # That their faults are addressed to messages which exist is held by a test: here it would cost a fifth of a second.
    checks, sets = Checks(addresses=False), FaultSets(LIBRARY)
    found = [scenario for path in sorted(LIBRARY.glob("*.yaml")) for scenario in scenarios_in(path, sets, checks)]
    ordered = sorted(found, key=lambda scenario: scenario.scenario)
    return MappingProxyType({scenario.scenario: scenario for scenario in ordered})

"""What no schema can say about a scenario: that the orders, parties and messages it speaks of exist."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..contracts.asyncapi import event_types
from ..contracts.openapi import api
from ..contracts.registry import Registry
from ..simulators.world import CLOUD_ERP, ERP, PARTIES, WAREHOUSE
from . import contradictions, entry
from .action import actions
from .address import EVENTS, Address
from .expectation import expectations
from .fault import faults
from .file_fault import FileFault
from .wire.place import CAPABILITIES, Place

if TYPE_CHECKING:
    from .scenario import HandlingWish, Scenario

EVERYBODY = {**PARTIES, CLOUD_ERP: PARTIES[ERP]}
COUNTED = ("nth", "times")
ORDER = "order"
Problem = tuple[str, str]
"""A JSON Pointer into the scenario, and a sentence that leaves the place out."""


def problems(scenario: Scenario, *, addresses: bool, invariants: Collection[str] | None = None) -> Iterator[Problem]:
    """Everything that is wrong. Without `addresses` it is taken on trust that the messages exist: that reads the
    contracts of all parties. `invariants` are the ids that there are, None where nobody knows.
    """
    yield from _handling(scenario)
    yield from _twins(scenario)
    yield from _entries(scenario, "faults", faults, "fault", scenario.faults)
    yield from _entries(scenario, "actions", actions, "do", scenario.actions)
    yield from _entries(scenario, "then/expect", expectations, "expect", scenario.then.expect)
    yield from _claims(scenario)
    yield from _made_in_time(scenario)
    yield from contradictions.problems(scenario)
    if addresses:
        yield from _addresses(scenario)
        yield from contradictions.unknown_capabilities(scenario)
    for number, name in enumerate(scenario.then.invariants):
        if invariants is not None and name not in invariants:
            yield f"/then/invariants/{number}", f"there is no invariant {name!r}{_near(name, invariants)}"


def _addresses(scenario: Scenario) -> Iterator[Problem]:
    for number, document in enumerate(scenario.faults):
        if not any(entry.problems(faults, "fault", document)):
            fault = entry.typed(faults, "fault", document)
            for field, problem in (*_unknown_message(fault), *_negative(fault)):
                yield f"/faults/{number}/{field}", problem
    for number, document in enumerate(scenario.actions):
        warehouse = document.get("warehouse", "")
        if isinstance(warehouse, str) and warehouse and PARTIES.get(warehouse) != WAREHOUSE:
            known = [name for name, kind in PARTIES.items() if kind == WAREHOUSE]
            yield f"/actions/{number}/warehouse", f"there is no warehouse {warehouse!r}{_near(warehouse, known)}"
        awaited = document.get("after_event", "")
        if isinstance(awaited, str) and awaited and awaited not in event_types():
            problem = f"there is no event type {awaited!r}{_near(awaited, event_types())}"
            yield f"/actions/{number}/after_event", problem


def _handling(scenario: Scenario) -> Iterator[Problem]:
    for name, handling in scenario.warehouse.items():
        if name not in scenario.orders:
            yield f"/warehouse/{name}", _no_order(name, scenario.orders)
            continue
        lines = len(scenario.orders[name].lines)
        yield from _quantities(f"/warehouse/{name}", handling, lines)
        for warehouse, own in handling.at.items():
            yield from _quantities(f"/warehouse/{name}/at/{warehouse}", own, lines)


def _quantities(place: str, handling: HandlingWish, lines: int) -> Iterator[Problem]:
    for number, shipment in enumerate(handling.ships):
        if len(shipment) != lines:
            has, needs = _count(len(shipment), "quantity", "quantities"), _count(lines, "line", "lines")
            yield f"{place}/ships/{number}", f"has {has}, the order has {needs}"


def _twins(scenario: Scenario) -> Iterator[Problem]:
    unknown = [(place, name) for place, name in enumerate(scenario.twins) if name not in scenario.orders]
    for place, name in unknown:
        yield f"/twins/{place}", _no_order(name, scenario.orders)
    if len(scenario.twins) == 2 and not unknown:
        one, other = scenario.twins
        if scenario.orders[one] != scenario.orders[other]:
            yield "/twins", f"{one} and {other} are no twins: their wishes differ"
        if scenario.warehouse.get(one) != scenario.warehouse.get(other):
            yield "/twins", f"{one} and {other} are no twins: the warehouse treats them otherwise"


def _entries(
    scenario: Scenario, place: str, registry: Registry[Any], key: str, documents: Iterable[dict[str, Any]]
) -> Iterator[Problem]:
    for number, document in enumerate(documents):
        wrong = list(entry.problems(registry, key, document))
        if place == "faults" and not wrong:
            wrong.extend(entry.typed(registry, key, document).contradictions())
        for field, problem in wrong:
            yield f"/{place}/{number}/{field}", problem
        order = document.get("order", "")
        if isinstance(order, str) and order and order not in scenario.orders:
            yield f"/{place}/{number}/order", _no_order(order, scenario.orders)
        elif place == "actions" and not order and document[key] in registry:
            yield f"/{place}/{number}/order", f"is missing; there {_are(scenario.orders)}"


def _claims(scenario: Scenario) -> Iterator[Problem]:
    """What the scenario must ask of a target, for faults and actions that only one which claims it can take."""
    parts = (("faults", "fault", faults, scenario.faults), ("actions", "do", actions, scenario.actions))
    for place, key, registry, documents in parts:
        for number, document in enumerate(documents):
            capability = _capability(registry[document[key]]) if document[key] in registry else None
            if capability is not None and capability not in scenario.requires:
                needed = f"needs a target that claims {capability}: write `requires: [{capability}]`"
                yield f"/{place}/{number}/{key}", f"{document[key]} {needed}"


def _capability(kind: Any) -> str | None:
    """What a fault or an action must find claimed."""
    place = Place.ADDRESS if "process" in kind.needs else getattr(kind, "place", None)
    return CAPABILITIES.get(place) if place is not None else None


def _negative(fault: Any) -> Iterator[tuple[str, str]]:
    for name in fault.__struct_fields__:
        value = getattr(fault, name)
        if isinstance(value, int | float) and value < 0 and name not in COUNTED:
            yield name, f"is {value}, but must not be negative"


def _made_in_time(scenario: Scenario) -> Iterator[Problem]:
    """An order whose customer or items come into being later must be placed later still."""
    typed = [
        (number, entry.typed(actions, "do", document))
        for number, document in enumerate(scenario.actions)
        if not any(entry.problems(actions, "do", document))
    ]
    placed = {action.order: action for _, action in typed if action.makes == ORDER}
    for number, action in typed:
        if action.makes in ("", ORDER):
            continue
        place = placed.get(action.order)
        if place is not None and not place.after_event and not action.after_event and place.after_h < action.after_h:
            wanted = f"comes at {action.after_h:g} h, and order {action.order} is placed at {place.after_h:g} h already"
            yield f"/actions/{number}/after_h", wanted
        if place is None:
            are = "are" if action.makes == "items" else "is"
            wanted = f"needs an action place-order for order {action.order}"
            yield f"/actions/{number}/do", f"{wanted}, which else is placed before its {action.makes} {are} there"


def _no_order(name: str, orders: Iterable[str]) -> str:
    return f"there is no order {name!r}; there {_are(orders)}"


def _are(orders: Iterable[str]) -> str:
    names = list(orders)
    return f"is {names[0]}" if len(names) == 1 else f"are {', '.join(names)}"


def _unknown_message(fault: Any) -> Iterator[Problem]:
    """Why a fault's address names no message that there could be, by the field that says so."""
    party = getattr(fault, "party", "")
    if party not in EVERYBODY and (party or isinstance(fault, FileFault)):
        yield "party", f"there is no party {party!r}{_near(party, EVERYBODY)}"
        return
    address: Address | None = fault.address()
    if isinstance(fault, FileFault):
        yield from fault.unknown()
        address = fault.named()
    if address is None:
        return
    field = next((name for name in fault.__struct_fields__ if getattr(fault, name) == address.name), "")
    if address.name.startswith(EVENTS):
        known = {name: event.sources for name, event in event_types().items()}
        what, whose = "event type", "sent by"
    else:
        known = {}
        for kind in dict.fromkeys(PARTIES.values()):
            for name in api(kind).operations:
                known[name] = known.get(name, frozenset()) | {kind}
        what, whose = "operation", "an operation of"
    kinds = known.get(address.name)
    if kinds is None:
        yield field, f"there is no {what} {address.name!r}{_near(address.name, known)}"
    elif address.party and EVERYBODY[address.party] not in kinds:
        owners = " and ".join(name for name, kind in PARTIES.items() if kind in kinds)
        yield field, f"{address.name!r} is {whose} {owners}, not {whose.split()[-1]} {address.party}"
    for name in COUNTED:
        if getattr(address, name) < 1:
            yield name, f"is {getattr(address, name)}, but must be at least 1"


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f": did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(known))}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

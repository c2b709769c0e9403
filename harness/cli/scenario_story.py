"""A scenario, or a family, told as a story: who orders what, what happens then, what goes wrong, what must hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import Any

from ...scenarios.action import actions
from ...scenarios.amount import PIECE
from ...scenarios.family import BETWEEN
from ...scenarios.fault import faults
from ...scenarios.interference import ArmedFault
from ...scenarios.scenario import HandlingWish, LineWish, OrderWish, Scenario, action_of, expectation_of, fault_of
from ..invariant import invariants
from .listing import first_line

WIDTH = 110
_PARTIAL = {
    "allowBackorder": "what is not there may come later",
    "shipAvailable": "what is not there is cancelled",
    "shipComplete": "all is to come at once",
}
_SPEAKS_OF_ALL = ("after_h", "after_event", "order", "do")


def told(scenario: Scenario) -> str:
    """One scenario."""
    parts = [
        f"{scenario.scenario}: {scenario.title}",
        fill(scenario.story.strip(), WIDTH),
        _section("What is ordered", [_order(name, wish) for name, wish in scenario.orders.items()]),
        _section("What the warehouse does", _handled(scenario)),
        _section("Which regions go over to the ERP in the cloud", _cut_over(scenario)),
        _section("What people do", [_done(document) for document in scenario.actions]),
        _section("What goes wrong", [_struck(scenario, document) for document in scenario.faults]),
        _section("What must hold", [f"{name}  {invariants[name].title}" for name in scenario.then.invariants]),
        _section("What must come out", [expectation_of(each).described() for each in scenario.then.expect]),
        "\n".join(_notes(scenario)),
    ]
    return "\n\n".join(part for part in parts if part)


def family_told(family: str, rows: Sequence[Scenario]) -> str:
    """A family: its rows, and the first of them in full."""
    width = max(len(row.scenario) for row in rows)
    listed = [f"{row.scenario.ljust(width)}  {row.title}" for row in rows]
    run = f"`crossdock run {family}` plays them all, `crossdock run {rows[0].scenario}` the first."
    return "\n\n".join([f"{family}: a family of {len(rows)}", "\n".join(listed), run, told(rows[0])])


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"{title}:", *(f"  {line}" for line in lines)]) if lines else ""


def _order(name: str, wish: OrderWish) -> str:
    lines = " and ".join(map(_line, wish.lines))
    who = f"{wish.customer or 'a customer'} in the {wish.region}"
    how_many = f"{wish.count} orders" if wish.count > 1 else "an order"
    whole = all(line.unit == PIECE for line in wish.lines)
    pieces = " pieces" * whole + (f" of {len(wish.lines)} items" if len(wish.lines) > 1 else "")
    word = f"; the packers are told {wish.instructions!r}" if wish.instructions else ""
    return f"{name}  {how_many} of {who} for {lines}{pieces}, {wish.service}; {_PARTIAL[wish.partial]}{word}"


def _line(line: LineWish) -> str:
    unit = "" if line.unit == PIECE else f" {line.unit}"
    stock = f" (only {line.stock}{unit} in stock)" if line.stock is not None else ""
    told_apart = "" if line.tracked == "no" else f" (told apart by {line.tracked})"
    return f"{line.quantity}{unit}{stock}{told_apart}"


def _handled(scenario: Scenario) -> list[str]:
    found: list[str] = []
    for name, handling in scenario.warehouse.items():
        found.extend(f"{name}  {what}" for what in _handling(handling))
        for warehouse, own in handling.at.items():
            found.extend(f"{name}  at {warehouse}: {what}" for what in _handling(own))
    return found


def _handling(handling: HandlingWish) -> Iterator[str]:
    if handling.refuses:
        yield f"refuses it ({handling.refuses})"
    if handling.hold_h:
        yield f"lets it lie for {handling.hold_h:g} hours before it is picked"
    if handling.ships:
        parts = ", then ".join(" and ".join(map(str, shipment)) for shipment in handling.ships)
        yield f"ships {parts}, and no more"
    if handling.carrier:
        yield f"gives its parcels to {handling.carrier['name']} ({handling.carrier['service']})"
    if handling.journey != "delivered":
        yield f"its parcels end as: {handling.journey}"


def _cut_over(scenario: Scenario) -> list[str]:
    return [f"{region}  {after_h:g} h after the start" for region, after_h in scenario.cut_over.items()]


def _done(document: dict[str, Any]) -> str:
    action = action_of(document)
    since = f"after {action.after_event}" if action.after_event else "after the start"
    more = ", ".join(f"{key}={value}" for key, value in document.items() if key not in _SPEAKS_OF_ALL)
    what = f"{document['do']} of {action.order}" + (f" ({more})" if more else "")
    return f"{action.after_h:g} h {since}: {what}: {first_line(actions[document['do']])}"


def _struck(scenario: Scenario, document: dict[str, Any]) -> str:
    fault = document["fault"]
    how = ArmedFault(scenario.scenario, fault, fault_of(document)).description()
    return f"{fault} ({how}): {first_line(faults[fault])}"


def _notes(scenario: Scenario) -> Iterator[str]:
    if scenario.twins:
        yield f"{' and '.join(scenario.twins)} are twins: they must end in the same state."
    if scenario.requires:
        yield f"Only for a layer that claims {', '.join(scenario.requires)}."
    if scenario.exclusive:
        yield "It is played alone: something in it touches more than its own orders."
    if BETWEEN in scenario.scenario:
        yield f"A row of the family {scenario.family}."
    if scenario.source:
        yield f"Modelled on {scenario.source}"

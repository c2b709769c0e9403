"""What a scenario says and can't mean: times that can't be, faults that never strike, promises that nothing tests."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from ..contracts import documents
from ..simulators.world import CLOUD_ERP
from . import amount, entry
from .action import Action, actions
from .actions.return_goods import CameBack, ReturnGoods
from .address import EVENTS
from .entry import Problem
from .fault import Fault, faults
from .file_fault import FileFault
from .plan import REGIONS

if TYPE_CHECKING:
    from .scenario import HandlingWish, LineWish, OrderWish, Scenario

# The longest that anything may last: a year of business, ten minutes on the wire.
LONGEST = {"_h": 8760, "_s": 600}
# Events that come of an action only → the actions, one of which a scenario must have.
_COME_OF = {
    "crossdock.return.requested.v1": ("request-return",),
    "crossdock.return.authorized.v1": ("request-return",),
    "crossdock.return.received.v1": ("return-goods",),
    "crossdock.return.unannounced.v1": ("return-unannounced",),
    "crossdock.credit-memo.posted.v1": ("return-goods",),
    "crossdock.order.cancel-requested.v1": ("cancel-order",),
    "crossdock.inventory.adjusted.v1": ("adjust-stock",),
    "crossdock.inventory.snapshot.v1": ("take-snapshot",),
}
# Invariants that speak of what an action brings about → the actions, one of which a scenario must have.
_TESTED_BY = {"M2": ("request-return", "return-goods", "return-unannounced")}
# What people do to stock, customers and items goes into one ERP; where there are two, nobody brings it to the other.
_KEPT_BY_BOTH = (
    *("adjust-stock", "take-snapshot", "receive-stock"),
    *("create-customer", "change-customer", "create-item", "change-item"),
)
_AMOUNT_OF_TIME = ("for_s", "for_h")


def problems(scenario: Scenario) -> Iterator[Problem]:
    """All of them, each with a JSON Pointer into the scenario."""
    struck = _typed(scenario.faults, "fault", faults)
    done = _typed(scenario.actions, "do", actions)
    for number, fault in struck.items():
        for name, problem in (*_amounts(fault), *_lasts(fault), *_wrong_channel(fault, scenario)):
            yield f"/faults/{number}/{name}", problem
    yield from _twice(struck)
    for number, action in done.items():
        for name, problem in (*_amounts(action), *_about_lines(action, scenario)):
            yield f"/actions/{number}/{name}", problem
    yield from _never_comes(scenario, struck, done)
    yield from _made_twice(done)
    yield from _untested(scenario)
    yield from _cut_over(scenario, struck)
    for name, order in scenario.orders.items():
        yield from _amounts_of(f"/orders/{name}", order)
    for name, handling in scenario.warehouse.items():
        yield from _broken_pieces(scenario, name, handling)
        yield from _refused_and_shipped(f"/warehouse/{name}", handling)
        for warehouse, own in handling.at.items():
            yield from _refused_and_shipped(f"/warehouse/{name}/at/{warehouse}", own)


def unknown_capabilities(scenario: Scenario) -> Iterator[Problem]:
    """Capabilities that no target can claim."""
    known = documents.load("harness/v1/target.json")["properties"]["capabilities"]["items"]["enum"]
    for number, name in enumerate(scenario.requires):
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            yield f"/requires/{number}", f"there is no capability {name!r}: {hint}"


def _typed(written: tuple[dict[str, Any], ...], key: str, registry: Any) -> dict[int, Any]:
    """Number → fault or action, of those that can be made at all."""
    return {
        number: entry.typed(registry, key, document)
        for number, document in enumerate(written)
        if not any(entry.problems(registry, key, document))
    }


def _amounts(thing: Fault | Action) -> Iterator[Problem]:
    for name in thing.__struct_fields__:
        value = getattr(thing, name)
        longest = None if name.endswith("_per_s") else LONGEST.get(name[-2:])
        if longest and isinstance(value, int | float) and value > longest:
            unit = "business hours" if name.endswith("_h") else "seconds"
            yield name, f"is {value:g}, but nothing lasts longer than {longest} {unit}"
        if name == "copies" and value < 2:
            yield name, f"is {value}, but must be at least 2, the first one counted"


def _lasts(fault: Fault) -> Iterator[Problem]:
    lengths = {name: getattr(fault, name) for name in _AMOUNT_OF_TIME if name in fault.__struct_fields__}
    usual = entry.fields(type(fault))
    if lengths and not any(lengths.values()):
        yield next(iter(lengths)), "is 0, and so it would be over before it began"
    if len(lengths) == 2 and all(value and value != usual[name].default for name, value in lengths.items()):
        yield "for_h", "stands beside for_s: say how long in one of the two"


def _wrong_channel(fault: Fault, scenario: Scenario) -> Iterator[Problem]:
    party: str = getattr(fault, "party", "")
    spoken = fault.spoken() if isinstance(fault, FileFault) else fault.channels
    if spoken and scenario.channels.get(party) not in (None, *spoken):
        told = " or ".join(sorted(spoken))
        yield "party", f"is {party}, which speaks {scenario.channels[party]} by `channels`; this strikes {told}"


def _twice(struck: dict[int, Fault]) -> Iterator[Problem]:
    """Faults of a kind that are aimed at the same occurrence of the same message: one of them never strikes."""
    for (first, one), (second, other) in combinations(struck.items(), 2):
        if type(one) is type(other) and _aim(one) == _aim(other) and _share_an_order(one, other) and _meet(one, other):
            yield f"/faults/{second}/fault", f"strikes the very message that faults.{first} does: give it another `nth`"


def _aim(fault: Fault) -> list[tuple[str, str]]:
    texts = [(name, getattr(fault, name)) for name in fault.__struct_fields__ if name != "order"]
    return [(name, value) for name, value in texts if isinstance(value, str)]


def _share_an_order(one: Fault, other: Fault) -> bool:
    return not one.order or not other.order or one.order == other.order


def _meet(one: Fault, other: Fault) -> bool:
    """Whether the occurrences that they strike overlap."""
    (first, count), (second, times) = ((getattr(each, "nth", 1), getattr(each, "times", 1)) for each in (one, other))
    return bool(first < second + times and second < first + count)


def _about_lines(action: Action, scenario: Scenario) -> Iterator[Problem]:
    if action.order not in scenario.orders:
        return
    lines = scenario.orders[action.order].lines
    quantities = getattr(action, "quantities", ())
    if quantities and len(quantities) != len(lines):
        yield "quantities", f"must have one for each line of the order: {len(lines)}, not {len(quantities)}"
        return
    for number, (quantity, line) in enumerate(zip(quantities, lines, strict=False)):
        if problem := amount.wrong(quantity, line.unit):
            yield f"quantities/{number}", problem
    if isinstance(action, ReturnGoods):
        for number, came in enumerate(action.lines):
            yield from ((f"lines/{number}/{name}", problem) for name, problem in _came_back(came, lines))


def _came_back(came: CameBack, lines: Sequence[LineWish]) -> Iterator[Problem]:
    """What can't have come back, and what can't be read from it."""
    for name, number in (("line", came.line), ("item", came.item or came.line)):
        if not 0 < number <= len(lines):
            yield name, f"is {number}, and the order has {len(lines)} line{'s' if len(lines) > 1 else ''}"
            return
    line = lines[(came.item or came.line) - 1]
    if problem := amount.wrong(came.quantity, came.uom or line.unit):
        yield "quantity", problem
    for name, how in (("lot", "lot"), ("serials", "serial")):
        if getattr(came, name) and (line.tracked != how or came.item):
            yield name, f"is nothing that could be read: say of the order's line `tracked: {how}`, and no other `item`"
    if came.serials and len(set(came.serials)) != came.quantity:
        yield "serials", f"must name {came.quantity} pieces, each once"
    if min(came.serials, default=1) < 1 or max(came.serials, default=0) > line.quantity:
        yield "serials", f"must be from 1 to {line.quantity}, as many as are ordered"


def _amounts_of(place: str, order: OrderWish) -> Iterator[Problem]:
    for number, line in enumerate(order.lines):
        for name, value in (("quantity", line.quantity), ("stock", line.stock)):
            if value is not None and (problem := amount.wrong(value, line.unit)):
                yield f"{place}/lines/{number}/{name}", problem
        if line.unit != amount.PIECE and (line.case or line.tracked == "serial"):
            name = "case" if line.case else "tracked"
            yield f"{place}/lines/{number}/{name}", f"is of pieces, and the item is kept in {line.unit}"


def _broken_pieces(scenario: Scenario, name: str, handling: HandlingWish) -> Iterator[Problem]:
    """Shipments of parts of what has none."""
    units = [line.unit for line in scenario.orders[name].lines] if name in scenario.orders else []
    for place, own in ((f"/warehouse/{name}", handling), *_at_warehouses(name, handling)):
        for number, shipment in enumerate(own.ships):
            for line, (quantity, unit) in enumerate(zip(shipment, units, strict=False)):
                if problem := amount.wrong(quantity, unit):
                    yield f"{place}/ships/{number}/{line}", problem


def _at_warehouses(name: str, handling: HandlingWish) -> Iterator[tuple[str, HandlingWish]]:
    return ((f"/warehouse/{name}/at/{warehouse}", own) for warehouse, own in handling.at.items())


def _never_comes(scenario: Scenario, struck: dict[int, Fault], done: dict[int, Action]) -> Iterator[Problem]:
    doing = {document["do"] for document in scenario.actions}
    awaited = [(f"/actions/{number}/after_event", action.after_event) for number, action in done.items()]
    for number, fault in struck.items():
        fields = [name for name in fault.__struct_fields__ if str(getattr(fault, name)).startswith(EVENTS)]
        awaited.extend((f"/faults/{number}/{name}", getattr(fault, name)) for name in fields)
    for place, event_type in awaited:
        causes = _COME_OF.get(event_type, ())
        if causes and doing.isdisjoint(causes):
            yield place, f"{event_type} never comes: it takes an action {' or '.join(causes)}"


def _made_twice(done: dict[int, Action]) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for number, action in done.items():
        if action.makes and first.setdefault((action.makes, action.order), number) != number:
            again = first[action.makes, action.order]
            are = "are" if action.makes == "items" else "is"
            yield f"/actions/{number}/do", f"the {action.makes} of {action.order} {are} made by actions.{again} already"


def _untested(scenario: Scenario) -> Iterator[Problem]:
    doing = {document["do"] for document in scenario.actions}
    for number, name in enumerate(scenario.then.invariants):
        place = f"/then/invariants/{number}"
        if name == "C2" and not scenario.twins:
            yield place, "C2 compares two orders that must end alike: name them with `twins`"
        causes = _TESTED_BY.get(name, ())
        if causes and doing.isdisjoint(causes):
            yield place, f"{name} is not put to the test: it takes an action {' or '.join(causes)}"


def _cut_over(scenario: Scenario, struck: dict[int, Fault]) -> Iterator[Problem]:
    goes_to = {order.ship_to.get("region") for order in scenario.orders.values()}
    usual = {state for cities in REGIONS.values() for _, state, _ in cities}
    for region in scenario.cut_over:
        if region not in goes_to:
            yield f"/cut_over/{region}", f"no order goes to {region}: say of one `ship_to: {{region: {region}, …}}`"
        elif region in usual:
            live = f"is where the customers of other scenarios live ({', '.join(sorted(usual))})"
            yield f"/cut_over/{region}", f"{live}, and their orders would go over as well: take another"
    for number, document in enumerate(scenario.actions if scenario.cut_over else ()):
        if document["do"] in _KEPT_BY_BOTH:
            why = "changes what both ERPs keep, and nobody brings it to the second"
            yield f"/actions/{number}/do", f"{document['do']} {why}: leave it out, or `cut_over`"
    for number, fault in struck.items():
        if getattr(fault, "party", "") == CLOUD_ERP and not scenario.cut_over:
            yield f"/faults/{number}/party", f"is {CLOUD_ERP}, which is there only when a region goes over: `cut_over`"


def _refused_and_shipped(place: str, handling: HandlingWish) -> Iterator[Problem]:
    if handling.refuses and (handling.ships or handling.hold_h):
        yield f"{place}/refuses", "can't be, together with `ships` or `hold_h`: what is refused is never picked"

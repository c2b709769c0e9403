"""What can be made smaller about a scenario, each time a little: every reduction gives a new document, valid or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from typing import Any

from .document import Document

# What a scenario is told by, and what it is addressed by: nothing becomes simpler without it.
LASTING = frozenset(
    {"scenario", "title", "story", "tags", "source", "requires", "then", "orders", "do", "fault", "lines"}
)
NUMBERED_LINE = "line"
OTHER_ITEM = "item"
# Below this a number is also tried as the next smaller one.
SMALL = 10


def with_orders(document: Document, names: Collection[str]) -> Document:
    """The scenario with these orders only, and with what is about them or about all."""
    smaller = {**document, "orders": {name: order for name, order in document["orders"].items() if name in names}}
    if "warehouse" in document:
        smaller["warehouse"] = {name: wish for name, wish in document["warehouse"].items() if name in names}
    for part in ("actions", "faults"):
        if part in document:
            smaller[part] = [each for each in document[part] if each.get("order", "") in ("", *names)]
    if "cut_over" in document:
        goes_to = {order.get("ship_to", {}).get("region") for order in smaller["orders"].values()}
        smaller["cut_over"] = {region: hours for region, hours in document["cut_over"].items() if region in goes_to}
    if expected := document.get("then", {}).get("expect"):
        smaller["then"] = {**document["then"], "expect": [each for each in expected if each["order"] in names]}
    return smaller


def with_part(document: Document, part: str, things: Sequence[Any]) -> Document:
    """The scenario with these of its actions or faults only."""
    smaller = {name: value for name, value in document.items() if name != part}
    return {**smaller, part: list(things)} if things else smaller


def with_lines(document: Document, order: str, kept: Sequence[int]) -> Document:
    """The scenario with these lines (from 0) of an order only, and with all that is said of them."""
    smaller = deepcopy(document)
    lines = smaller["orders"][order]["lines"]
    smaller["orders"][order]["lines"] = [lines[place] for place in kept]
    handling = smaller.get("warehouse", {}).get(order, {})
    if "ships" in handling:
        handling["ships"] = [[shipment[place] for place in kept] for shipment in handling["ships"]]
    places = {place + 1: number for number, place in enumerate(kept, 1)}
    for action in smaller.get("actions", ()):
        if action.get("order") == order:
            _renumber(action, kept, places)
    return smaller


def simpler(document: Document) -> Iterator[Document]:
    """Each way to leave out one thing that has a usual value, and then each to make one number smaller."""
    for path in _paths(document):
        if path[-1] not in LASTING and not isinstance(path[-1], int):
            yield _without(document, path)
    for path in _paths(document):
        value = _at(document, path)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            yield from (_with(document, path, number) for number in _smaller(value))
        elif isinstance(path[-1], int) and path[-2] == "ships":
            yield _without(document, path)


def _renumber(action: dict[str, Any], kept: Sequence[int], places: dict[int, int]) -> None:
    """Speak of the lines by the numbers that they have now; what is about one that is gone goes too."""
    if "quantities" in action:
        action["quantities"] = [action["quantities"][place] for place in kept if place < len(action["quantities"])]
    if "lines" in action:
        action["lines"] = [each for each in action["lines"] if each.get(NUMBERED_LINE, 1) in places]
    for each in (action, *action.get("lines", ())):
        for name in (NUMBERED_LINE, OTHER_ITEM):
            if each.get(name) in places:
                each[name] = places[each[name]]


def _smaller(value: float) -> Iterator[float]:
    tried = [0, 1, int(value // 2)] + ([int(value) - 1] if value <= SMALL else [])
    yield from sorted({number for number in tried if 0 <= number < value})


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place within, what people and warehouses do before what is ordered: that depends on it."""
    if isinstance(value, dict):
        names: list[Any] = sorted(value, key=lambda name: name == "orders")
    else:
        names = list(range(len(value))) if isinstance(value, list) else []
    for name in names:
        if before or name not in ("tags", "requires", "then"):
            yield (*before, name)
            yield from _paths(value[name], (*before, name))


def _at(document: Any, path: Sequence[Any]) -> Any:
    for name in path:
        document = document[name]
    return document


def _without(document: Document, path: Sequence[Any]) -> Document:
    smaller = deepcopy(document)
    del _at(smaller, path[:-1])[path[-1]]
    return smaller


def _with(document: Document, path: Sequence[Any], value: Any) -> Document:
    smaller = deepcopy(document)
    _at(smaller, path[:-1])[path[-1]] = value
    return smaller

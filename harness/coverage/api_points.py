"""The points of the APIs and of the events, and which of them a journal saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from ...contracts.asyncapi import event_types
from ...contracts.openapi import Operation, api
from ...simulators.journal import Entry
from .point import Point
from .shape import Shape, shape_of

KINDS = ("crm", "erp", "warehouse")
EVENTS = "events"


@cache
def asked(kind: str, operation: str) -> Shape:
    """What a request of the operation may have in its body."""
    body = api(kind).operations[operation].body
    return shape_of(body.schema) if body is not None else Shape()


@cache
def answered(kind: str, operation: str) -> Shape:
    """What its answer may have, when it did what was asked."""
    described = api(kind).operations[operation]
    body = described.response(described.success)
    return shape_of(body.schema) if body is not None else Shape()


@cache
def told(event_type: str) -> Shape:
    """What the data of an event may have."""
    return shape_of(event_types()[event_type].data.schema)


def api_points() -> Iterator[Point]:
    """All that the contracts of the parties and of their events have."""
    for kind in KINDS:
        for operation in api(kind).operations.values():
            yield from _of_operation(kind, operation)
    for name in event_types():
        yield Point(EVENTS, name, "event", name)
        yield from (Point(EVENTS, name, what, place) for what, place in told(name).all())


def _of_operation(kind: str, operation: Operation) -> Iterator[Point]:
    yield Point(kind, operation.id, "operation", operation.id)
    yield from (Point(kind, operation.id, "status", status) for status in operation.responses)
    for parameter in operation.parameters:
        if parameter.where == "query":
            yield Point(kind, operation.id, "parameter", parameter.name)
    yield from (Point(kind, operation.id, what, f"request {place}") for what, place in asked(kind, operation.id).all())
    yield from (
        Point(kind, operation.id, what, f"answer {place}") for what, place in answered(kind, operation.id).all()
    )


class JournalSight:
    """What a journal saw. `cast` is party → kind. `beside` are the operations that were asked for and are none."""

    def __init__(self, cast: Mapping[str, str]) -> None:
        self._cast = cast
        self.seen: Counter[Point] = Counter()
        self.beside: Counter[str] = Counter()

    def take(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            detail = entry.detail if isinstance(entry.detail, dict) else {}
            kind = self._cast.get(entry.party, "")
            if entry.kind == "commit":
                self._events(detail.get("events", ()))
            elif entry.channel not in ("http", "x12", "csv", "queue") or kind not in KINDS:
                continue
            elif entry.name in api(kind).operations:
                self._exchange(entry, kind, detail)
            elif entry.kind == "invoke" and entry.channel == "http":
                self.beside[f"{entry.party}: {detail.get('method', '')} {detail.get('path', '')}".strip()] += 1

    def _events(self, events: Iterable[Mapping[str, Any]]) -> None:
        for event in events:
            name = str(event["type"])
            if name in event_types():
                self.seen[Point(EVENTS, name, "event", name)] += 1
                self.seen.update(Point(EVENTS, name, *seen) for seen in told(name).had_by(event.get("data")))

    def _exchange(self, entry: Entry, kind: str, detail: Mapping[str, Any]) -> None:
        operation = api(kind).operations[entry.name]
        if entry.kind == "invoke":
            self.seen[Point(kind, operation.id, "operation", operation.id)] += 1
            known = {parameter.name for parameter in operation.parameters if parameter.where == "query"}
            for name in known.intersection(parse_qs(str(detail.get("query", "")), keep_blank_values=True)):
                self.seen[Point(kind, operation.id, "parameter", name)] += 1
            self._had(kind, operation.id, "request", asked(kind, operation.id), detail.get("body"))
        elif entry.kind in ("ok", "fail", "info") and entry.channel == "http":
            status = detail.get("status", 0)
            key = next(
                (key for key in (str(status), f"{status // 100}XX", "default") if key in operation.responses), ""
            )
            if key:
                self.seen[Point(kind, operation.id, "status", key)] += 1
            if status == operation.success:
                self._had(kind, operation.id, "answer", answered(kind, operation.id), detail.get("body"))

    def _had(self, kind: str, operation: str, side: str, shape: Shape, body: Any) -> None:
        self.seen.update(Point(kind, operation, what, f"{side} {place}") for what, place in shape.had_by(body))

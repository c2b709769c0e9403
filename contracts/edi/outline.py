"""A file of interchanges as it is built: as lines to read, and as values for JSON (contracts/x12/events.json)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from .events import (
    Event,
    GroupEnd,
    GroupStart,
    InterchangeAcknowledgment,
    InterchangeEnd,
    InterchangeStart,
    Junk,
    TransactionSet,
)
from .explanation import NOT_JUDGED, VERDICTS, plain, told
from .header import GroupHeader, InterchangeHeader

NAMES: dict[type, str] = {
    InterchangeStart: "interchange",
    GroupStart: "group",
    TransactionSet: "set",
    GroupEnd: "group-end",
    InterchangeAcknowledgment: "interchange-acknowledgment",
    InterchangeEnd: "interchange-end",
    Junk: "junk",
}


def outlined(events: Iterable[Event]) -> Iterator[str]:
    """A line for each header, trailer and segment, indented by loop."""
    for event in events:
        if isinstance(event, InterchangeStart):
            yield from told(event)
            yield _interchange(event.header)
        elif isinstance(event, GroupStart):
            yield _group(event.header)
        elif isinstance(event, TransactionSet):
            name = f"{plain(event.set_id)} {plain(event.control_number)}"
            verdict = VERDICTS[event.result.code] if event.guide else NOT_JUDGED
            yield f"    set {name}  {len(event.segments)} segments, {verdict}"
            for elements, stand in zip(event.segments, event.stands, strict=False):
                depth = len(stand.loops) - stand.leads if stand else 0
                yield f"      {'  ' * depth}{plain(elements[0]):3} {' | '.join(map(plain, elements[1:]))}".rstrip()
        else:
            yield from told(event)


def _interchange(header: InterchangeHeader) -> str:
    usage = {"P": "production", "T": "test", "I": "information"}.get(header.usage, plain(header.usage))
    parties = f"{plain(str(header.sender))} -> {plain(str(header.receiver))}"
    moment = f"{plain(header.date)} {plain(header.time)}"
    return f"interchange {plain(header.control_number)}  {parties}  {moment}  {usage}"


def _group(header: GroupHeader) -> str:
    name = f"{plain(header.functional_id)} {plain(header.control_number)}"
    return f"  group {name}  {plain(header.sender)} -> {plain(header.receiver)}  {plain(header.version)}"


def value_of(event: Event) -> dict[str, Any]:
    """An event as JSON has it."""
    value: dict[str, Any] = {"event": NAMES[type(event)]}
    if isinstance(event, (InterchangeStart, GroupStart)):
        header = asdict(event.header)
        value |= {"header": header, "position": event.position}
    elif isinstance(event, TransactionSet):
        value |= {"position": event.position, "result": asdict(event.result)}
        value["guide"] = event.guide.name if event.guide else None
        value["segments"] = [
            {"elements": elements, "loop": stand.loop_id if stand else None}
            for elements, stand in zip(event.segments, event.stands, strict=False)
        ]
    elif isinstance(event, GroupEnd):
        result = event.result
        counts = {"included": result.included, "received": result.received, "accepted": result.accepted}
        value |= {"position": event.position, "code": result.code, "errors": list(result.errors), **counts}
    elif isinstance(event, InterchangeEnd):
        ending = event.result
        value |= {"position": event.position, "code": ending.code, "note": ending.note}
        value |= {"notes": list(ending.notes), "problems": list(ending.problems)}
    else:
        value |= asdict(event)
    return value

"""The detail of a journal entry, the same whether the entry was just written or read from a file.

As it is written the detail holds typed objects and JSON octets (msgspec.Raw); in the file all of it is plain JSON, and
as `recorded` reads that, records are octets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec

from ..contracts import objects
from ..contracts.objects import CloudEvent
from ..simulators.journal import Entry


class About(msgspec.Struct, frozen=True, rename="camel"):
    """By what an event's data names the CRM order that it is about."""

    order_id: str | None = None
    external_reference: str | None = None


def text(entry: Entry, name: str) -> str:
    """A member of the detail as text, "" where there is none."""
    value = entry.detail.get(name) if isinstance(entry.detail, dict) else None
    return "" if value is None else str(value)


def member(entry: Entry, name: str) -> Any:
    """A member of the detail as plain JSON, None where there is none (a body too long to be kept, for one)."""
    value = entry.detail.get(name) if isinstance(entry.detail, dict) else None
    return msgspec.json.decode(value) if isinstance(value, msgspec.Raw) else value


def records(entry: Entry, kinds: frozenset[str]) -> Iterator[tuple[str, str, Any]]:
    """(type name, key, typed record) of what a commit wrote, of these types only."""
    detail = entry.detail
    for kind, key, record in detail["records"] if isinstance(detail, dict) else detail.records:
        if kind in kinds:
            if isinstance(record, msgspec.Raw):
                yield kind, key, _decoder(kind)(record)
            else:
                struct = getattr(objects, kind)
                yield kind, key, record if isinstance(record, struct) else msgspec.convert(record, struct)


@cache
def _decoder(kind: str) -> Callable[[msgspec.Raw], Any]:
    decode: Callable[[msgspec.Raw], Any] = msgspec.json.Decoder(getattr(objects, kind)).decode
    return decode


def events(entry: Entry) -> Iterator[CloudEvent]:
    """The events that a commit announced."""
    detail = entry.detail
    for event in detail.get("events", ()) if isinstance(detail, dict) else detail.events:
        if isinstance(event, CloudEvent):
            yield event
        else:
            data = msgspec.Raw(msgspec.json.encode(event["data"]))
            yield msgspec.convert({**event, "data": data}, CloudEvent)


def order_of(event: CloudEvent) -> str:
    """The CRM order that an event is about, by its data; "" where that names none."""
    try:
        about = msgspec.json.decode(event.data, type=About)
    except msgspec.DecodeError:  # the data is no object, or names its order otherwise
        return ""
    return about.order_id or about.external_reference or ""

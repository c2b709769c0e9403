"""What stood at a party when it was asked: of all its records those that have to do with the request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...simulators.world import PARTIES

RecordId = tuple[str, str]
Records = Mapping[RecordId, Any]
# Members that name one thing among many; who ships, and which line, is no such name.
_NAMING = ("Id", "No", "Number", "sku", "Reference", "reference")
_NO_NAMES = frozenset({"lineId", "packageId", "warehouseId", "taxId", *PARTIES})


def concerned(records: Records, *asked: Any) -> dict[str, dict[str, Any]]:
    """Type → key → record, of the records that share a name with what was asked, or with one that does."""
    names_of = {place: {*_names(record), *place[1].split("/")} - _NO_NAMES for place, record in records.items()}
    known = {name for value in asked for name in _names(value)}
    chosen: set[RecordId] = set()
    grown = True
    while grown:
        more = {place for place, names in names_of.items() if place not in chosen and names & known}
        known |= {name for place in more for name in names_of[place]}
        chosen |= more
        grown = bool(more)
    told: dict[str, dict[str, Any]] = {}
    for kind, key in records:
        if (kind, key) in chosen:
            told.setdefault(kind, {})[key] = records[kind, key]
    return told


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for member, each in value.items():
            if isinstance(each, str) and member.endswith(_NAMING) and member not in _NO_NAMES:
                yield each
            else:
                yield from _names(each)
    elif isinstance(value, list):
        for each in value:
            yield from _names(each)

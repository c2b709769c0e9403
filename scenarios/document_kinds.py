"""The documents that a party which speaks in files puts out, by what faults may call them."""

from __future__ import annotations

from functools import cache

# What answers a file, beside the documents that tell events.
ANSWERS = {"997": "x12", "824": "x12", "TA1": "x12", "pick_ack": "csv", "error_file": "csv"}


@cache
def documents() -> dict[str, frozenset[str]]:
    """Set, layout or event type → the channels on which there is such a document."""
    from ..simulators.channels.csv import registry as csv
    from ..simulators.channels.x12 import sets as x12

    found: dict[str, set[str]] = {name: {channel} for name, channel in ANSWERS.items()}
    for event_type, telling in x12.told.items():
        for name in (event_type, telling.set_id):
            found.setdefault(name, set()).add("x12")
    for event_type, rows in csv.told.items():
        for name in (event_type, rows.layout):
            found.setdefault(name, set()).add("csv")
    return {name: frozenset(channels) for name, channels in found.items()}

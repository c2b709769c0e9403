"""Who uses what of the contracts, as a recorded run saw it: each client of the layer, with the operations that it
called, the events that it was told, the sets and files that it exchanged, and the fields in them.

What a client sent or read in an operation is kept as one body that has all the fields ever seen there, so that memory
does not grow with the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from ...contracts.asyncapi import event_types
from ...contracts.comparison.consumer import Consumer, Usage
from ...contracts.comparison.seen_values import SeenValues
from ...contracts.documents import load
from ...contracts.layouts import layouts
from ...contracts.openapi import api
from ...simulators.journal import Entry
from ..world_folders import JOURNAL, entries, world_folders
from .api_points import KINDS
from .coverage import cast_of
from .file_points import elements_in, seen_in

WEBHOOK_CHANNELS = ("webhook", "queue")
RESULT, LAYER, FILES = "result.json", "layer", "files"
FEED = "listEvents"  # how who polls is told of events


def users_of(folder: Path) -> list[Consumer]:
    """The users that the run in the folder shows; none of them is known to use what it did not use there.

    Raises: NoJournal, JournalDamaged.
    """
    worlds = world_folders(folder)
    cast = cast_of(folder / JOURNAL)
    sight = UseSight(cast)
    sight.take(entries(folder))
    usages = sight.usages()
    for party in sorted(cast):
        told = list(_of_files([world / FILES / party for world in worlds], party))
        if told:
            usages.setdefault((f"{LAYER}-{party}", cast[party]), []).extend(told)
    layer, run = _of_result(folder)
    return [
        Consumer(f"{layer} as {client} (run {run})", str(folder), tuple(found), _titles() - _titles(kind))
        for (client, kind), found in sorted(usages.items())
    ]


def _titles(*kinds: str) -> frozenset[str]:
    return frozenset(load(f"{kind}/v1/openapi.yaml")["info"]["title"] for kind in kinds or KINDS if kind in KINDS)


def _of_result(folder: Path) -> tuple[str, str]:
    """The layer's name and the run's, as its result has them; a run that was cut short has none."""
    result = folder / RESULT
    if not result.is_file():
        return LAYER, folder.resolve().name
    told = msgspec.json.decode(result.read_bytes())
    return str(told["target"]["name"]), folder.resolve().name


@dataclass(slots=True)
class _Used:
    """How often, the body that has all fields ever sent and read, and the values in them."""

    count: int = 0
    sent: Any = None
    read: Any = None
    sent_values: SeenValues = field(default_factory=SeenValues)
    read_values: SeenValues = field(default_factory=SeenValues)


@dataclass(slots=True)
class UseSight:
    """What a journal tells of use. `cast` is party → kind."""

    cast: Mapping[str, str]
    _asked: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    _operations: dict[tuple[str, str, str, str], _Used] = field(default_factory=dict)
    _events: dict[str, Any] = field(default_factory=dict)
    _event_values: dict[str, SeenValues] = field(default_factory=dict)
    _told: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def take(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            detail = entry.detail if isinstance(entry.detail, dict) else {}
            if entry.kind == "commit":
                for event in detail.get("events", ()):
                    self._events[event["type"]] = united(self._events.get(event["type"]), event)
                    self._event_values.setdefault(event["type"], SeenValues()).take(event)
            elif entry.channel in WEBHOOK_CHANNELS and entry.kind == "ok" and entry.name in event_types():
                self._told[entry.client, self.cast.get(entry.party, ""), entry.name] += 1
            elif entry.channel == "http" and entry.kind == "invoke":
                self._asked[entry.seq] = detail
            elif entry.channel == "http" and entry.kind in ("ok", "fail", "info"):
                self._answered(entry, detail)

    def _answered(self, entry: Entry, detail: Mapping[str, Any]) -> None:
        asked = self._asked.pop(entry.exchange, None)
        kind = self.cast.get(entry.party, "")
        if asked is None or not entry.client or kind not in KINDS or entry.name not in api(kind).operations:
            return
        used = self._operations.setdefault((entry.client, kind, entry.name, str(detail.get("status", ""))), _Used())
        used.count += 1
        used.sent = united(used.sent, asked.get("body"))
        used.read = united(used.read, detail.get("body"))
        used.sent_values.take(asked.get("body"))
        used.read_values.take(detail.get("body"))
        if entry.name == FEED and isinstance(body := detail.get("body"), dict):
            self._told.update((entry.client, kind, event["type"]) for event in body.get("items", ()))

    def usages(self) -> dict[tuple[str, str], list[Usage]]:
        """(Client, kind of the party) → what it used there."""
        found: dict[tuple[str, str], list[Usage]] = {}
        for (client, kind, name, status), used in self._operations.items():
            operation = api(kind).operations[name]
            said = f"{name}, answered with {status} {_times(used.count)}"
            how = (operation.method.upper(), operation.path, status)
            usage = Usage(*how, used.sent, used.read, said, used.sent_values, used.read_values)
            found.setdefault((client, kind), []).append(usage)
        for (client, kind, event_type), count in self._told.items():
            said, values = f"{event_type}, told {_times(count)}", self._event_values.get(event_type)
            usage = Usage("", event_type, "", None, self._events.get(event_type), said, read_values=values)
            found.setdefault((client, kind), []).append(usage)
        return found


def united(one: Any, other: Any) -> Any:
    """A body with the fields of both; of several items one that has the fields of all."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: united(one.get(name), other.get(name)) for name in {**one, **other}}
    if isinstance(other, dict):
        return {name: united(None, value) for name, value in other.items()}
    if isinstance(other, list):
        member = one[0] if isinstance(one, list) and one else None
        for item in other:
            member = united(member, item)
        return [] if member is None else [member]
    return one if other is None else other


def _of_files(folders: Sequence[Path], party: str) -> Iterator[Usage]:
    """The sets and files exchanged with a party, and the segments, elements and columns that were filled in them."""
    sets: dict[str, dict[str, str]] = {}
    values: dict[str, SeenValues] = {}
    for set_id, name, value in chain.from_iterable(map(elements_in, folders)):
        sets.setdefault(set_id, {})[name] = ""
        values.setdefault(set_id, SeenValues()).take({name: value})
    for set_id, names in sets.items():
        yield Usage("", set_id, "", None, names, f"{set_id} exchanged with {party}", read_values=values[set_id])
    codes = {layout.name: layout.type_code for layout in layouts()}
    columns: dict[str, dict[str, str]] = {}
    for point in chain.from_iterable(map(seen_in, folders)):
        if point.kind == "column":
            columns.setdefault(codes[point.part], {})[point.name] = ""
    for code, names in columns.items():
        yield Usage("", code, "", None, names, f"{code} file exchanged with {party}")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"

"""What a layer makes of the files that it finds: acknowledgments, calls of other systems, dead letters and cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from ...contracts.objects import Case, CaseCategory, CloudEvent
from ...simulators.journal import Entry
from ...simulators.world import World
from .. import entry_detail
from .file_hand import FAULT, Put

SHIPPED = "crossdock.shipment.shipped.v1"
# Event type → the call by which a layer acts upon it, and what names it there: members of its data.
ACTS = {
    SHIPPED: ("confirmShipment", ("shipmentId",)),
    "crossdock.tracking.milestone.v1": ("updateTracking", ("trackingNumber", "code")),
    "crossdock.return.received.v1": ("receiveReturn", ("receiptId",)),
    "crossdock.inventory.adjusted.v1": ("postStockMovement", ("adjustmentId",)),
    "crossdock.inventory.snapshot.v1": ("postStockCounts", ("snapshotId",)),
}
OPERATIONS = frozenset(operation for operation, _ in ACTS.values())
# Of these something must come; of the others a layer may pass over what newer ones have overtaken.
MUST_ACT = frozenset({SHIPPED, "crossdock.return.received.v1", "crossdock.inventory.adjusted.v1"})
HOLDERS = frozenset({"crm", "erp"})


@dataclass(frozen=True, slots=True)
class Acknowledgment:
    """A group that the layer has answered: the code of AK901, what AK9 counts, and each set with its codes; `kept` is
    whether the 997 itself keeps its guide.
    """

    functional_id: str
    number: int
    code: str
    received: int
    accepted: int
    errors: tuple[str, ...]
    sets: tuple[Mapping[str, Any], ...]
    kept: bool
    file: str

    @property
    def codes(self) -> frozenset[str]:
        """Everything that it has against the group and its sets."""
        return frozenset(self.errors).union(*(each["errors"] for each in self.sets))


class Reactions:
    """Listens to the journal of a world; `letters` are the texts of the dead letters, which somebody else looks for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known_cases = frozenset(world.parties["crm"].state.table(Case))
        self._events: dict[str, CloudEvent] = {}
        self._about: dict[tuple[str, str], CloudEvent] = {}
        self._asked: dict[int, Entry] = {}
        self.calls: list[
            tuple[str, str, Any]
        ] = []  # (operation, all of the call as a text, its body), of what was taken
        self.acknowledgments: defaultdict[tuple[str, int], list[Acknowledgment]] = defaultdict(list)
        self.refused: dict[tuple[str, int], str] = {}
        self.fetched: set[tuple[str, str]] = set()
        self.letters: dict[str, str] = {}

    def take(self, entry: Entry) -> None:
        if entry.kind == "commit":
            self._events.update((event.id, event) for event in entry_detail.events(entry) if event.type in ACTS)
        elif entry.kind == "fault" and entry.name == FAULT:
            event = self._events.get(entry_detail.text(entry, "event"))
            if event is not None:
                self._about[entry.party, entry_detail.text(entry, "document")] = event
        elif entry.kind == "note":
            self._noted(entry)
        elif entry.party in HOLDERS and entry.channel in ("http", "queue"):
            self._called(entry)

    def _called(self, entry: Entry) -> None:
        if entry.kind == "invoke" and entry.name in OPERATIONS:
            self._asked[entry.seq] = entry
        elif entry.kind == "ok" and (asked := self._asked.pop(entry.exchange, None)):
            text = msgspec.json.encode(asked.detail).decode()
            self.calls.append((asked.name, text, entry_detail.member(asked, "body")))

    def _noted(self, entry: Entry) -> None:
        if entry.name == "fetched":
            self.fetched.add((entry.party, entry_detail.text(entry, "file")))
        elif entry.name == "rejected-by-partner" and entry_detail.text(entry, "code").startswith("TA1"):
            number = int(entry_detail.text(entry, "number"))
            self.refused[entry.party, number] = entry_detail.text(entry, "code")
        elif entry.name == "file":
            for interchange in entry_detail.member(entry, "interchanges") or ():
                kept = all(group["code"] == "A" for group in interchange["groups"])
                for each in interchange["acknowledged"]:
                    found = _acknowledgment(each, kept, entry_detail.text(entry, "file"))
                    self.acknowledgments[entry.party, found.number].append(found)

    def event(self, put: Put) -> CloudEvent | None:
        """What the document is to tell."""
        return self._about.get((put.party, put.name))

    def effects(self, put: Put) -> list[Any]:
        """The bodies of the calls that act upon it."""
        event = self.event(put)
        if event is None:
            return []
        data = msgspec.json.decode(event.data)
        acts, names = ACTS[event.type]
        marks = [str(data[name]) for name in names]
        return [body for done, text, body in self.calls if done == acts and all(mark in text for mark in marks)]

    def told(self, puts: Iterable[Put]) -> set[str]:
        """The names of those files that a dead letter or an open case of category integrationError tells people of.

        Each of them that names none of the files counts for one file.
        """
        puts = list(puts)
        unnamed, found = 0, set()
        for text in (*self.letters.values(), *self._complaints()):
            named = {put.name for put in puts if any(mark in text for mark in self._marks(put))}
            unnamed += not named
            found |= named
        return found | {put.name for put in [put for put in puts if put.name not in found][:unnamed]}

    def _complaints(self) -> Iterable[str]:
        for key, case in self._world.parties["crm"].state.table(Case).items():
            if case.category == CaseCategory.INTEGRATION_ERROR and key not in self._known_cases:
                yield msgspec.json.encode(case).decode()

    def _marks(self, put: Put) -> Iterable[str]:
        yield put.name
        if put.x12:
            yield f"{put.number:09}"
        if (event := self.event(put)) is not None:
            data = msgspec.json.decode(event.data)
            yield str(data[ACTS[event.type][1][0]])
            if event.type == SHIPPED:
                yield str(data["orderId"])  # nothing else is told of it


def _acknowledgment(said: Mapping[str, Any], kept: bool, file: str) -> Acknowledgment:
    return Acknowledgment(
        functional_id=said["functionalId"],
        number=int(said["controlNumber"]),
        code=said["code"],
        received=said["received"],
        accepted=said["accepted"],
        errors=tuple(said["errors"]),
        sets=tuple(said["sets"]),
        kept=kept,
        file=file,
    )

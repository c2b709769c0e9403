"""A small kind of party, for tests of what all kinds share: it keeps notes, and reminds of them when asked to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

import msgspec

from crossdock.contracts.objects import CloudEvent
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry, Journal
from crossdock.simulators.lineage import Lineage
from crossdock.simulators.party import Cause, Party
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.rules import Call, Rules
from crossdock.simulators.transaction import Transaction

WRITTEN = "notebook.note.written"
PEOPLE = Cause("people")
rules = Rules("notebook")


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept."""

    key: str
    text: str
    version: int = 1


class NewNote(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be kept; `remind_h`: hours until it is written once more; `refuse`: after all was done."""

    key: str
    text: str = ""
    remind_h: float | None = None
    refuse: bool = False
    order_id: str = ""


@rules.operation("write")
def write(tx: Transaction, call: Call[NewNote]) -> Note:
    body = call.body
    before = tx.find(Note, body.key)
    note = Note(key=body.key, text=body.text, version=1 if before is None else before.version + 1)
    tx.put(note.key, note)
    tx.announce(WRITTEN, note.key, note, order_id=body.order_id)
    if body.remind_h is not None:
        tx.later(timedelta(hours=body.remind_h), "remind", note.key)
    if body.refuse:
        raise Refusal("order-state", "not that one")
    return note


@rules.operation("read")
def read(tx: Transaction, call: Call[None]) -> Note:
    return tx.get(Note, call.params["key"])


@rules.job("remind")
def remind(tx: Transaction, key: str) -> None:
    if key == "broken":
        raise KeyError("a mistake in the rules")
    note = tx.get(Note, key)
    again = Note(key=key, text=f"{note.text} again at {tx.now:%H:%M}", version=note.version + 1)
    tx.put(key, again)
    tx.announce(WRITTEN, key, again)


@dataclass
class Notebook:
    """A notebook party alone in the world, with everything that it does kept for a look."""

    clock: ManualClock = field(default_factory=ManualClock)
    ids: Ids = field(default_factory=lambda: Ids("T1", 1))
    sink: BytesIO = field(default_factory=BytesIO)
    entries: list[Entry] = field(default_factory=list)
    events: list[CloudEvent] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    listener: Callable[[Party, CloudEvent, Cause], None] | None = None
    journal: Journal = field(init=False)
    party: Party = field(init=False)

    def __post_init__(self) -> None:
        self.journal = Journal(self.clock, self.sink)
        self.journal.subscribe(self.entries.append)
        self.party = Party(
            name="notes",
            rules=rules,
            clock=self.clock,
            ids=self.ids,
            journal=self.journal,
            lineage=Lineage(),
            indexes={Note: {"text": lambda note: note.text}},
            on_event=self._heard,
            on_fault=self.faults.append,
        )

    def write(
        self,
        key: str,
        text: str = "",
        *,
        remind_h: float | None = None,
        refuse: bool = False,
        order_id: str = "",
        cause: Cause = PEOPLE,
    ) -> Note:
        body = NewNote(key=key, text=text, remind_h=remind_h, refuse=refuse, order_id=order_id)
        note = self.party.perform("write", Call(body), cause)
        assert isinstance(note, Note)
        return note

    def notes(self) -> dict[str, str]:
        return {key: note.text for key, note in self.party.state.table(Note).items()}

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.entries]

    def _heard(self, party: Party, event: CloudEvent, cause: Cause) -> None:
        self.events.append(event)
        if self.listener is not None:
            self.listener(party, event, cause)

"""The faults in force at parties that speak in files: shows each what comes by, and counts what it struck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..simulators.channels.files.interference import DocumentEffect, DocumentMessage, ReadingEffect
from ..simulators.channels.sftp.interference import CutTransfer, FileEffect, FileMessage, Placements
from ..simulators.channels.sftp.status import Status
from ..simulators.interference import Message
from ..simulators.journal import Entry
from .file_fault import (
    DOCUMENT,
    FETCH,
    READING,
    UPLOAD,
    AnswerFault,
    DocumentFault,
    FetchFault,
    FileFault,
    RequestFault,
    ServerFault,
)
from .interference import ArmedFault, Faults

T = TypeVar("T", bound=FileFault)
TAKEN = frozenset({"close", "rename"})  # the steps with which a file is complete


@dataclass(frozen=True, slots=True)
class _Named:
    """A message under one of its names."""

    party: str
    name: str
    order_id: str
    about: Sequence[str] = ()
    direction: str = "document"


@dataclass(slots=True)
class MailFaults:
    """Implements the simulators' `MailInterference` with the faults that are armed in `faults`."""

    faults: Faults
    _begun: list[ArmedFault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.faults.world.journal.subscribe(self._watch)

    def document(self, message: DocumentMessage) -> DocumentEffect | None:
        for name in message.names:
            for order_id in message.order_ids or ("",):
                named = _Named(message.party, DOCUMENT + name, order_id, message.about)
                for armed, fault in self._meant(named, DocumentFault):
                    if effect := fault.put_out(message):
                        armed.count()
                        return effect
        return None

    def reading(self, message: Message) -> ReadingEffect | None:
        named = _Named(message.party, READING + message.name, message.order_id, message.about)
        for armed, fault in self._meant(named, RequestFault):
            armed.count()
            return fault.read(message)
        return None

    def before_step(self, message: FileMessage) -> FileEffect | None:
        for armed in self._begun:
            assert isinstance(armed.fault, ServerFault)
            if armed.over or message.party != armed.fault.party:
                continue
            if effect := armed.fault.step(message, armed.fired):
                return _counted(armed, effect)
        return self._opened(message) if message.operation == "open" else None

    def after_step(self, message: FileMessage, status: Status) -> FileEffect | None:
        if message.operation in TAKEN and message.order_id:
            for armed, fault in self._meant(_Named(message.party, UPLOAD, message.order_id), AnswerFault):
                return _counted(armed, fault.answered(message))
        return None

    def deposit(self, message: FileMessage) -> Placements | None:
        """What becomes of a document is decided where it is known what it says."""
        return None

    def _opened(self, message: FileMessage) -> FileEffect | None:
        for name in message.names:
            for armed, fault in self._meant(_Named(message.party, FETCH + name, message.order_id), FetchFault):
                return _counted(armed, fault.opened(message))
        return None

    def _meant(self, named: _Named, kind: type[T]) -> Iterator[tuple[ArmedFault, T]]:
        """The armed faults of a kind that the message is meant by; no others have such names in their address."""
        for armed in self.faults.meant(named):
            if isinstance(armed.fault, kind):
                yield armed, armed.fault

    def _watch(self, entry: Entry) -> None:
        """Have the server faults begin that wait for an event of this entry."""
        if entry.kind != "commit" or not entry.detail.events or not self.faults.armed:
            return
        scenario, order = self.faults.order_name(entry.order_id) or ("", "")
        for armed in self.faults.armed:
            fault = armed.fault
            if armed.scenario != scenario or not isinstance(fault, ServerFault):  # nearly all
                continue
            if armed.over or fault.order not in ("", order) or any(each is armed for each in self._begun):
                continue
            if any(event.type == fault.begins_with for event in entry.detail.events):
                self._begun.append(armed)
                armed.fired += fault.begin(self.faults.world)


def _counted(armed: ArmedFault, effect: FileEffect) -> FileEffect:
    """A transfer that is to be cut has not been struck before it comes to that octet."""
    if isinstance(effect, CutTransfer):
        return replace(effect, struck=armed.count)
    armed.count()
    return effect

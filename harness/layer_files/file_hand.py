"""Puts a case into a layer's folder in place of each document, and remembers what it has put there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ...simulators.channels.files.interference import (
    Appearance,
    DocumentEffect,
    DocumentMessage,
    NoMailInterference,
)
from .file_case import FileCase, Maker

FAULT = "contract-case"


@dataclass(frozen=True, slots=True)
class Put:
    """A case as it lies there: whose document, of which set or layout, and under which name and number."""

    party: str
    kind: str
    name: str
    number: int
    case: FileCase
    x12: bool

    @property
    def label(self) -> str:
        return f"{self.party} → {self.kind}"


class FileHand(NoMailInterference):
    """`queues` has what is to be made of the next documents, by warehouse and set or layout; `special` may say what is
    to be made of one at once. What there is nothing for stays as it is.
    """

    def __init__(
        self,
        queues: Mapping[tuple[str, str], Iterable[Maker]],
        special: Callable[[DocumentMessage], Maker | None],
        meant: Callable[[DocumentMessage], bool],
    ) -> None:
        self._queues = {key: deque(makers) for key, makers in queues.items()}
        self._special, self._meant = special, meant
        self.put: dict[tuple[str, str], Put] = {}

    def document(self, message: DocumentMessage) -> DocumentEffect | None:
        case = self._case(message)
        if case is None:
            return None
        x12 = message.content.startswith(b"ISA")
        where = (message.party, message.name)
        self.put[where] = Put(message.party, message.names[0], message.name, message.number, case, x12)
        return DocumentEffect(FAULT, case.what or "as it is", (Appearance(content=case.content, tells=case.valid),))

    def _case(self, message: DocumentMessage) -> FileCase | None:
        if make := self._special(message):
            return make(message.content)
        queue = self._queues.get((message.party, message.names[0]))
        while queue and self._meant(message):
            if case := queue.popleft()(message.content):
                return case
        return None

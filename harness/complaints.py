"""The cases that name no order, and which of the documents that could not be used each of them tells people of.

What a layer calls a document by is its own choice: its name, its control number, what it was about. A case that says
none of this, nor names another document, may be about a whole batch: it tells of all that had come from that warehouse
by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..contracts.objects import Case, CaseCategory, CaseStatus
from .seen import Seen
from .spoilt import SpoiltDocument

CASE_OVER = frozenset({CaseStatus.RESOLVED, CaseStatus.CLOSED})
A_FILE = re.compile(r"[\w-]+\.(?:edi|x12|csv|txt|xml|json)\b", re.IGNORECASE)
AN_EVENT = re.compile(r"\bcrossdock\.[a-z.-]+\.v\d+\b")
# A control number is written with its zeros; shorter ones may be anything.
A_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")


@dataclass(slots=True)
class Complaints:
    """`cases` as they are now, `opened` as they were opened, by id; `documents` are all that could not be used."""

    cases: dict[str, Seen[Case]] = field(default_factory=dict)
    opened: dict[str, Seen[Case]] = field(default_factory=dict)
    documents: list[SpoiltDocument] = field(default_factory=list)

    def take(self, key: str, seen: Seen[Case]) -> None:
        self.opened.setdefault(key, seen)
        self.cases[key] = seen

    def speak_of(self, event_type: str, *names: str) -> bool:
        """Whether one that is open tells people of what an event of `event_type` was to bring about: by one of these
        names, or because it names no file, and no event of another kind, so that it may be about this as well.
        """
        said = (_says(seen.what) for seen in self.cases.values() if open_error(seen.what))
        return any(any(_has(says, name) for name in names) or not _specific(says, event_type) for says in said)

    @property
    def any_open(self) -> bool:
        """Whether one is open, whatever it is about."""
        return any(open_error(seen.what) for seen in self.cases.values())

    def name(self, case_id: str, *names: str) -> bool:
        """Whether one that is open has that id, or says one of these names."""
        return any(
            open_error(seen.what) and (key == case_id or any(name and _has(_says(seen.what), name) for name in names))
            for key, seen in self.cases.items()
        )

    def tell_of(self, document: SpoiltDocument, event_type: str = "", subject: str = "") -> bool:
        """Whether one was opened, or written on, since the document was spoilt, and is about it. It was to tell an
        event of `event_type` about `subject`, by which a reader would know it as well.
        """
        names = {document.name, document.name.rpartition(".")[0], document.event_id, subject} - {""}
        for key, seen in self.cases.items():
            if seen.what.category != CaseCategory.INTEGRATION_ERROR or seen.seq < document.seq:
                continue
            says = _says(seen.what)
            if self._named(document, names, says):
                return True
            if self.opened[key].seq > document.seq and not self._about_others(document, event_type, says):
                return True
        return False

    def _named(self, document: SpoiltDocument, names: Iterable[str], says: str) -> bool:
        """By one of these names, or by its number where that is no other's, or its warehouse is named."""
        if any(_has(says, name) for name in names):
            return True
        if document.number not in map(int, A_NUMBER.findall(says)):
            return False
        shared = any(each.number == document.number for each in self._others(document))
        return not shared or _has(says, document.party)

    def _about_others(self, document: SpoiltDocument, event_type: str, says: str) -> bool:
        """Whether it names something, which is then not this document."""
        if _specific(says, event_type):
            return True
        others = self._others(document)
        if any(self._named(each, {each.name}, says) for each in others):
            return True
        return not _has(says, document.party) and any(_has(says, each.party) for each in others)

    def _others(self, document: SpoiltDocument) -> list[SpoiltDocument]:
        return [each for each in self.documents if (each.party, each.name) != (document.party, document.name)]


def open_error(case: Case) -> bool:
    """Whether a case tells people that a message could not be processed."""
    return case.category == CaseCategory.INTEGRATION_ERROR and case.status not in CASE_OVER


def _specific(says: str, event_type: str) -> bool:
    """Whether it names a file, or events and none of this type."""
    events = AN_EVENT.findall(says)
    return A_FILE.search(says) is not None or bool(events and event_type not in events)


def _says(case: Case) -> str:
    parts = (case.subject, case.description, case.reference, case.shipment_id, case.tracking_number, case.rma_id)
    return "\n".join(part for part in parts if part)


def _has(says: str, name: str) -> bool:
    """As a word of its own: `945_000000001` is not in `945_0000000012`."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", says, re.IGNORECASE) is not None

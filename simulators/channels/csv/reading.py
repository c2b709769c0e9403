"""One CSV file while it is taken in. Nothing in it is acted upon before its last record has been seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ....contracts import layouts
from ....contracts.layouts import (
    End,
    Event,
    FileError,
    Header,
    Layout,
    RejectedRow,
    Row,
    SequenceResult,
    SequenceState,
    SequenceVerdict,
    Value,
    error_rows,
)
from ...refusal import Refusal
from ..files.request import Complaint, FileDocument, FileRequest, Flaw, Outcome, Unusable
from .registry import Understanding, understood

if TYPE_CHECKING:
    from .exchange import CsvExchange

BEGINNING = 16_384
INCOMPLETE = "incomplete-request"
LONGEST_REASON = 400
# What it means that a number is not to be processed: nothing but these breaks what was agreed.
WHY_NOT = {
    SequenceVerdict.CONFLICT: "another file had it before (conflict)",
    SequenceVerdict.DUPLICATE: "this very file was here before (duplicate)",
    SequenceVerdict.REPLAY: "it is long past (replay)",
    SequenceVerdict.REPEATED_CONTENT: "the same rows came under another number (repeated content)",
    SequenceVerdict.OUT_OF_RANGE: "the layout has no such number (out of range)",
}
NUMBER_USED = frozenset({SequenceVerdict.CONFLICT, SequenceVerdict.OUT_OF_RANGE})


@dataclass(slots=True)
class _Asked:
    """A request with the rows that it stands in."""

    request: FileRequest
    rows: Sequence[Row]
    outcome: Outcome | None = None


class CsvReading:
    """Implements `Reading`."""

    def __init__(self, exchange: CsvExchange, name: str, content: bytes) -> None:
        self._by, self._name, self._content = exchange, name, content
        self._layout: Layout | None = None
        self._header: Header | None = None
        self._wrong: list[Event] = []
        self._asked: list[_Asked] = []
        self._rejected = ""
        self._before = SequenceState()
        self._flaw = Flaw.BAD_FORM
        self._sequence: SequenceResult | None = None
        self._kept = 0
        self._torn: set[Value] = set()

    def parts(self) -> Iterator[FileRequest | Unusable]:
        try:
            among = [layouts.layout(name) for name in understood]
            self._layout = layouts.recognise(self._content[:BEGINNING], self._name, among)
        except LookupError as error:
            self._rejected = str(error)
            yield Unusable("the file", self._rejected, Flaw.UNREADABLE)
            return
        rows = self._read(self._layout)
        kind = understood[self._layout.name]
        for event in self._wrong:
            if isinstance(event, RejectedRow):
                problem = "; ".join(defect.problem for defect in event.defects)
                yield Unusable(f"row {event.number}", problem, Flaw.BAD_FORM, event.cells.get(kind.about, ""))
        if self._rejected:
            yield Unusable("the file", self._rejected, self._flaw, str(rows[0][kind.about]) if rows else "")
            return
        for key, group in groupby(rows, kind.key):
            together = list(group)
            if self._is_torn(kind, together[0]):
                problem = f"another row of {key} is wrong, so none of it is carried out"
                yield Unusable(_place(together), problem, Flaw.TORN, str(together[0][kind.about]))
                continue
            asked = _Asked(kind.request(together, _place(together)), together)
            self._asked.append(asked)
            yield asked.request

    def settle(self, outcome: Outcome) -> None:
        asked = next(each for each in self._asked if each.request is outcome.request)
        if outcome.unread and (outcome.whole or len(self._asked) == 1) and self._layout is not None:
            self._rejected = outcome.unread
            self._by.received[self._layout.name] = self._before
        elif outcome.unread:  # others of the file are carried out
            outcome = Outcome(outcome.request, Refusal("invalid-request", outcome.unread))
        asked.outcome = outcome

    def refuse_afterwards(self, outcome: Outcome, now: datetime) -> list[FileDocument]:
        asked = next(each for each in self._asked if each.request is outcome.request)
        decided = now.astimezone(UTC).replace(microsecond=0)
        return [self._by.document("pick_ack", list(self._answers(replace(asked, outcome=outcome), decided)), now)]

    def answers(self, now: datetime) -> list[FileDocument]:
        documents = []
        decided = now.astimezone(UTC).replace(microsecond=0)
        if self._header is not None and not self._rejected and (rows := list(self._acknowledged(decided))):
            documents.append(self._by.document("pick_ack", rows, now))
        errors = list(error_rows(([self._header] if self._header else []) + self._wrong, self._name))
        if self._rejected and not errors:
            errors = [{"file": self._name, "code": "rejected", "reason": self._rejected[:LONGEST_REASON]}]
        if errors:
            documents.append(self._by.document("error_file", errors, now))
        return documents

    @property
    def rejected(self) -> str:
        return self._rejected

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """A partner has no way to say in a file of ours that it could not use one of ours."""
        return ()

    @property
    def facts(self) -> dict[str, Any]:
        heading = self._header.heading if self._header else None
        return {
            "layout": self._layout.name if self._layout else "",
            "sender": heading.sender if heading else None,
            "sequence": heading.sequence if heading else None,
            "verdict": str(self._sequence.verdict) if self._sequence else None,
            "rows": self._kept,
            "problems": [str(event.defect) for event in self._wrong if isinstance(event, FileError)],
            "rejectedRows": sum(isinstance(event, RejectedRow) for event in self._wrong),
        }

    def _read(self, form: Layout) -> list[Row]:
        """The good rows; what is wrong is kept aside."""
        rows: list[Row] = []
        for event in layouts.read(self._content, form, self._name):
            if isinstance(event, Row):
                rows.append(event)
            elif isinstance(event, Header):
                self._header = event
            elif isinstance(event, FileError | RejectedRow):
                self._wrong.append(event)
            elif isinstance(event, End):
                self._judge(form, event)
        self._kept = len(rows)
        kind = understood[form.name]
        self._torn = {event.cells.get(kind.about) for event in self._wrong if isinstance(event, RejectedRow)}
        return rows

    def _judge(self, form: Layout, end: End) -> None:
        if not end.accepted:
            first = next((event for event in self._wrong if isinstance(event, FileError)), None)
            self._rejected = first.defect.problem if first else "rows of it are wrong"
            return
        heading = self._header.heading if self._header else None
        if heading is None or heading.sequence is None:
            return
        if heading.receiver not in (None, self._by.own) or heading.sender not in (None, self._by.partner):
            agreed = f"from {self._by.partner} to {self._by.own}"
            self._rejected = f"it is from {heading.sender} to {heading.receiver}, agreed is {agreed}"
            ours = heading.receiver in (None, self._by.own)
            self._flaw = Flaw.NOT_FROM_PARTNER if ours else Flaw.NOT_FOR_US
            return
        state = self._by.received.get(form.name, SequenceState())
        self._before = state
        result = layouts.follow(state, form.sequence, heading.sequence, end.content)
        self._sequence, self._by.received[form.name] = result, result.state
        if not result.process:
            why = WHY_NOT.get(result.verdict, str(result.verdict))
            self._rejected = f"number {heading.sequence} is not to be processed: {why}"
            self._flaw = Flaw.NUMBER_USED if result.verdict in NUMBER_USED else Flaw.REPEATED

    def _is_torn(self, kind: type[Understanding], row: Row) -> bool:
        return str(row[kind.about]) in self._torn

    def _acknowledged(self, decided: datetime) -> Iterator[Mapping[str, Value]]:
        """A row for each row, good and bad, in order."""
        found: dict[int, Mapping[str, Value]] = {}
        for event in self._wrong:
            if isinstance(event, RejectedRow):
                defect = event.defects[0]
                found[event.number] = self._answer(event.number, event.cells, decided, defect.code, defect.problem)
        for asked in self._asked:
            found.update(zip((row.number for row in asked.rows), self._answers(asked, decided), strict=True))
        for number in range(1, self._kept + len(found) + 1):
            if number in found:
                yield found[number]

    def _answers(self, asked: _Asked, decided: datetime) -> Iterator[Mapping[str, Value]]:
        """A row for each of a request's."""
        refusal = asked.outcome.refusal if asked.outcome else None
        code, reason = (refusal.code, refusal.detail) if refusal else ("", "")
        for row in asked.rows:
            yield self._answer(row.number, row.as_dict(), decided, code, reason)

    def _answer(
        self, number: int, row: Mapping[str, Any], decided: datetime, code: str, reason: str
    ) -> Mapping[str, Value]:
        assert self._header is not None
        assert self._layout is not None
        revision = row.get("revision")
        about = row.get(understood[self._layout.name].about)
        return {
            "request_file": self._name,
            "request_sequence": self._header.heading.sequence,
            "request_row": number,
            "order_id": about or None,
            "revision": revision if isinstance(revision, int) else None,
            "line_no": row.get("line_no") or None,
            "result": "rejected" if code else "accepted",
            "code": code or None,
            "reason": " ".join(reason.split())[:LONGEST_REASON] or None,
            "decided_at": decided,
        }


def _place(rows: Sequence[Row]) -> str:
    first, last = rows[0].number, rows[-1].number
    return f"row {first}" if first == last else f"rows {first} to {last}"

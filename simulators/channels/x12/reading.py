"""One file of interchanges while it is taken in. Nothing of an interchange is acted upon before its end has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from ....contracts import edi
from ....contracts.edi.control_numbers import Kind, Link, observe
from ....contracts.edi.findings import REJECTED, GroupResult, InterchangeResult
from ....contracts.edi.interchange_acknowledgment import is_due
from ..files.request import FileDocument, FileRequest, Outcome, Unusable
from .sets import understood
from .transaction_sets.application_advice_824 import application_advice

if TYPE_CHECKING:
    from .correspondence import Correspondence

FUNCTIONAL_ACKNOWLEDGMENT = "FA"
UNKNOWN_RECEIVER, WRONG_SENDER, DUPLICATE = "009", "006", "025"  # TA105
CANCEL = "cancelFulfilmentRequest"


@dataclass(slots=True)
class _Asked:
    """A request with the set that it stood in."""

    request: FileRequest
    group: edi.GroupHeader
    control_number: str
    set_id: str
    outcome: Outcome | None = None


@dataclass(slots=True)
class _Interchange:
    """What has been read of one interchange. `held` says why it is answered, and not acted upon."""

    header: edi.InterchangeHeader
    result: InterchangeResult
    held: str = ""
    groups: list[GroupResult] = field(default_factory=list)
    asked: list[_Asked] = field(default_factory=list)
    acknowledgments: list[edi.Acknowledgment] = field(default_factory=list)
    unusable: list[Unusable] = field(default_factory=list)
    sets: list[edi.TransactionSet] = field(default_factory=list)


class X12Reading:
    """Implements `Reading`."""

    def __init__(self, correspondence: Correspondence, name: str, content: BinaryIO) -> None:
        self._by = correspondence
        self._name = name
        self._content = content
        self._read: list[_Interchange] = []
        self._problems: list[str] = []
        self._current: _Asked | None = None

    def parts(self) -> Iterator[FileRequest | Unusable]:
        for event in edi.read(self._content, self._by.taken):
            if isinstance(event, edi.Junk):
                self._problems.append(f"{event.problem}: {event.text[:40]!r}")
                yield Unusable(f"character {event.offset + 1}", event.problem)
            elif isinstance(event, edi.InterchangeEnd):
                yield from self._end(event)
            else:
                self._take(event)
        if not self._read and not self._problems:
            self._problems.append("there is no interchange in it")
            yield Unusable("the file", "there is no interchange in it")

    def settle(self, outcome: Outcome) -> None:
        if self._current is not None:
            self._current.outcome = outcome

    def answers(self, now: datetime) -> list[FileDocument]:
        documents: list[FileDocument] = []
        for read in self._read:
            if is_due(read.header, read.result):
                documents.extend(self._interchange_acknowledgment(read.result, now))
            if read.result.code == REJECTED:
                continue
            answered = (group for group in read.groups if group.functional_id != FUNCTIONAL_ACKNOWLEDGMENT)
            documents.extend(self._by.document("997", edi.acknowledge(group), now) for group in answered)
            documents.extend(self._advice(asked, now) for asked in read.asked if _wants_advice(asked))
        return documents

    @property
    def rejected(self) -> str:
        refused = [read.result for read in self._read if read.result.code == REJECTED]
        told = [problem for result in refused for problem in result.problems] + self._problems
        return "; ".join(told) if len(refused) == len(self._read) else ""

    @property
    def facts(self) -> dict[str, Any]:
        return {"interchanges": [_facts(read) for read in self._read], "problems": self._problems}

    def _take(self, event: edi.Event) -> None:
        if isinstance(event, edi.InterchangeStart):
            self._read.append(self._begun(event.header, event.result))
        elif isinstance(event, edi.TransactionSet):
            self._read[-1].sets.append(event)
        elif isinstance(event, edi.GroupEnd):
            self._group(self._read[-1], event)

    def _begun(self, header: edi.InterchangeHeader, result: InterchangeResult) -> _Interchange:
        """With what only we can know of a header: whether it is for us, and whether its number was there before."""
        agreement, read = self._by.agreement, _Interchange(header, result)
        if result.code == REJECTED:
            return read
        if header.receiver != agreement.own:
            problem = f"it is for {header.receiver}, and this is {agreement.own}"
            read.result = result.with_note(UNKNOWN_RECEIVER, problem)
        elif header.sender != agreement.partner:
            read.held = f"it is from {header.sender}, and the partner here is {agreement.partner}"
            read.result = result.with_note(WRONG_SENDER, read.held)
        else:
            link = Link(str(header.sender), str(header.receiver))
            self._by.numbers, seen = observe(self._by.numbers, link, Kind.INTERCHANGE, int(header.control_number))
            if seen.verdict == "duplicate":
                problem = f"interchange {header.control_number} was here before"
                read.result = result.with_note(DUPLICATE, problem)
            elif header.usage != agreement.usage:
                read.held = f"usage (ISA15) is {header.usage}, agreed is {agreement.usage}"
        return read

    def _group(self, read: _Interchange, event: edi.GroupEnd) -> None:
        sets, read.sets = read.sets, []
        read.groups.append(event.result)
        if event.result.errors:
            return
        for found in sets:
            place = f"set {found.control_number} ({found.set_id})"
            if not found.result.is_accepted:
                read.unusable.append(Unusable(place, _why(found)))
            elif found.set_id == "997":
                read.acknowledgments.append(edi.read_acknowledgment(found))
            else:
                request = understood[found.set_id](found.tree(), place)
                read.asked.append(_Asked(request, event.header, found.control_number, found.set_id))

    def _end(self, event: edi.InterchangeEnd) -> Iterator[FileRequest | Unusable]:
        read = self._read[-1]
        for note, problem in zip(event.result.notes, event.result.problems, strict=True):
            if note not in read.result.notes:
                read.result = read.result.with_note(note, problem)
        place = f"interchange {read.header.control_number}"
        if read.result.code == REJECTED:
            yield Unusable(place, "; ".join(read.result.problems))
            return
        if read.held:
            yield Unusable(place, f"{read.held}: it is acknowledged, and not acted upon")
            read.asked.clear()
            return
        yield from read.unusable
        for asked in read.asked:
            self._current = asked
            yield asked.request
        self._current = None

    def _interchange_acknowledgment(self, result: InterchangeResult, now: datetime) -> Iterator[FileDocument]:
        """None for an interchange so broken that a TA1 could not even name it."""
        try:
            segment = edi.acknowledge_interchange(result)
        except ValueError:
            return
        yield self._by.interchange_acknowledgment(segment, now)

    def _advice(self, asked: _Asked, now: datetime) -> FileDocument:
        assert asked.outcome is not None
        request = asked.request
        body = request.body if isinstance(request.body, dict) else {}
        about = request.params.get("fulfilmentId") or body.get("fulfilmentId") or body.get("rmaId") or ""
        segments = application_advice(
            reference=f"{asked.group.control_number}-{asked.control_number}",
            about=str(about),
            order_id=str(body.get("orderId", "")),
            group=asked.group,
            control_number=asked.control_number,
            set_id=asked.set_id,
            now=now,
            refusal=asked.outcome.refusal,
        )
        return self._by.document("824", segments, now)


def _wants_advice(asked: _Asked) -> bool:
    """A refusal, and the outcome of a cancellation: nothing else would tell the partner."""
    outcome = asked.outcome
    return outcome is not None and (outcome.refusal is not None or asked.request.operation == CANCEL)


def _why(found: edi.TransactionSet) -> str:
    result = found.result
    places = [f"{error.segment} at {error.position}" for error in result.segments]
    return f"AK501 {result.code}, AK502 {' '.join(result.errors)}: {result.problem or ', '.join(places)}"


def _facts(read: _Interchange) -> dict[str, Any]:
    header, result = read.header, read.result
    return {
        "sender": str(header.sender),
        "receiver": str(header.receiver),
        "controlNumber": header.control_number,
        "usage": header.usage,
        "code": result.code,
        "notes": list(result.notes),
        "groups": [
            {
                "functionalId": group.functional_id,
                "controlNumber": group.control_number,
                "code": group.code,
                "errors": list(group.errors),
                "sets": [
                    {
                        "setId": each.set_id,
                        "controlNumber": each.control_number,
                        "code": each.code,
                        "errors": each.errors,
                    }
                    for each in group.sets
                ],
            }
            for group in read.groups
        ],
        "acknowledged": [
            {"functionalId": each.functional_id, "controlNumber": each.control_number, "code": each.code}
            for each in read.acknowledgments
        ],
    }

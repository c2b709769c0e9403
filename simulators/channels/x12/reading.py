"""One file of interchanges while it is taken in. Nothing of an interchange is acted upon before its end has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from ....contracts import edi
from ....contracts.edi.acknowledgment import can_be_named
from ....contracts.edi.control_numbers import Kind, Link, observe
from ....contracts.edi.explanation import plain
from ....contracts.edi.findings import (
    PARTIALLY,
    REJECTED,
    GroupResult,
    InterchangeResult,
    SegmentError,
    SetResult,
    verdict_of_note,
)
from ....contracts.edi.interchange_acknowledgment import is_due
from ....contracts.edi.wording import element_problem, segment_problem, set_problems
from ...refusal import Refusal
from ..files.request import Complaint, FileDocument, FileRequest, Flaw, Outcome, Unusable
from .sets import understood
from .transaction_sets.application_advice_824 import application_advice

if TYPE_CHECKING:
    from .correspondence import Correspondence

FUNCTIONAL_ACKNOWLEDGMENT = "FA"
UNKNOWN_RECEIVER, WRONG_SENDER, DUPLICATE, INVALID_CONTENT = "009", "006", "025", "024"  # TA105
CANCEL = "cancelFulfilmentRequest"
FLAWS = {UNKNOWN_RECEIVER: Flaw.NOT_FOR_US, DUPLICATE: Flaw.NUMBER_USED}
_MOST_TOLD = 3  # things that are wrong with a set, in one sentence
NUMBER_OF = {"W05", "W06"}  # the segments whose second element is the number of the order or return


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
    """What has been read of one interchange. `held` says why it is answered, and not acted upon, and `flaw` what that
    is; `about` is the number of the first order or return that it names.
    """

    header: edi.InterchangeHeader
    result: InterchangeResult
    held: str = ""
    flaw: Flaw = Flaw.BAD_FORM
    about: str = ""
    groups: list[GroupResult] = field(default_factory=list)
    asked: list[_Asked] = field(default_factory=list)
    acknowledgments: list[edi.Acknowledgment] = field(default_factory=list)
    unusable: list[Unusable] = field(default_factory=list)
    sets: list[edi.TransactionSet] = field(default_factory=list)


class X12Reading:
    """Implements `Reading`."""

    def __init__(self, correspondence: Correspondence, name: str, content: BinaryIO, taken: edi.Guides) -> None:
        self._by = correspondence
        self._name = name
        self._content = content
        self._taken = taken
        self._read: list[_Interchange] = []
        self._refused: list[edi.InterchangeAcknowledgment] = []
        self._problems: list[str] = []

    def parts(self) -> Iterator[FileRequest | Unusable]:
        for event in edi.read(self._content, self._taken):
            if isinstance(event, edi.Junk):
                self._problems.append(f"{event.problem}: {event.text[:40]!r}")
                yield Unusable(f"character {event.offset + 1}", event.problem, Flaw.UNREADABLE)
            elif isinstance(event, edi.InterchangeEnd):
                yield from self._end(event)
            else:
                self._take(event)
        if not self._read and not self._problems:
            self._problems.append("there is no interchange in it")
            yield Unusable("the file", "there is no interchange in it", Flaw.UNREADABLE)

    def settle(self, outcome: Outcome) -> None:
        for read in self._read:
            for asked in read.asked:
                if asked.request is outcome.request:
                    asked.outcome = outcome
                    if outcome.unread:
                        self._reject(read, asked, outcome)

    def refuse_afterwards(self, outcome: Outcome, now: datetime) -> list[FileDocument]:
        asked = next(each for read in self._read for each in read.asked if each.request is outcome.request)
        return [self._advice(asked, outcome.refusal, now)]

    def answers(self, now: datetime) -> list[FileDocument]:
        documents: list[FileDocument] = []
        for read in self._read:
            if is_due(read.header, read.result):
                documents.extend(self._interchange_acknowledgment(read.result, now))
            if read.result.code == REJECTED:
                continue
            answered = (group for group in read.groups if group.functional_id != FUNCTIONAL_ACKNOWLEDGMENT)
            documents.extend(self._by.document("997", edi.acknowledge(group), now) for group in answered)
            documents.extend(
                self._advice(asked, asked.outcome.refusal if asked.outcome else None, now)
                for asked in filter(_wants_advice, read.asked)
            )
        return documents

    @property
    def rejected(self) -> str:
        refused = [read.result for read in self._read if read.result.code == REJECTED]
        told = [problem for result in refused for problem in result.problems] + self._problems
        return "; ".join(told) if len(refused) == len(self._read) else ""

    @property
    def complaints(self) -> list[Complaint]:
        """Groups that a 997 does not accept whole, interchanges that a TA1 rejects; both bear the same number."""
        told = [each for read in self._read for each in read.acknowledgments if each.code in (PARTIALLY, REJECTED)]
        refused = [each for each in self._refused if each.code == REJECTED and each.control_number.isdecimal()]
        return [
            *(Complaint("", int(each.control_number), f"AK9 {each.code}") for each in told),
            *(Complaint("", int(each.control_number), f"TA1 {each.code} {each.note}") for each in refused),
        ]

    @property
    def facts(self) -> dict[str, Any]:
        return {"interchanges": [_facts(read) for read in self._read], "problems": self._problems}

    def _take(self, event: edi.Event) -> None:
        if isinstance(event, edi.InterchangeStart):
            self._read.append(self._begun(event.header, event.result))
        elif isinstance(event, edi.TransactionSet):
            self._read[-1].sets.append(event)
        elif isinstance(event, edi.InterchangeAcknowledgment):
            self._refused.append(event)
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
            read.flaw = Flaw.NOT_FROM_PARTNER
            read.result = result.with_note(WRONG_SENDER, read.held)
        else:
            link = Link(str(header.sender), str(header.receiver))
            self._by.numbers, seen = observe(self._by.numbers, link, Kind.INTERCHANGE, int(header.control_number))
            if seen.verdict == "duplicate":
                problem = f"interchange {header.control_number} was here before"
                read.result = result.with_note(DUPLICATE, problem)
            elif header.usage != agreement.usage:
                read.held = f"usage (ISA15) is {header.usage}, agreed is {agreement.usage}"
                read.flaw = Flaw.WRONG_USAGE
        return read

    def _group(self, read: _Interchange, event: edi.GroupEnd) -> None:
        sets, read.sets = read.sets, []
        if event.result.functional_id != FUNCTIONAL_ACKNOWLEDGMENT and not can_be_named(event.result):
            # No 997 can tell the sender what became of it, so the TA1 has to.
            problem = f"no 997 can name the group {event.result.functional_id!r} {event.result.control_number!r}"
            read.result = read.result.with_note(INVALID_CONTENT, problem)
        read.groups.append(event.result)
        about = [_number_in(found) for found in sets]
        read.about = read.about or next(filter(None, about), "")
        if event.result.errors:
            why = f"AK901 {event.result.code}, AK905 {' '.join(event.result.errors)}"
            place = f"group {event.result.control_number}"
            read.unusable.append(Unusable(place, why, Flaw.BAD_FORM, next(filter(None, about), "")))
            return
        for found, number in zip(sets, about, strict=True):
            place = f"set {found.control_number} ({found.set_id})"
            if not found.result.is_accepted:
                read.unusable.append(Unusable(place, _why(found), Flaw.BAD_FORM, number))
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
            flaws = {FLAWS.get(note, Flaw.BAD_FORM) for note in read.result.notes if verdict_of_note(note) == REJECTED}
            flaw = flaws.pop() if len(flaws) == 1 else Flaw.BAD_FORM
            yield Unusable(place, "; ".join(read.result.problems), flaw, read.about)
            return
        if read.held:
            yield Unusable(place, f"{read.held}: it is acknowledged, and not acted upon", read.flaw, read.about)
            read.asked.clear()
            return
        yield from read.unusable
        yield from (asked.request for asked in read.asked)

    def _interchange_acknowledgment(self, result: InterchangeResult, now: datetime) -> Iterator[FileDocument]:
        """None for an interchange so broken that a TA1 could not even name it."""
        try:
            segment = edi.acknowledge_interchange(result)
        except ValueError:
            return
        yield self._by.interchange_acknowledgment(segment, now)

    def _reject(self, read: _Interchange, asked: _Asked, outcome: Outcome) -> None:
        """As if the set had been wrong: in the group's result, from which its 997 is made. Or as if the interchange had
        been: in its result, from which the TA1 is made.
        """
        if outcome.whole:
            if INVALID_CONTENT not in read.result.notes:
                read.result = read.result.with_note(INVALID_CONTENT, outcome.unread)
            return
        wrong = edi.SegmentError("W05" if asked.set_id == "940" else "W06", 2, "8")
        for place, group in enumerate(read.groups):
            if group.control_number == asked.group.control_number:
                sets = tuple(
                    replace(each, code=REJECTED, errors=("5",), segments=(wrong,))
                    if each.control_number == asked.control_number
                    else each
                    for each in group.sets
                )
                read.groups[place] = replace(group, sets=sets)

    def _advice(self, asked: _Asked, refusal: Refusal | None, now: datetime) -> FileDocument:
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
            refusal=refusal,
        )
        return self._by.document("824", segments, now)


def _wants_advice(asked: _Asked) -> bool:
    """A refusal, and the outcome of a cancellation: nothing else would tell the partner."""
    outcome = asked.outcome
    if outcome is None or outcome.unread:
        return False
    return outcome.refusal is not None or asked.request.operation == CANCEL


def _number_in(found: edi.TransactionSet) -> str:
    """The number of the order or return that a set is about, however wrong it is; "" where it names none."""
    return next((each[2] for each in found.segments if each[0] in NUMBER_OF and len(each) > 2), "")


def _why(found: edi.TransactionSet) -> str:
    """As the 997 says it, and in words what is wrong where, for whoever has to mend it."""
    result = found.result
    said = f"AK501 {result.code}, AK502 {' '.join(result.errors)}"
    wrong = [*set_problems(found), *(each for error in result.segments for each in _at(error, found))]
    more = f"; {len(wrong) - _MOST_TOLD} more" if len(wrong) > _MOST_TOLD else ""
    return f"{said}: {'; '.join(map(plain, wrong[:_MOST_TOLD]))}{more}" if wrong else said


def _at(error: SegmentError, found: edi.TransactionSet) -> Iterator[str]:
    """What is wrong with one segment."""
    if not error.elements:
        yield f"segment {error.position}, {error.segment} {segment_problem(error)}"
    for part in error.elements:
        name = error.position_name(part)
        yield f"segment {error.position}, {name} {element_problem(part, error, found.guide)}"


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
                "sets": [_set_facts(found) for found in group.sets],
            }
            for group in read.groups
        ],
        "acknowledged": [
            {
                "functionalId": each.functional_id,
                "controlNumber": each.control_number,
                "code": each.code,
                "received": each.received,
                "accepted": each.accepted,
                "errors": list(each.group.errors),
                "sets": [_set_facts(found) for found in each.group.sets],
            }
            for each in read.acknowledgments
        ],
    }


def _set_facts(found: SetResult) -> dict[str, Any]:
    return {
        "setId": found.set_id,
        "controlNumber": found.control_number,
        "code": found.code,
        "errors": list(found.errors),
    }

"""A 997 that was received, and how it fits what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from .events import TransactionSet
from .findings import ElementError, GroupResult, SegmentError, SetResult
from .loops import Loop, Segment


class Acknowledgment(msgspec.Struct, frozen=True, kw_only=True):
    """What a 997 says of a group. `code` is AK901 as it stands there; `group` has the same as our reader would have
    found it, sets without an AK2 left out.
    """

    functional_id: str
    control_number: str
    code: str
    group: GroupResult
    included: int
    received: int
    accepted: int


class SentGroup(msgspec.Struct, frozen=True):
    """A group that we sent: GS01, GS06, and of each set ST01 and ST02. What a caller keeps until it is acknowledged."""

    functional_id: str
    control_number: str
    sets: tuple[tuple[str, str], ...]


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """How an acknowledgment fits what was sent. `group` is None when nothing of that id and number was sent.

    Of each set sent: `accepted`, `rejected`, or `unanswered`, when the 997 neither names it nor accepts the group as
    a whole. `unknown` are sets that the 997 names and that were not in the group.
    """

    group: SentGroup | None
    code: str
    accepted: tuple[tuple[str, str], ...] = ()
    rejected: tuple[SetResult, ...] = ()
    unanswered: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def read_acknowledgment(found: TransactionSet) -> Acknowledgment:
    """What a 997 says.

    Raises: ValueError when the set is none, or was not accepted when it was read.
    """
    if found.set_id != "997" or not found.result.is_accepted:
        raise ValueError(f"set {found.set_id} {found.control_number} is no 997 that was accepted")
    tree = found.tree()
    functional_id, number = tree.value("AK1", 1), tree.value("AK1", 2)
    trailer = tree.segment("AK9")
    assert trailer is not None, "the guide demands it"
    sets = tuple(_set(loop) for loop in tree.each("AK2"))
    errors = tuple(trailer[position] for position in range(5, 10) if trailer[position])
    return Acknowledgment(
        functional_id=functional_id,
        control_number=number,
        code=trailer[1],
        group=GroupResult(functional_id, number, sets, int(trailer[2]), errors),
        included=int(trailer[2]),
        received=int(trailer[3]),
        accepted=int(trailer[4]),
    )


def _set(loop: Loop) -> SetResult:
    trailer = loop.segment("AK5")
    assert trailer is not None, "the guide demands it"
    errors = tuple(trailer[position] for position in range(2, 7) if trailer[position])
    segments = tuple(_segment(part) for part in loop.each("AK3"))
    return SetResult(loop.value("AK2", 1), loop.value("AK2", 2), trailer[1], errors, segments)


def _segment(loop: Loop) -> SegmentError:
    head = loop.segments[0]
    elements = tuple(_element(segment) for segment in loop.all("AK4"))
    return SegmentError(head[1], int(head[2]), head[4], bounded=head[3], elements=elements)


def _element(segment: Segment) -> ElementError:
    position, *component = segment.components(1)
    return ElementError(int(position), segment[3], int(component[0]) if component else None, segment[2], segment[4])


def match(acknowledgment: Acknowledgment, sent: Iterable[SentGroup]) -> Match:
    """Find the group that is meant, and say of each of its sets what became of it."""
    key = (acknowledgment.functional_id, _number(acknowledgment.control_number))
    group = next((group for group in sent if (group.functional_id, _number(group.control_number)) == key), None)
    answered = {(found.set_id, found.control_number): found for found in acknowledgment.group.sets}
    if group is None:
        return Match(group=None, code=acknowledgment.code, unknown=tuple(answered))
    outcomes = {sent_set: _outcome(answered.get(sent_set), acknowledgment) for sent_set in group.sets}
    return Match(
        group=group,
        code=acknowledgment.code,
        accepted=tuple(sent_set for sent_set, outcome in outcomes.items() if outcome == "accepted"),
        rejected=_rejected([sent_set for sent_set, outcome in outcomes.items() if outcome == "rejected"], answered),
        unanswered=tuple(sent_set for sent_set, outcome in outcomes.items() if outcome == "unanswered"),
        unknown=tuple(named for named in answered if named not in group.sets),
    )


def _outcome(found: SetResult | None, acknowledgment: Acknowledgment) -> str:
    if acknowledgment.code not in ("A", "E", "P"):
        return "rejected"
    if found is not None:
        return "accepted" if found.is_accepted else "rejected"
    # Some partners name only the sets with errors: in a group that is accepted the others are too.
    return "accepted" if acknowledgment.code in ("A", "E") else "unanswered"


def _rejected(sets: Sequence[tuple[str, str]], answered: dict[tuple[str, str], SetResult]) -> tuple[SetResult, ...]:
    return tuple(answered.get(key) or SetResult(*key, code="R") for key in sets)


def _number(control_number: str) -> int:
    """GS06 is a number: partners may fill it up with zeros."""
    return int(control_number)

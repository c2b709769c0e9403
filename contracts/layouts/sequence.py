"""The numbers of a partner's files: is this the next one, one too many, one too early, or an old one again?

A pure function on a state that is plain data, to be kept wherever the reader of the files keeps its own:
`msgspec.json.encode(state)` is one way. Numbers are kept apart by sender and type.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from .definition import SequenceRule

REMEMBERED_FILES = 100
REMEMBERED_GAPS = 1000


class SequenceVerdict(StrEnum):
    """What a number is."""

    FIRST = "first"
    NEXT = "next"
    LATE = "late"
    """It was missing until now."""
    GAP = "gap"
    """Numbers before it are missing; to be processed only where the layout accepts gaps."""
    DUPLICATE = "duplicate"
    """The same number with the same content: it was processed already."""
    CONFLICT = "conflict"
    """The same number with other content."""
    REPLAY = "replay"
    """A number from long ago; what was in it then is not remembered."""
    REPEATED_CONTENT = "repeated_content"
    """The next number, but the same rows were processed under another one: the number is used up."""
    OUT_OF_RANGE = "out_of_range"
    """No number of this layout's sequence."""


class Seen(msgspec.Struct, frozen=True):
    """A file whose number is used up, and the digest of its content."""

    sequence: int
    content: str


class SequenceState(msgspec.Struct, frozen=True):
    """Of one sender and type: the highest number taken, those missing below it, and the latest files."""

    highest: int | None = None
    missing: tuple[int, ...] = ()
    seen: tuple[Seen, ...] = ()


class SequenceResult(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict, the state after it, and `missing`: the numbers awaited before this one, the first 1,000."""

    verdict: SequenceVerdict
    state: SequenceState
    process: bool
    missing: tuple[int, ...] = ()
    known_as: int | None = None
    """The number under which the same content was taken."""


def follow(state: SequenceState, rule: SequenceRule, sequence: int, content: str) -> SequenceResult:
    """What to do with a file. `content` is the digest that reading it ended with (End.content), "" without rows.

    The state is another one only where a number is used up: by a file that is to be processed, or by repeated content.
    """
    if sequence < rule.first or (rule.last is not None and sequence > rule.last):
        return _held(SequenceVerdict.OUT_OF_RANGE, state)
    known = next((seen for seen in reversed(state.seen) if seen.sequence == sequence), None)
    if state.highest is None:
        return _begun(state, rule, sequence, content)
    if sequence in state.missing:
        missing = tuple(number for number in state.missing if number != sequence)
        return _late(state, missing, sequence, content)
    ahead = _steps(rule, state.highest, sequence)
    if ahead == 1:
        taken = _taken(SequenceVerdict.NEXT, state, sequence, content)
        same = next((seen for seen in reversed(state.seen) if content and seen.content == content), None)
        if same is None:
            return taken
        return SequenceResult(
            verdict=SequenceVerdict.REPEATED_CONTENT, state=taken.state, process=False, known_as=same.sequence
        )
    if ahead > 1:
        return _gap(state, rule, sequence, content, ahead)
    if known is None:
        return _held(SequenceVerdict.REPLAY, state)
    return _held(SequenceVerdict.DUPLICATE if known.content == content else SequenceVerdict.CONFLICT, state)


def _begun(state: SequenceState, rule: SequenceRule, sequence: int, content: str) -> SequenceResult:
    """The first file of all. Where gaps are accepted, those before it may still be under way: several may be uploaded
    at the same time.
    """
    taken = _taken(SequenceVerdict.FIRST, state, sequence, content)
    if rule.gap == "hold":
        return taken
    before = tuple(range(max(rule.first, sequence - REMEMBERED_GAPS), sequence))
    return msgspec.structs.replace(taken, state=msgspec.structs.replace(taken.state, missing=before))


def _steps(rule: SequenceRule, highest: int, sequence: int) -> int:
    """How many numbers after the highest; 0 or less for one that was passed. After the last comes the first again,
    and what is nearer ahead than behind is ahead.
    """
    ahead = sequence - highest
    if rule.last is None:
        return ahead
    size = rule.last - rule.first + 1
    around = ahead % size
    return around if around <= size // 2 else around - size


def _gap(state: SequenceState, rule: SequenceRule, sequence: int, content: str, ahead: int) -> SequenceResult:
    assert state.highest is not None
    size = rule.last - rule.first + 1 if rule.last is not None else 0
    before = range(1, min(ahead, REMEMBERED_GAPS + 1))
    numbers = (state.highest + step for step in before)
    missing = tuple((number - rule.first) % size + rule.first if size else number for number in numbers)
    if rule.gap == "hold":
        return SequenceResult(verdict=SequenceVerdict.GAP, state=state, process=False, missing=missing)
    taken = _taken(SequenceVerdict.GAP, state, sequence, content)
    after = msgspec.structs.replace(taken.state, missing=(*state.missing, *missing)[-REMEMBERED_GAPS:])
    return msgspec.structs.replace(taken, state=after, missing=missing)


def _taken(verdict: SequenceVerdict, state: SequenceState, sequence: int, content: str) -> SequenceResult:
    seen = (*state.seen, Seen(sequence, content))[-REMEMBERED_FILES:]
    after = msgspec.structs.replace(state, highest=sequence, seen=seen)
    return SequenceResult(verdict=verdict, state=after, process=True)


def _late(state: SequenceState, missing: tuple[int, ...], sequence: int, content: str) -> SequenceResult:
    seen = (*state.seen, Seen(sequence, content))[-REMEMBERED_FILES:]
    after = msgspec.structs.replace(state, missing=missing, seen=seen)
    return SequenceResult(verdict=SequenceVerdict.LATE, state=after, process=True, missing=missing)


def _held(verdict: SequenceVerdict, state: SequenceState) -> SequenceResult:
    return SequenceResult(verdict=verdict, state=state, process=False)

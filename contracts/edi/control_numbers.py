"""Control numbers, counted for what we send and looked at in what we receive. Pure: a value in, a value out.

The state is a plain value (msgspec reads and writes it) that the caller keeps. What to do about a duplicate or a gap
is the caller's to decide: a resend is a duplicate on purpose.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import msgspec

HIGHEST = 999_999_999
_WRAP_ZONE = 1_000
_MOST_RANGES = 1_000


class Kind(StrEnum):
    """Whose number: ISA13, GS06, ST02."""

    INTERCHANGE = "interchange"
    GROUP = "group"
    SET = "set"


class Link(NamedTuple):
    """One direction between two partners, as the interchange names them."""

    sender: str
    receiver: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers received so far: ranges in rising order, none touching the next, and the one that came last."""

    ranges: tuple[tuple[int, int], ...] = ()
    last: int = 0


class ControlNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """`sent` has the last number given out, `seen` what was received; keys are "sender|receiver|kind"."""

    sent: dict[str, int] = {}
    seen: dict[str, Seen] = {}


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """A number received: `first` of its link, `next` in turn, `duplicate`, after a `gap` (with the numbers that are
    missing, from and to), or `late` (lower than one before it, and new: it fills a gap, or partly).
    """

    kind: Kind
    number: int
    verdict: str
    missing: tuple[int, int] | None = None


def give_out(state: ControlNumbers, link: Link, kind: Kind) -> tuple[ControlNumbers, int]:
    """The next number to send on the link, from 1; after 999,999,999 comes 1 again."""
    key = _key(link, kind)
    number = state.sent.get(key, 0) % HIGHEST + 1
    return msgspec.structs.replace(state, sent={**state.sent, key: number}), number


def observe(state: ControlNumbers, link: Link, kind: Kind, number: int) -> tuple[ControlNumbers, Sighting]:
    """Take note of a number received on the link.

    Raises: ValueError when it isn't between 1 and 999,999,999.
    """
    if not 1 <= number <= HIGHEST:
        raise ValueError(f"a control number is between 1 and {HIGHEST:,}, not {number:,}")
    key = _key(link, kind)
    seen = state.seen.get(key, Seen())
    verdict, missing = _verdict(seen, number)
    after = Seen(ranges=((number, number),), last=number) if verdict == "wrapped" else _with(seen, number)
    sighting = Sighting(kind=kind, number=number, verdict="next" if verdict == "wrapped" else verdict, missing=missing)
    return msgspec.structs.replace(state, seen={**state.seen, key: after}), sighting


def _verdict(seen: Seen, number: int) -> tuple[str, tuple[int, int] | None]:
    if not seen.ranges:
        return "first", None
    highest = seen.ranges[-1][1]
    if number == 1 and highest > HIGHEST - _WRAP_ZONE:
        return "wrapped", None
    if any(low <= number <= high for low, high in seen.ranges):
        return "duplicate", None
    if number == highest + 1:
        return "next", None
    return ("gap", (highest + 1, number - 1)) if number > highest else ("late", None)


def _with(seen: Seen, number: int) -> Seen:
    ranges: list[tuple[int, int]] = []
    for low, high in sorted((*seen.ranges, (number, number))):
        if ranges and low <= ranges[-1][1] + 1:
            ranges[-1] = ranges[-1][0], max(high, ranges[-1][1])
        else:
            ranges.append((low, high))
    # Who numbers at random would make the list grow for ever: the oldest gaps are taken as closed.
    while len(ranges) > _MOST_RANGES:
        ranges[:2] = [(ranges[0][0], ranges[1][1])]
    return Seen(ranges=tuple(ranges), last=number)


def _key(link: Link, kind: Kind) -> str:
    return f"{link.sender}|{link.receiver}|{kind}"

"""Valid interchanges by the dozen, made from the guides: every set, every element type, several separators."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from crossdock.contracts.edi import (
    Group,
    GroupHeader,
    Guide,
    Interchange,
    InterchangeHeader,
    Party,
    Separators,
    SetBody,
    standard_guides,
)
from crossdock.contracts.edi.guide import Composite, Element, Place, SegmentGuide, SegmentPlace, Use

SEPARATORS = (
    Separators(),
    Separators("*", ":", "~", "\n"),
    Separators("|", ">", "~"),
    Separators("^", "<", "\n"),
    Separators("\x1d", "\x1f", "\x1c"),
    Separators("*", ">", "'", "\r\n"),
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
DAY = date(2026, 3, 2)
MOMENT = datetime(2026, 3, 2, 9, 15)
DEPOSITOR, WAREHOUSE = Party("ZZ", "DEPOSITOR"), Party("ZZ", "WAREHOUSEB")
SETS = ("180", "214", "824", "846", "940", "943", "944", "945", "947", "997")


def guide_of(set_id: str) -> Guide:
    guide = standard_guides().by_set(set_id)
    assert guide is not None
    return guide


def value(chance: random.Random, element: Element) -> str:
    """A value that the element takes."""
    if element.codes:
        fit = [code for code in element.codes if element.shortest <= len(code) <= element.longest]
        return chance.choice(fit)
    if element.type == "DT":
        day = f"{DAY + timedelta(days=chance.randrange(-900, 900)):%Y%m%d}"
        return day if element.longest == 8 else day[2:]
    if element.type == "TM":
        return f"{chance.randrange(24):02}{chance.randrange(60):02}" + chance.choice(["", f"{chance.randrange(60):02}"])
    length = chance.randint(element.shortest, min(element.longest, element.shortest + 8))
    if element.type[0] in "NR":
        digits = "".join(chance.choice("123456789") for _ in range(length))
        with_point = element.type == "R" and length > 1 and chance.random() < 0.3
        return f"{digits[:-1]}.{digits[-1]}" if with_point else digits
    inner = "".join(chance.choice(LETTERS + " -.,/") for _ in range(max(0, length - 2)))
    return (chance.choice(LETTERS) + inner + chance.choice(LETTERS))[:length].strip().ljust(element.shortest, "X")


def segment(chance: random.Random, guide: SegmentGuide, fill: float) -> list[str | list[str]]:
    """The segment with its required elements and, by chance, others."""
    there = {position for position, use in enumerate(guide.uses, 1) if use.required or chance.random() < fill} or {1}
    _settle(guide, there)
    last = max(there)
    values = (_value_of(chance, guide.uses[at - 1]) if at in there else "" for at in range(1, last + 1))
    return [guide.id, *values]


def _value_of(chance: random.Random, use: Use) -> str | list[str]:
    if isinstance(use.element, Element):
        return value(chance, use.element)
    return _components(chance, use.element)


def _components(chance: random.Random, composite: Composite) -> list[str]:
    parts = []
    for use in composite.components:
        if not use.required:
            break
        assert isinstance(use.element, Element)
        parts.append(value(chance, use.element))
    return parts


def _settle(guide: SegmentGuide, there: set[int]) -> None:
    """Add elements until the syntax notes hold; those that exclude each other go first."""
    exclusions = [note.positions for note in guide.notes if note.kind == "E"]
    for positions in exclusions:
        there.difference_update(positions[1:])
    there |= set() if there else {1}
    _close(guide, there)
    if any(len(there.intersection(positions)) > 1 for positions in exclusions):
        # What one note demands is excluded by another: start again from the least there can be.
        there.clear()
        there |= {position for position, use in enumerate(guide.uses, 1) if use.required} or {1}
        _close(guide, there)


def _close(guide: SegmentGuide, there: set[int]) -> None:
    before: set[int] | None = None
    while before != there:
        before = set(there)
        for note in guide.notes:
            first, *others = note.positions
            if (note.kind == "P" and there & set(note.positions)) or (note.kind == "C" and first in there):
                there |= set(note.positions)
            elif note.kind == "R" and not there & set(note.positions):
                there.add(first)
            elif note.kind == "L" and first in there and not there & set(others):
                there.add(others[0])


def body(chance: random.Random, guide: Guide, fill: float = 0.3) -> list[list[str | list[str]]]:
    """The segments between ST and SE."""
    found: list[list[str | list[str]]] = []
    for position in guide.structure[1:-1]:
        found += _some(chance, position, fill)
    return found


def _some(chance: random.Random, place: Place, fill: float) -> Iterator[list[str | list[str]]]:
    most = place.most or 3
    least = 1 if place.required else 0
    count = min(most, max(least, chance.choice((0, 0, 1, 1, 2)) if chance.random() < fill * 2 else least))
    for _ in range(count):
        if isinstance(place, SegmentPlace):
            yield segment(chance, place.segment, fill)
            continue
        yield segment(chance, place.leader.segment, fill)
        for inner in place.of[1:]:
            yield from _some(chance, inner, fill * 0.8)


def interchange(seed: int, sets: Sequence[str] = SETS, most_sets: int = 3) -> Interchange:
    """One or two groups of one to three sets each; the same for the same seed."""
    chance = random.Random(seed)
    separators = SEPARATORS[seed % len(SEPARATORS)]
    groups = []
    for number in range(chance.choice((1, 1, 2))):
        set_id = sets[(seed + number) % len(sets)]
        guide = guide_of(set_id)
        bodies = [
            SetBody(set_id, f"{index:04}", body(chance, guide)) for index in range(1, chance.randint(1, most_sets) + 1)
        ]
        group = GroupHeader.at(MOMENT, guide.functional_group, DEPOSITOR.id, WAREHOUSE.id, 1 + number)
        groups.append(Group(group, bodies))
    header = InterchangeHeader.at(MOMENT, DEPOSITOR, WAREHOUSE, seed + 1, usage="T", separators=separators)
    return Interchange(header, groups)

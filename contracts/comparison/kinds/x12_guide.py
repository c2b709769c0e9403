"""X12 guides: the set that a guide and all that it is based on come to, place by place.

Nothing in a guide says who sends the set, so both ways are judged unless somebody asked for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import UNSET

from ...documents import load, pointer
from ...part import Part
from ..change_log import Use
from ..change_rule import ChangeRule
from ..comparison import Comparison
from ..document_comparer import document_comparers
from ..judgement import Relation
from ..rules.segments import (
    CharactersChanged,
    NotedErrorsChanged,
    PartyChanged,
    SegmentAdded,
    SegmentBecameOptional,
    SegmentBecameRequired,
    SegmentRemoved,
    SegmentsReordered,
    SeparatorsChanged,
    SetIdentityChanged,
)
from ..segment_pair import compare_bounds, compare_segments

if TYPE_CHECKING:
    from ...edi.guide import Guide, Place

_CHARACTERS = ("basic", "extended", "unicode")  # each has all of those before it
_Key: TypeAlias = tuple[tuple[str, int], ...]
"""The loops around a place and the place itself, each with its number among those of the same name there."""


@document_comparers.register("x12-guide")
def compare_guides(old: Part, new: Part, comparison: Comparison) -> None:
    from ...edi.guide_document import guide_of

    before, after = guide_of(old.document), guide_of(new.document)
    for way in comparison.ways:
        _GuidePair(old, new, before, after, comparison, Use(after.set_id, "set", way)).compare()


@dataclass(frozen=True, slots=True)
class _GuidePair:
    old_part: Part
    new_part: Part
    old: Guide
    new: Guide
    comparison: Comparison
    use: Use

    def compare(self) -> None:
        self._agreement()
        before, after = dict(_places(self.old.structure)), dict(_places(self.new.structure))
        for key, place in before.items():
            if key in after:
                self._compare_places(key, place, after[key])
            elif key[:-1] in after or len(key) == 1:
                relation = Relation.APART if place.required else Relation.NARROWER
                segment = "" if key[-1][0].startswith("loop ") else f".{key[-1][0]}"
                self._told(SegmentRemoved, f"{_named(key)} is gone", key, relation, segment)
        for key, place in after.items():
            if key not in before and (key[:-1] in before or len(key) == 1):
                relation = Relation.APART if place.required else Relation.WIDER
                self._told(SegmentAdded, f"{_named(key)} is new", key, relation)
        self._order(list(before), list(after))

    def _told(
        self,
        rule: type[ChangeRule],
        what: str,
        key: _Key = (),
        relation: Relation | None = None,
        field: str = "",
        value: Any = UNSET,
    ) -> None:
        old, new = (Part(part.document, _written(part.document, key), None) for part in (self.old_part, self.new_part))
        use = Use(self.use.operation, self.use.role, self.use.direction, field)
        self.comparison.changed(rule, what, old, new, use, relation, value=value)

    def _agreement(self) -> None:
        for name in ("set_id", "version", "functional_group"):
            before, after = getattr(self.old, name), getattr(self.new, name)
            if before != after:
                self._told(SetIdentityChanged, f"the {name} is {after}, and was {before}")
        for name in ("sender", "receiver"):
            if getattr(self.old, name) != getattr(self.new, name):
                self._told(PartyChanged, f"the {name} is named otherwise")
        ranks = [_CHARACTERS.index(guide.characters) for guide in (self.old, self.new)]
        if ranks[0] != ranks[1]:
            relation = Relation.WIDER if ranks[1] > ranks[0] else Relation.NARROWER
            what = f"texts are made of {self.new.characters} characters, and were of {self.old.characters} ones"
            self._told(CharactersChanged, what, relation=relation)
        if self.old.separators != self.new.separators:
            self._told(SeparatorsChanged, "interchanges are written with other separators")
        if self.old.noted != self.new.noted:
            self._told(NotedErrorsChanged, "other errors are only noted")

    def _compare_places(self, key: _Key, old: Place, new: Place) -> None:
        from ...edi.guide import SegmentPlace

        if old.required != new.required:
            rule: type[ChangeRule] = SegmentBecameRequired if new.required else SegmentBecameOptional
            self._told(rule, f"{_named(key)} {'must be there' if new.required else 'may be left out'}", key)
        for finding in compare_bounds(old.most, new.most, _named(key)):
            self._told(finding.rule, finding.what, key)
        if isinstance(old, SegmentPlace) and isinstance(new, SegmentPlace):
            around = f" in loop {key[-2][0].removeprefix('loop ')}" if len(key) > 1 else ""
            for found in compare_segments(old.segment, new.segment):
                field = f".{new.segment.id}{found.place:02}" if found.place else ""
                self._told(found.rule, f"{found.what}{around}", key, found.relation, field, found.value)

    def _order(self, old: list[_Key], new: list[_Key]) -> None:
        for around in dict.fromkeys(key[:-1] for key in old):
            before, after = (
                [key for key in keys if key[:-1] == around and key in others]
                for keys, others in ((old, new), (new, old))
            )
            if before != after:
                where = _named(around) if around else "the set"
                self._told(SegmentsReordered, f"the segments of {where} stand in another order", around)


def _places(structure: tuple[Place, ...], around: _Key = ()) -> Iterator[tuple[_Key, Place]]:
    from ...edi.guide import LoopPlace

    count: dict[str, int] = {}
    for place in structure:
        name = f"loop {place.id}" if isinstance(place, LoopPlace) else place.segment.id
        key = (*around, (name, count.setdefault(name, 0)))
        count[name] += 1
        yield key, place
        if isinstance(place, LoopPlace):
            yield from _places(place.of, key)


def _named(key: _Key) -> str:
    """`N1 in loop 0100`, `the second G62`, `loop 0310 in loop 0300`."""
    name, number = key[-1]
    said = f"{name} ({number + 1})" if number else name
    return f"{said} in {key[-2][0]}" if len(key) > 1 else said


def _written(document: str, key: _Key) -> str:
    """Where the document says something of the place: a rule of a partner's guide, or the place in the structure."""
    content = load(document)
    if not key:
        return ""
    name = key[-1][0]
    if "structure" in content:
        return _in_structure(content["structure"], key, ("structure",))
    around = key[-2][0].removeprefix("loop ") if len(key) > 1 else "heading"
    for index, rule in enumerate(content.get("restrict", ())):
        if rule["segment"] == name and rule.get("loop", around) == around:
            return pointer("restrict", index)
    return "/restrict"


def _in_structure(places: list[dict[str, Any]], key: _Key, at: tuple[str | int, ...]) -> str:
    (name, number), rest = key[0], key[1:]
    named = [f"loop {place['loop']}" if "loop" in place else str(place["segment"]) for place in places]
    found = [index for index, each in enumerate(named) if each == name]
    if number >= len(found):
        return pointer(*at)
    here = (*at, found[number])
    return _in_structure(places[found[number]]["of"], rest, (*here, "of")) if rest else pointer(*here)

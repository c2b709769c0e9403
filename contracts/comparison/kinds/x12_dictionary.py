"""The dictionary of an X12 version: elements by number, segments by identifier; judged both ways, as guides are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ...kinds.x12_dictionary import elements_of
from ...part import Part
from ..change_log import Use
from ..comparison import Comparison
from ..document_comparer import document_comparers
from ..judgement import Direction
from ..rules.definitions import DefinitionAdded, DefinitionRemoved
from ..segment_pair import SegmentFinding, compare_elements, compare_segments

_Entry = TypeVar("_Entry")


@document_comparers.register("x12-elements")
def compare_element_lists(old: Part, new: Part, comparison: Comparison) -> None:
    from ...edi.dictionary import elements

    def compare(name: str) -> Iterable[SegmentFinding]:
        return compare_elements(before[name], after[name], f"element {name}")

    before, after = elements(old.document), elements(new.document)
    _compare(old, new, before, after, comparison, compare)


@document_comparers.register("x12-segments")
def compare_segment_lists(old: Part, new: Part, comparison: Comparison) -> None:
    from ...edi.dictionary import elements, segments

    def compare(name: str) -> Iterable[SegmentFinding]:
        return compare_segments(before[name], after[name])

    before, after = (segments(part.document, elements(elements_of(part.document))) for part in (old, new))
    _compare(old, new, before, after, comparison, compare)


def _compare(
    old: Part,
    new: Part,
    before: Mapping[str, _Entry],
    after: Mapping[str, _Entry],
    comparison: Comparison,
    compare: Callable[[str], Iterable[SegmentFinding]],
) -> None:
    use = Use(f"guides built from {new.document.rpartition('/')[2]}", "", Direction.GIVEN)
    for name in before:
        if name not in after:
            comparison.changed(DefinitionRemoved, f"{name} is gone", _entry(old, name), new, use)
            continue
        for found in compare(name):
            for way in comparison.ways:
                met = Use(use.operation, "", way)
                comparison.changed(found.rule, found.what, _entry(old, name), _entry(new, name), met, found.relation)
    for name in after:
        if name not in before:
            comparison.changed(DefinitionAdded, f"{name} is new", old, _entry(new, name), use)


def _entry(root: Part, name: str) -> Part:
    lists = (root.member(field) for field in ("elements", "composites", "segments"))
    return next((each.member(name) for each in lists if isinstance(each.value, dict) and name in each.value), root)

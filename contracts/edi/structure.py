"""The places of a set as a machine: from each place, which segments may follow, and what that leaves out.

Within one repetition of its loop a place is only ever left forwards, so all that a step skips is known beforehand, and
repetitions are counted without looking back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .guide import Guide, LoopPlace, Place, SegmentPlace
from .segment_check import SegmentCheck
from .separators import Separators


@dataclass(slots=True, eq=False)
class Step:
    """To `stand`, leaving out the required `missing` (segment id, loop id). `counter` is -1 where nothing is counted;
    a `fresh` step begins to count, another counts on up to `most`, and `over` is the code of AK304 past it.
    """

    stand: Stand
    missing: tuple[tuple[str, str], ...] = ()
    counter: int = -1
    fresh: bool = True
    most: int = 0
    over: str = ""


@dataclass(slots=True, eq=False)
class Stand:
    """One place for a segment: its check, the ids of the loops around it from the outermost, and the steps from here by
    the id of the segment that follows. `depth_led` is how many of those loops this segment begins (0 or 1).
    """

    place: SegmentPlace
    check: SegmentCheck
    loops: tuple[LoopPlace, ...]
    index: int
    steps: dict[str, Step] = field(default_factory=dict)

    @property
    def leads(self) -> bool:
        """Whether the segment begins a repetition of the innermost loop."""
        return bool(self.loops) and self.loops[-1].leader is self.place

    @property
    def loop_id(self) -> str:
        return self.loops[-1].id if self.loops else ""


@dataclass(slots=True, eq=False)
class Structure:
    """A guide, compiled for an interchange's separators. `stands` are in the order of the guide; the first is ST's."""

    guide: Guide
    stands: tuple[Stand, ...]
    counters: int

    def passed(self, id: str, here: Stand) -> Stand | None:
        """The last place for a segment that was passed on the way: in a loop around, or first of one in there."""
        found = None
        for stand in self.stands[: here.index + 1]:
            around = stand.loops[:-1] if stand.leads else stand.loops
            if stand.place.segment.id == id and around == here.loops[: len(around)]:
                found = stand
        return found

    def find(self, id: str, after: int) -> Stand | None:
        """The first place for a segment after the one with that index; where there is none, the first at all."""
        places = [stand for stand in self.stands if stand.place.segment.id == id]
        return next((stand for stand in places if stand.index > after), places[0] if places else None)


@lru_cache(maxsize=64)
def compiled(guide: Guide, separators: Separators) -> Structure:
    """The machine of a guide. Cached: an interchange with many sets compiles each guide once."""
    return _Compiler(guide, separators).structure()


@dataclass(slots=True, eq=False)
class _Node:
    place: Place
    parent: _Node | None
    position: int
    children: list[_Node] = field(default_factory=list)
    stand: Stand | None = None
    counter: int = -1

    @property
    def first(self) -> _Node:
        return self if isinstance(self.place, SegmentPlace) else self.children[0].first

    @property
    def name(self) -> tuple[str, str]:
        """The segment whose absence is told, and the loop that it would stand in."""
        if isinstance(self.place, LoopPlace):
            return self.place.leader.segment.id, self.place.id
        loop = self.parent.place.id if self.parent and isinstance(self.parent.place, LoopPlace) else ""
        return self.place.segment.id, loop


class _Compiler:
    def __init__(self, guide: Guide, separators: Separators) -> None:
        self._guide = guide
        self._separators = separators
        self._checks: dict[int, SegmentCheck] = {}
        self._stands: list[Stand] = []
        self._leaves: list[_Node] = []
        self._counters = 0
        self._root = _Node(LoopPlace("", guide.structure), None, 0)
        self._add(self._root, ())

    def structure(self) -> Structure:
        for leaf in self._leaves:
            assert leaf.stand is not None
            for step in self._steps(leaf):
                leaf.stand.steps.setdefault(step.stand.place.segment.id, step)
        return Structure(self._guide, tuple(self._stands), self._counters)

    def _add(self, node: _Node, loops: tuple[LoopPlace, ...]) -> None:
        assert isinstance(node.place, LoopPlace)
        for position, place in enumerate(node.place.of):
            child = _Node(place, node, position)
            node.children.append(child)
            if place.most is not None:
                child.counter = self._counters
                self._counters += 1
            if isinstance(place, LoopPlace):
                self._add(child, (*loops, place))
            else:
                child.stand = Stand(place, self._check(place), loops, len(self._stands))
                self._stands.append(child.stand)
                self._leaves.append(child)

    def _check(self, place: SegmentPlace) -> SegmentCheck:
        key = id(place.segment)  # unrestricted places share their segment
        if key not in self._checks:
            self._checks[key] = SegmentCheck(place.segment, self._separators, self._guide.characters)
        return self._checks[key]

    def _steps(self, leaf: _Node) -> Iterator[Step]:
        """All that may follow, the nearest first."""
        node, missing = leaf, list[tuple[str, str]]()
        if not (leaf.parent and leaf.position == 0 and leaf.parent is not self._root):
            yield self._again(leaf, (), "5")
        while node.parent is not None:
            parent = node.parent
            for sibling in parent.children[node.position + 1 :]:
                yield self._into(sibling, tuple(missing))
                if sibling.place.required:
                    missing.append(sibling.name)
            if parent is not self._root:
                yield self._again(parent, tuple(missing), "4")
            node = parent

    def _into(self, node: _Node, missing: tuple[tuple[str, str], ...]) -> Step:
        stand = node.first.stand
        assert stand is not None
        return Step(stand, missing, node.counter, fresh=True)

    def _again(self, node: _Node, missing: tuple[tuple[str, str], ...], over: str) -> Step:
        stand = node.first.stand
        assert stand is not None
        return Step(stand, missing, node.counter, fresh=False, most=node.place.most or 0, over=over)

"""A set as nested loops, to be walked by a mapping: "in each loop 0310, segment W12, element 3"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .separators import Separators
from .structure import Stand


@dataclass(frozen=True, slots=True)
class Segment:
    """`segment[3]` is element 3, "" where there is none; `position` in the set, ST being 1."""

    elements: list[str]
    position: int
    separators: Separators

    @property
    def id(self) -> str:
        return self.elements[0]

    def __getitem__(self, element: int) -> str:
        return self.elements[element] if element < len(self.elements) else ""

    def components(self, element: int) -> list[str]:
        """The components of a composite element; empty where there is none."""
        value = self[element]
        return value.split(self.separators.component) if value else []


@dataclass(slots=True)
class Loop:
    """One repetition of a loop; the set itself is the loop "". `segments` are those directly in it, in order; what
    has no place in the guide stands in the loop that was open there.
    """

    id: str
    segments: list[Segment] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)

    def segment(self, id: str) -> Segment | None:
        """The first of them, None when there is none."""
        return next((segment for segment in self.segments if segment.id == id), None)

    def all(self, id: str) -> list[Segment]:
        """All of them, in order."""
        return [segment for segment in self.segments if segment.id == id]

    def value(self, id: str, element: int) -> str:
        """An element of the first such segment, "" where there is none: `value("W06", 2)`."""
        segment = self.segment(id)
        return segment[element] if segment else ""

    def qualified(self, id: str, qualifier: str, element: int = 2) -> str:
        """An element of the first such segment whose element 1 is the qualifier: `qualified("N9", "LI")`."""
        found = (segment[element] for segment in self.segments if segment.id == id and segment[1] == qualifier)
        return next(found, "")

    def each(self, id: str) -> Iterator[Loop]:
        """Every repetition of a loop, at whatever depth."""
        for loop in self.loops:
            if loop.id == id:
                yield loop
            yield from loop.each(id)


def loops_of(segments: Sequence[list[str]], stands: Sequence[Stand | None], separators: Separators) -> Loop:
    """The tree of a set."""
    root = Loop("")
    path = [root]
    for position, elements in enumerate(segments, 1):
        stand = stands[position - 1] if position <= len(stands) else None
        if stand is not None:
            depth = len(stand.loops)
            if stand.leads:
                path = [*path[:depth]]
                path = _opened(path, stand, depth)
            elif [loop.id for loop in path[1 : depth + 1]] == [place.id for place in stand.loops]:
                path = path[: depth + 1]
        path[-1].segments.append(Segment(elements, position, separators))
    return root


def _opened(path: list[Loop], stand: Stand, depth: int) -> list[Loop]:
    """The path with a new repetition at its end, and with the loops around it where a bad set left one out."""
    while len(path) <= depth:
        loop = Loop(stand.loops[len(path) - 1].id)
        path[-1].loops.append(loop)
        path.append(loop)
    return path

"""Makes scenarios smaller as long as they show the finding: whole ones first, then their parts, then their numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .ddmin import minimal
from .document import Document, size_of
from .laboratory import Exhausted, Laboratory
from .reductions import simpler, with_lines, with_orders, with_part

# Told each time something smaller was found.
Heard = Callable[[Sequence[Document]], None]


@dataclass(frozen=True, slots=True)
class Shrunk:
    """`is_minimal`: nothing more can be taken away; else the runs or the time came to an end before."""

    documents: tuple[Document, ...]
    is_minimal: bool


def shrink(documents: Sequence[Document], laboratory: Laboratory, heard: Heard = lambda _documents: None) -> Shrunk:
    """The smallest scenarios that show the finding, from some that are known to."""
    shrinking = _Shrinking(list(documents), laboratory, heard)
    try:
        shrinking.go()
    except Exhausted:
        return Shrunk(tuple(shrinking.best), is_minimal=False)
    return Shrunk(tuple(shrinking.best), is_minimal=True)


class _Shrinking:
    def __init__(self, documents: list[Document], laboratory: Laboratory, heard: Heard) -> None:
        self.best = documents
        self._laboratory = laboratory
        self._heard = heard

    def go(self) -> None:
        """Raises: Exhausted."""
        finding = self._laboratory.finding
        alone = [document for document in self.best if finding is not None and document["scenario"] == finding.scenario]
        if not (len(alone) < len(self.best) and self._take(alone)):
            minimal(list(self.best), self._take, fewest=1)
        while self._smaller_parts() or self._simpler():
            pass

    def _smaller_parts(self) -> bool:
        """Whether anything could be taken away of any scenario."""
        before = size_of(self.best)
        for place in range(len(self.best)):
            self._orders(place)
            self._part(place, "faults")
            self._part(place, "actions")
            for order in list(self.best[place]["orders"]):
                self._lines(place, order)
        return size_of(self.best) != before

    def _orders(self, place: int) -> None:
        document = self.best[place]
        minimal(list(document["orders"]), lambda names: self._put(place, with_orders(document, names)), fewest=1)

    def _part(self, place: int, part: str) -> None:
        document = self.best[place]
        if document.get(part):
            minimal(document[part], lambda things: self._put(place, with_part(document, part, things)))

    def _lines(self, place: int, order: str) -> None:
        document = self.best[place]
        lines = range(len(document["orders"][order]["lines"]))
        minimal(lines, lambda kept: self._put(place, with_lines(document, order, kept)), fewest=1)

    def _simpler(self) -> bool:
        """Whether anything could be said more simply."""
        changed = False
        for place in range(len(self.best)):
            while any(self._put(place, candidate) for candidate in simpler(self.best[place])):
                changed = True
        return changed

    def _put(self, place: int, document: Document) -> bool:
        return self._take([*self.best[:place], document, *self.best[place + 1 :]])

    def _take(self, documents: Sequence[Document]) -> bool:
        """Keep these for the best when they show the finding."""
        if not self._laboratory.shows(documents):
            return False
        self.best = list(documents)
        self._heard(self.best)
        return True

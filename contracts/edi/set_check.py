"""One transaction set, checked segment by segment as it is read."""

from __future__ import annotations

from .findings import ElementError, SegmentError
from .guide import Noted
from .segment_check import SegmentCheck
from .structure import Stand, Step, Structure

UNKNOWN, UNEXPECTED, MISSING, LOOP_TOO_OFTEN = "1", "2", "3", "4"
TOO_OFTEN, NOT_IN_SET, OUT_OF_SEQUENCE, HAS_ERRORS = "5", "6", "7", "8"


class SetCheck:
    """Feed it every segment from ST to SE. `stands` has the place of each segment, None where it has none."""

    __slots__ = (
        "_aside",
        "_counts",
        "_most_errors",
        "_noted",
        "_structure",
        "bounded",
        "errors",
        "overflow",
        "stand",
        "stands",
    )

    def __init__(self, structure: Structure, most_errors: int) -> None:
        self._structure = structure
        self._counts = [0] * structure.counters
        self._most_errors = most_errors
        self._noted: Noted = structure.guide.noted
        self._aside: tuple[Stand, int] | None = None
        self.stand: Stand = structure.stands[0]
        self.stands: list[Stand | None] = []
        self.errors: list[SegmentError] = []
        self.overflow = False
        self.bounded = ""

    def begin(self, text: str, elements: list[str]) -> None:
        """The ST segment."""
        self.stands.append(self.stand)
        self._elements(self.stand, text, elements)

    def feed(self, text: str, elements: list[str]) -> None:
        """The next segment: its whole text, and the same split at the element separator."""
        step = self.stand.steps.get(elements[0])
        if step is None:
            self._misplaced(elements)
            return
        stand = self.stand = step.stand
        self.stands.append(stand)
        if step.counter >= 0:
            self._count(step)
        if step.missing:
            self._missing(step)
        check = stand.check
        if check.matches(text) is None or (check.has_notes and not check.notes_hold(elements)):
            self._elements(stand, text, elements)
        if elements[0] == "LS":
            self.bounded = elements[1] if len(elements) > 1 else ""
        elif elements[0] == "LE":
            self.bounded = ""

    def _count(self, step: Step) -> None:
        counts = self._counts
        if step.fresh:
            counts[step.counter] = 1
            return
        counts[step.counter] += 1
        if counts[step.counter] > step.most:
            self._add(step.stand.place.segment.id, step.over, step.stand.loop_id)

    def _missing(self, step: Step) -> None:
        for segment_id, loop in step.missing:
            self._add(segment_id, MISSING, loop)

    def _misplaced(self, elements: list[str]) -> None:
        """A segment that may not follow. Where it begins a loop further down, reading goes on in there, so that one
        segment too few is told once and not again for each that follows.
        """
        segment_id, here = elements[0], self.stand
        if self._follows_aside(segment_id):
            return
        passed = self._structure.passed(segment_id, here)
        stand = passed or self._structure.find(segment_id, here.index)
        self.stands.append(stand)
        if stand is None:
            self._add(segment_id, NOT_IN_SET if segment_id in self._structure.guide.known_segments else UNKNOWN)
        elif passed:
            self._add(segment_id, OUT_OF_SEQUENCE, stand.loop_id)
            self._aside = (stand, len(self.stands)) if stand.leads else None
        else:
            self._add(segment_id, UNEXPECTED, stand.loop_id)
            if stand.leads and stand.index > here.index:
                self.stand = stand

    def _follows_aside(self, segment_id: str) -> bool:
        """Whether it goes on in a loop whose first segment came too late: that is told once, of the first."""
        if self._aside is None or self._aside[1] != len(self.stands):
            return False
        stand = self._aside[0]
        step = stand.steps.get(segment_id)
        if step is None or step.stand.loops != stand.loops or step.stand.leads:
            return False
        self.stands.append(step.stand)
        self._aside = step.stand, len(self.stands)
        return True

    def _elements(self, stand: Stand, text: str, elements: list[str]) -> None:
        check: SegmentCheck = stand.check
        errors = check.errors(elements)
        if errors:
            kept = tuple(self._noted_as(error) for error in errors)
            noted = all(error.noted for error in kept) or HAS_ERRORS in self._noted.segment
            self._keep(
                SegmentError(elements[0], len(self.stands), HAS_ERRORS, stand.loop_id, self.bounded, kept, noted)
            )

    def _noted_as(self, error: ElementError) -> ElementError:
        if error.noted or error.code not in self._noted.element:
            return error
        return ElementError(error.position, error.code, error.component, error.number, error.value, noted=True)

    def _add(self, id: str, code: str, loop: str = "") -> None:
        self._keep(SegmentError(id, len(self.stands), code, loop, self.bounded, noted=code in self._noted.segment))

    def _keep(self, error: SegmentError) -> None:
        if len(self.errors) < self._most_errors:
            self.errors.append(error)
        else:
            self.overflow = True

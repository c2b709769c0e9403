"""What was found, as data: in an element, a segment, a set, a group, an interchange. The codes are those of 997 and
TA1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

ACCEPTED, WITH_ERRORS, PARTIALLY, REJECTED = "A", "E", "P", "R"

_NOTE_VERDICTS = {
    **dict.fromkeys(("001", "003", "006", "008", "019", "020", "021"), WITH_ERRORS),
    "000": ACCEPTED,
}
"""What TA104 commonly says beside a code of TA105; R beside all others."""


@dataclass(frozen=True, slots=True)
class ElementError:
    """AK4. `position` from 1, `component` from 1 or None, `number` of the dictionary ("" where the segment has no such
    element), `code` of AK403, `value` as it stood there. What is `noted` alone rejects nothing.
    """

    position: int
    code: str
    component: int | None = None
    number: str = ""
    value: str = ""
    noted: bool = False


@dataclass(frozen=True, slots=True)
class SegmentError:
    """AK3. `position` in the set, ST being 1; `loop` as the guide calls it; `bounded` is the code of the LS segment
    when it stands between LS and LE; `code` of AK304. For a segment that is missing, the position is where that showed.
    """

    segment: str
    position: int
    code: str
    loop: str = ""
    bounded: str = ""
    elements: tuple[ElementError, ...] = ()
    noted: bool = False

    def position_name(self, element: ElementError) -> str:
        """The element as people write it: W0502, or N907, component 2,"""
        component = f", component {element.component}," if element.component else ""
        return f"{self.segment}{element.position:02}{component}"


@dataclass(frozen=True, slots=True)
class SetResult:
    """AK2 to AK5. `code` of AK501, `errors` of AK502 and following; `problem` is told where no code can say it."""

    set_id: str
    control_number: str
    code: str = ACCEPTED
    errors: tuple[str, ...] = ()
    segments: tuple[SegmentError, ...] = ()
    problem: str = ""

    @property
    def is_accepted(self) -> bool:
        return self.code in (ACCEPTED, WITH_ERRORS)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """AK1 and AK9. `included` is what GE01 says (the number received where there is no GE), `errors` of AK905, and
    `problem` is told where no code can say it. `unguided` is the one of the errors that says no more than that there is
    no guide for such a group, "" without one.
    """

    functional_id: str
    control_number: str
    sets: tuple[SetResult, ...] = ()
    included: int = 0
    errors: tuple[str, ...] = ()
    version: str = ""
    problem: str = ""
    unguided: str = ""

    @property
    def received(self) -> int:
        return len(self.sets)

    @property
    def accepted(self) -> int:
        """Of a group that is rejected nothing counts as accepted, whatever its sets are."""
        return 0 if self.errors else sum(found.is_accepted for found in self.sets)

    @property
    def code(self) -> str:
        """AK901. An error of the group itself rejects all of it; otherwise its sets decide."""
        if self.errors:
            return REJECTED
        good = sum(found.is_accepted for found in self.sets)
        if good < len(self.sets):
            return PARTIALLY if good else REJECTED
        return WITH_ERRORS if any(found.code == WITH_ERRORS for found in self.sets) else ACCEPTED


@dataclass(frozen=True, slots=True)
class InterchangeResult:
    """TA1. `notes` are codes of TA105 in the order found, `problems` the same in words."""

    control_number: str
    date: str
    time: str
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """TA105: the worst of the notes, of equals the first; 000 without any."""
        return max(self.notes, key=lambda note: verdict_of_note(note) == REJECTED, default="000")

    @property
    def code(self) -> str:
        """TA104."""
        return verdict_of_note(self.note)

    def with_note(self, note: str, problem: str) -> InterchangeResult:
        """The same with one more note: "025" for a control number that was used before, which only the caller knows."""
        return replace(self, notes=(*self.notes, note), problems=(*self.problems, problem))


def verdict_of_note(note: str) -> str:
    """A, E or R for a code of TA105."""
    return _NOTE_VERDICTS.get(note, REJECTED)

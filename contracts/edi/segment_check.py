"""Whether a segment's elements are what the guide says.

A segment of a guide is compiled, for the separators of an interchange, into one regular expression over its whole
text and a table of its syntax notes. What passes both is right; only what does not is looked at element by element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .data_types import (
    BAD_CHARACTER,
    CONDITIONAL_MISSING,
    EXCLUDED,
    MISSING,
    TOO_MANY,
    has_trailing_spaces,
    quick_pattern,
    value_error,
)
from .findings import ElementError
from .guide import Characters, Composite, Element, Note, SegmentGuide, Use
from .separators import Separators

_REMEMBERED_SHAPES = 500


class SegmentCheck:
    """The check of one segment at one place. `matches` is the bound `fullmatch`, for the reader's innermost loop."""

    __slots__ = ("_characters", "_full_lengths", "_notes", "_separators", "_shapes", "has_notes", "matches", "segment")

    def __init__(self, segment: SegmentGuide, separators: Separators, characters: Characters) -> None:
        self.segment = segment
        self._separators = separators
        self._characters = characters
        self._notes = segment.notes
        self.has_notes = bool(segment.notes)
        self.matches = re.compile(_expression(segment, separators, characters)).fullmatch
        # Without an empty element among them, how many there are says which there are.
        self._full_lengths = frozenset(
            count for count in range(1, len(segment.uses) + 2) if not any(note_errors(self.segment, ["x"] * count))
        )
        self._shapes: dict[tuple[bool, ...], bool] = {}

    def notes_hold(self, elements: Sequence[str]) -> bool:
        """Whether the syntax notes hold; `elements` begins with the segment's id."""
        if "" not in elements:
            return len(elements) in self._full_lengths
        shape = tuple(map(bool, elements))
        held = self._shapes.get(shape)
        if held is None:
            held = not any(note_errors(self.segment, elements))
            if len(self._shapes) < _REMEMBERED_SHAPES:
                self._shapes[shape] = held
        return held

    def errors(self, elements: Sequence[str]) -> tuple[ElementError, ...]:
        """Everything that is wrong, by position; `elements` begins with the segment's id."""
        found = [*self._element_errors(elements), *note_errors(self.segment, elements)]
        if not found and len(elements) == 1:  # X12.6, 3.5: a segment has at least one element
            found = [ElementError(1, MISSING, number=_number(self.segment.uses, 1))]
        return tuple(sorted(found, key=lambda error: (error.position, error.component or 0)))

    def _element_errors(self, elements: Sequence[str]) -> Iterator[ElementError]:
        uses = self.segment.uses
        for position, use in enumerate(uses, 1):
            value = elements[position] if position < len(elements) else ""
            yield from self._use_errors(use, value, position, None)
        for position in range(len(uses) + 1, len(elements)):
            if elements[position]:
                yield ElementError(position, TOO_MANY, value=elements[position])
        last = len(elements) - 1
        if last and not elements[last]:  # separators at the end with nothing after them
            yield ElementError(last, TOO_MANY, number=_number(uses, last), noted=True)

    def _use_errors(self, use: Use, value: str, position: int, component: int | None) -> Iterator[ElementError]:
        element = use.element
        if not value:
            if use.required:
                yield ElementError(position, MISSING, component, element.number)
        elif use.forbidden:
            yield ElementError(position, EXCLUDED, component, element.number, value)
        elif isinstance(element, Composite):
            yield from self._component_errors(element, value, position)
        elif code := value_error(value, element, self._separators, self._characters):
            yield ElementError(position, code, component, element.number, value)
        elif has_trailing_spaces(value, element):
            yield ElementError(position, BAD_CHARACTER, component, element.number, value, noted=True)

    def _component_errors(self, composite: Composite, value: str, position: int) -> Iterator[ElementError]:
        components = value.split(self._separators.component)
        for index, use in enumerate(composite.components):
            part = components[index] if index < len(components) else ""
            yield from self._use_errors(use, part, position, index + 1)
        for index in range(len(composite.components), len(components)):
            yield ElementError(position, TOO_MANY, index + 1, value=components[index])
        if not components[-1] and len(components) <= len(composite.components):
            yield ElementError(position, TOO_MANY, len(components), value=value, noted=True)


def note_errors(segment: SegmentGuide, elements: Sequence[str]) -> Iterator[ElementError]:
    """The syntax notes (X12.6, 3.6) that do not hold, each told at the element that would set it right."""
    for note in segment.notes:
        there = [position < len(elements) and elements[position] != "" for position in note.positions]
        for position, code in _broken(note, there):
            value = elements[position] if position < len(elements) else ""
            yield ElementError(position, code, number=_number(segment.uses, position), value=value)


def _broken(note: Note, there: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """Position and code of AK403 for each element that breaks the note; `there` says which of its elements are
    there.
    """
    positions, first, others = note.positions, there[0], there[1:]
    if note.kind == "R" and not any(there):
        yield positions[0], CONDITIONAL_MISSING
    elif note.kind == "E" and sum(there) > 1:
        yield from ((positions[index], EXCLUDED) for index in range(there.index(True) + 1, len(there)) if there[index])
    elif note.kind == "L" and first and not any(others):
        yield positions[1], CONDITIONAL_MISSING
    elif (note.kind == "P" and any(there)) or (note.kind == "C" and first):
        yield from (
            (position, CONDITIONAL_MISSING) for position, is_there in zip(positions, there, strict=True) if not is_there
        )


def _number(uses: Sequence[Use], position: int) -> str:
    return uses[position - 1].element.number if position <= len(uses) else ""


def _expression(segment: SegmentGuide, separators: Separators, characters: Characters) -> str:
    """What the whole text of a right segment looks like; never with a separator at its end."""
    between = re.escape(separators.element)
    rest = _sequence(
        [(_use_pattern(use, separators, characters), use.required) for use in segment.uses], between, leading=True
    )
    return f"{re.escape(segment.id)}(?={between}){rest}(?<!{between})"


def _use_pattern(use: Use, separators: Separators, characters: Characters) -> str:
    if use.forbidden:
        return "(?!)"
    if isinstance(use.element, Element):
        return quick_pattern(use.element, separators, characters)
    between = re.escape(separators.component)
    parts = [(_use_pattern(part, separators, characters), part.required) for part in use.element.components]
    return f"{_sequence(parts, between, leading=False)}(?<!{between})"


def _sequence(parts: Sequence[tuple[str, bool]], between: str, leading: bool) -> str:
    """`parts` with a separator before each, the first one's only if `leading`; optional ones may be left out at the
    end, and be empty elsewhere.
    """
    rest, needed = "", False
    for index in range(len(parts) - 1, -1, -1):
        pattern, required = parts[index]
        before = between if leading or index else ""
        value = pattern if required else f"(?:{pattern})?"
        needed = needed or required
        rest = f"{before}{value}{rest}" if needed else f"(?:{before}{value}{rest})?"
    return rest

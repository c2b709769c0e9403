"""What a guide says, as values: elements, segments, and the places of a transaction set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from .separators import USUAL, Separators

Characters = Literal["basic", "extended", "unicode"]
HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Element:
    """A data element: `number` in the dictionary (473, I05), `type` (N0…N9, R, ID, AN, DT, TM), length from
    `shortest` to `longest`. Without `codes`, or where they are `open`, any value of that form is taken.
    """

    number: str
    name: str
    type: str
    shortest: int
    longest: int
    codes: Mapping[str, str] | None = None
    open: bool = False

    @property
    def closed_codes(self) -> Mapping[str, str] | None:
        """The codes where only these are taken."""
        return None if self.open else self.codes


@dataclass(frozen=True, slots=True)
class Composite:
    """An element that is made of components."""

    number: str
    name: str
    components: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """An element where it stands."""

    element: Element | Composite
    required: bool = False
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A syntax note: `kind` P, R, E, C or L over positions from 1."""

    kind: str
    positions: tuple[int, ...]

    def __str__(self) -> str:
        return self.kind + "".join(f"{position:02}" for position in self.positions)


@dataclass(frozen=True, slots=True)
class SegmentGuide:
    """A segment: element n is `uses[n - 1]`."""

    id: str
    name: str
    uses: tuple[Use, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class SegmentPlace:
    """Where a segment may stand. `most` is None where there is no bound."""

    segment: SegmentGuide
    required: bool = False
    most: int | None = 1
    position: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class LoopPlace:
    """Where a loop may stand; the first of `of` is the segment that begins each repetition."""

    id: str
    of: tuple[Place, ...]
    required: bool = False
    most: int | None = 1

    @property
    def leader(self) -> SegmentPlace:
        leader = self.of[0]
        assert isinstance(leader, SegmentPlace), "the loader refuses a loop that begins with a loop"
        return leader


Place = SegmentPlace | LoopPlace


@dataclass(frozen=True, slots=True)
class Identity:
    """A party as a partner's guide names it; an empty text says nothing about that field."""

    id: str = ""
    qualifier: str = ""
    application: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """Codes of errors that don't make a set rejected: of AK304, of AK403."""

    segment: frozenset[str] = frozenset()
    element: frozenset[str] = frozenset()


_ANYBODY = Identity()
_NOTHING_NOTED = Noted()


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """A transaction set of the standard, or as a partner restricts it: `standard` is then what the standard says.
    Compared and hashed by identity.
    """

    version: str
    set_id: str
    name: str
    functional_group: str
    structure: tuple[Place, ...]
    purpose: str = ""
    source: str = ""
    sender: Identity = _ANYBODY
    receiver: Identity = _ANYBODY
    separators: Separators = USUAL
    characters: Characters = "extended"
    noted: Noted = _NOTHING_NOTED
    known_segments: frozenset[str] = frozenset()
    standard: Guide | None = None

    def segments(self) -> Iterator[SegmentGuide]:
        """Every segment at every place, in order."""
        yield from (place.segment for place, _ in leaves(self.structure))


def leaves(places: tuple[Place, ...], loop: str = HEADING) -> Iterator[tuple[SegmentPlace, str]]:
    """Every segment's place with the id of the loop it stands in directly."""
    for place in places:
        if isinstance(place, SegmentPlace):
            yield place, loop
        else:
            yield from leaves(place.of, place.id)

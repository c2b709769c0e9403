"""When a change breaks somebody: the levels, the directions, and the one table that joins them.

Who writes a value and who reads it stand on different sides of a contract, and only one of them has the new version.
What a party *takes* (a request, an event that it receives) was written by somebody who still follows the old version:
safe is what accepts all that was accepted before. What a party *gives* (an answer, an event that it sends) is read by
somebody who still follows the old version: safe is what gives nothing that could not come before.
"""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum


class Level(IntEnum):
    """`breaking`: somebody who keeps to the old document fails. `dangerous`: whether somebody fails depends on what the
    document does not say, or nobody can tell but a person. `compatible`: nobody who keeps to the old document fails.
    """

    COMPATIBLE = 0
    DANGEROUS = 1
    BREAKING = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Direction(StrEnum):
    """Which way a value goes, seen from the party whose document it is."""

    TAKEN = "taken"
    GIVEN = "given"

    @property
    def other(self) -> Direction:
        return Direction.GIVEN if self is Direction.TAKEN else Direction.TAKEN


class Relation(Enum):
    """How the values that fit the new schema lie to those that fit the old one."""

    SAME = "the same values"
    NARROWER = "fewer values"
    WIDER = "more values"
    APART = "other values"
    UNKNOWN = "values that nobody can compare but a person"


_TABLE: dict[tuple[Direction, Relation], Level] = {
    (Direction.TAKEN, Relation.SAME): Level.COMPATIBLE,
    (Direction.TAKEN, Relation.WIDER): Level.COMPATIBLE,
    (Direction.TAKEN, Relation.NARROWER): Level.BREAKING,
    (Direction.TAKEN, Relation.APART): Level.BREAKING,
    (Direction.TAKEN, Relation.UNKNOWN): Level.DANGEROUS,
    (Direction.GIVEN, Relation.SAME): Level.COMPATIBLE,
    (Direction.GIVEN, Relation.NARROWER): Level.COMPATIBLE,
    (Direction.GIVEN, Relation.WIDER): Level.BREAKING,
    (Direction.GIVEN, Relation.APART): Level.BREAKING,
    (Direction.GIVEN, Relation.UNKNOWN): Level.DANGEROUS,
}


def judged(relation: Relation, direction: Direction) -> Level:
    """The level of a change of values that go in a direction."""
    return _TABLE[direction, relation]


def joined(first: Relation, second: Relation) -> Relation:
    """The relation of two changes at once."""
    if first is second or second is Relation.SAME:
        return first
    if first is Relation.SAME:
        return second
    return Relation.UNKNOWN if Relation.UNKNOWN in (first, second) else Relation.APART

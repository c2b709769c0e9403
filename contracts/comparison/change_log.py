"""What was found so far: each change once, with all the ways by which a partner meets it.

One schema is used in many places. It is compared once for each direction; which operations reach it, and as which
field, is known when all is compared, and then handed down from the roots to what they contain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, TypeAlias

from msgspec import UNSET

from ..part import Key, Part
from .change_rule import ChangeRule
from .effective import Keys
from .judgement import Direction, Level, Relation

NodeKey: TypeAlias = tuple[Keys, Keys, Direction]


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """Where a partner meets something: the operation ("POST /orders"), what of it ("request body"), which field."""

    operation: str
    role: str
    direction: Direction
    field: str = ""


@dataclass(slots=True)
class Change:
    """One difference. `old` or `new` is None where it is not there. `levels` has the directions that were judged,
    `value` is the one that is gone, where it is about a single one.
    """

    rule: type[ChangeRule]
    what: str
    old: Part | None
    new: Part | None
    levels: dict[Direction, Level] = field(default_factory=dict)
    uses: set[Use] = field(default_factory=set)
    needs_person: bool = False
    value: Any = UNSET

    @property
    def level(self) -> Level:
        return max(self.levels.values())


@dataclass(slots=True)
class Node:
    """Two schemas compared: the changes in them, and the schemas below them by field."""

    changes: list[Change] = field(default_factory=list)
    below: list[tuple[str, NodeKey]] = field(default_factory=list)


class ChangeLog:
    """For one comparison."""

    def __init__(self) -> None:
        self._changes: dict[tuple[str, Key | None, Key | None, str], Change] = {}
        self.nodes: dict[NodeKey, Node] = {}
        self._roots: list[tuple[Use, NodeKey]] = []

    def add(
        self,
        rule: type[ChangeRule],
        what: str,
        old: Part | None,
        new: Part | None,
        direction: Direction,
        relation: Relation | None = None,
        level: Level | None = None,
        value: Any = UNSET,
    ) -> Change:
        """The change, new or found before. `level` where the case decides it and no rule."""
        key = (rule.id, old.key if old else None, new.key if new else None, what)
        change = self._changes.setdefault(key, Change(rule, what, old, new, value=value))
        found = rule.level(direction, relation) if level is None else level
        change.levels[direction] = max(found, change.levels.get(direction, found))
        undecided = relation is Relation.UNKNOWN and level is None and rule.always is None
        change.needs_person |= undecided and found is Level.DANGEROUS
        return change

    def root(self, use: Use, key: NodeKey) -> None:
        """A partner meets the compared schemas here."""
        self._roots.append((use, key))

    def mark(self) -> tuple[int, int]:
        """Where the log is now, for `breaks_since`."""
        return len(self._changes), len(self._roots)

    def breaks_since(self, mark: tuple[int, int]) -> bool:
        """Whether something breaks that was told, or is reached by a root that was named, after the mark."""
        told = islice(self._changes.values(), mark[0], None)
        reached = (change for use, key in self._roots[mark[1] :] for change, _ in self._below(key, use.field, set()))
        return any(change.level is Level.BREAKING for change in chain(told, reached))

    def changes(self) -> list[Change]:
        """All of them, with their uses."""
        for use, key in self._roots:
            for change, path in self._below(key, use.field, set()):
                change.uses.add(Use(use.operation, use.role, use.direction, path))
        return list(self._changes.values())

    def _below(self, key: NodeKey, path: str, seen: set[NodeKey]) -> Iterator[tuple[Change, str]]:
        open_nodes = [(key, path)]
        while open_nodes:
            key, path = open_nodes.pop()
            if key in seen:
                continue
            seen.add(key)
            node = self.nodes[key]
            yield from ((change, path) for change in node.changes)
            open_nodes.extend((below, f"{path}{step}") for step, below in node.below)

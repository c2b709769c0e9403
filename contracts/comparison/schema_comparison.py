"""Two schemas compared, keyword by keyword, as deep as they go.

Each kind of keyword is compared by a module of schema_rules, which says what changed by its rules; this one walks,
remembers what was compared already (schemas may contain themselves), and knows which way the values go.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeAlias

from msgspec import UNSET

from ..part import Key, Part
from .change_log import ChangeLog, Node, NodeKey, Use
from .change_rule import ChangeRule, change_rules
from .containment import Containment
from .effective import Effective
from .judgement import Direction, Level, Relation

Comparer: TypeAlias = Callable[["SchemaPair"], None]
WHOLE, TYPE, KEYWORD = range(3)
_comparers: list[tuple[int, Comparer]] = []


def comparer(rank: int = KEYWORD) -> Callable[[Comparer], Comparer]:
    """Decorator: call this for every pair of schemas, those of a lower rank first. Each adds changes to the pair."""

    def add(function: Comparer) -> Comparer:
        _comparers.append((rank, function))
        return function

    return add


class SchemaPair:
    """The old and the new schema at one place, and the way their values go."""

    def __init__(self, old: Effective, new: Effective, direction: Direction, comparison: SchemaComparison) -> None:
        self.old, self.new, self.direction = old, new, direction
        self._comparison = comparison
        self.node = Node()
        self.done = False
        """Set by a comparer after which nothing more is to be said about this pair."""

    @property
    def today(self) -> date:
        return self._comparison.today

    @property
    def notice(self) -> timedelta:
        return self._comparison.notice

    @property
    def is_taken(self) -> bool:
        return self.direction is Direction.TAKEN

    @property
    def is_given(self) -> bool:
        return self.direction is Direction.GIVEN

    @property
    def name(self) -> str:
        """What the value is called in sentences."""
        name = self.new.name
        return name if " " in name else f"`{name}`"

    def at(self, *keywords: str) -> tuple[Part | None, Part | None]:
        """Where the first of the keywords that is there stands, in the old schema and in the new one."""
        old, new = (
            next((part for keyword in keywords for part in schema.all(keyword)), None)
            for schema in (self.old, self.new)
        )
        return old, new

    def changed(
        self,
        rule: type[ChangeRule],
        what: str,
        old: Part | None,
        new: Part | None,
        relation: Relation | None = None,
        level: Level | None = None,
        value: Any = UNSET,
    ) -> None:
        """Tell of a change at this pair. A part that is None is shown at the schema itself."""
        change = self._comparison.log.add(
            rule, what, old or self.old.part, new or self.new.part, self.direction, relation, level, value
        )
        self.node.changes.append(change)

    def below(self, step: str, old: Iterable[Part], new: Iterable[Part], direction: Direction | None = None) -> None:
        """Compare what stands below, reached by a step (".sku", "[]")."""
        key = self._comparison.compare(Effective(*old), Effective(*new), direction or self.direction)
        self.node.below.append((step, key))

    def relation(self, keywords: Iterable[str]) -> Relation:
        """How the new values lie to the old ones, as far as these keywords, and the type, say."""
        wanted = frozenset(keywords) | {"type"}
        return self.relation_of(_reduced(self.old, wanted), _reduced(self.new, wanted))

    def whole_relation(self) -> Relation:
        return self.relation_of(self.old.parts, self.new.parts)

    def are_disjoint(self, old: Part, new: Part) -> bool:
        """Whether no value fits two alternatives, neither of the old ones nor of the new ones."""
        contains = self._comparison.containment
        return contains.are_disjoint([part for _, part in old.members()], new=False) and contains.are_disjoint(
            [part for _, part in new.members()], new=True
        )

    def relation_of(self, old: Iterable[Part], new: Iterable[Part]) -> Relation:
        return self._comparison.containment.relation(old, new, self.direction)


def _reduced(schema: Effective, keywords: frozenset[str]) -> list[Part]:
    """The schema with some of its keywords alone; a part for each place where they stand."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for keyword in keywords:
        for part in schema.all(keyword):
            owner = (part.document, part.pointer.rpartition("/")[0])
            found.setdefault(owner, {})[keyword] = part.value
    return [Part(document, place, value) for (document, place), value in found.items()] or [
        Part(schema.part.document, schema.part.pointer, {})
    ]


class SchemaComparison:
    """All schemas of one comparison. `reached` has every schema that was compared, wherever it is written."""

    def __init__(self, log: ChangeLog, today: date, notice: timedelta) -> None:
        self.log = log
        self.today, self.notice = today, notice
        self.containment = Containment()
        self.reached: set[Key] = set()

    def use(self, use: Use, old: Part, new: Part) -> None:
        """Compare the schemas that a partner meets at a place, and remember that it does."""
        self.log.root(use, self.compare(Effective(old), Effective(new), use.direction))

    def compare(self, old: Effective, new: Effective, direction: Direction) -> NodeKey:
        """Raises: DocumentError when a reference leads nowhere."""
        key = (old.key, new.key, direction)
        if key in self.log.nodes:
            return key
        self.reached.update(part.key for schema in (old, new) for part in schema.members)
        pair = SchemaPair(old, new, direction, self)
        self.log.nodes[key] = pair.node  # before what is below, which may lead back here
        for compare in _in_order():
            if pair.done:
                break
            compare(pair)
        return key


@cache
def _in_order() -> list[Comparer]:
    len(change_rules)  # reading the registry imports the rules, and with them what compares
    return [function for _, function in sorted(_comparers, key=lambda each: each[0])]


def differs(first: Any, second: Any) -> bool:
    """By JSON's equality, for which 1 and true are two."""
    if type(first) is not type(second) and not (_is_number(first) and _is_number(second)):
        return True
    if isinstance(first, Mapping):
        return first.keys() != second.keys() or any(differs(first[key], second[key]) for key in first)
    if isinstance(first, list):
        return len(first) != len(second) or any(differs(one, other) for one, other in zip(first, second, strict=True))
    return bool(first != second)


def worded_otherwise(first: Any, second: Any) -> bool:
    """Whether two schemas differ in more than the order of members, or of items whose order means nothing."""
    return differs(_arranged(first), _arranged(second))


def _arranged(schema: Any, keyword: str = "") -> Any:
    if keyword in ("const", "default", "example", "examples"):
        return schema
    if isinstance(schema, dict):
        return {name: _arranged(below, name) for name, below in schema.items()}
    if isinstance(schema, list):
        below = [_arranged(each, keyword) for each in schema]
        return sorted(below, key=json.dumps) if keyword in ("enum", "required", "type") else below
    return schema


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def refers(value: Any) -> bool:
    """Whether there is a reference in a schema, so that it may mean something else without being written otherwise."""
    if isinstance(value, dict):
        return "$ref" in value or any(refers(below) for below in value.values())
    return isinstance(value, list) and any(refers(below) for below in value)

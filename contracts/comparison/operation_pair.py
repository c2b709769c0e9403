"""The old and the new version of an operation, and which way its bodies go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from ..api_operation import ApiOperation
from ..part import Part
from .change_log import Use
from .change_rule import ChangeRule, change_rules
from .comparison import Comparison
from .judgement import Direction, Level, Relation

_comparers: list[Callable[[OperationPair], None]] = []


@dataclass(frozen=True, slots=True)
class OperationPair:
    """`asked` is the way that requests go: taken by the party whose document it is; given where it calls others
    (webhooks, callbacks).
    """

    old: ApiOperation
    new: ApiOperation
    comparison: Comparison
    asked: Direction = Direction.TAKEN

    @property
    def answered(self) -> Direction:
        return self.asked.other

    def use(self, role: str, direction: Direction, field: str = "") -> Use:
        return Use(self.old.label, role, direction, field)

    def changed(
        self,
        rule: type[ChangeRule],
        what: str,
        old: Part | None,
        new: Part | None,
        role: str = "",
        direction: Direction | None = None,
        relation: Relation | None = None,
        level: Level | None = None,
    ) -> None:
        """Tell of a change; where a part is None, it is shown at the operation."""
        use = self.use(role, direction or self.asked)
        self.comparison.changed(rule, what, old or self.old.part, new or self.new.part, use, relation, level)

    def schemas(self, role: str, direction: Direction, old: Part, new: Part, field: str = "") -> None:
        """Compare the schemas that a partner meets in a part of the operation."""
        self.comparison.schemas.use(self.use(role, direction, field), old, new)


OperationComparer: TypeAlias = Callable[[OperationPair], None]


def operation_comparer(function: OperationComparer) -> OperationComparer:
    """Decorator: call this for every pair of operations."""
    _comparers.append(function)
    return function


@cache
def operation_comparers() -> list[OperationComparer]:
    len(change_rules)  # reading the registry imports the rules, and with them what compares
    return list(_comparers)

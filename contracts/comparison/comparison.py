"""What comparers of documents share: the log, the schemas, the day, and how to tell of a change that is about no
schema.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from msgspec import UNSET

from ..part import Part
from .change_log import Change, ChangeLog, Use
from .change_rule import ChangeRule
from .judgement import Direction, Level, Relation
from .schema_comparison import SchemaComparison


@dataclass(slots=True)
class Comparison:
    """`notice` is how long before its end something must have been announced. `ways` are those that the values of a
    schema go which no API and no event refers to: nobody says, so both, unless somebody asked for one.
    """

    today: date
    notice: timedelta
    ways: tuple[Direction, ...] = tuple(Direction)
    log: ChangeLog = field(default_factory=ChangeLog)
    schemas: SchemaComparison = field(init=False)

    def __post_init__(self) -> None:
        self.schemas = SchemaComparison(self.log, self.today, self.notice)

    def changed(
        self,
        rule: type[ChangeRule],
        what: str,
        old: Part | None,
        new: Part | None,
        use: Use,
        relation: Relation | None = None,
        level: Level | None = None,
        value: Any = UNSET,
    ) -> Change:
        """Tell of a change that a partner meets by `use`; `value` is the one that is gone from a list."""
        change = self.log.add(rule, what, old, new, use.direction, relation, level, value)
        change.uses.add(use)
        return change

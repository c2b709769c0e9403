"""CSV layouts: what a layout and all that it is based on come to, column by column.

The file is seen from the warehouse, whose format it is: what the layer sends is taken, what the warehouse sends given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...documents import pointer
from ...part import Part
from ..change_log import Use
from ..change_rule import ChangeRule
from ..column_pair import ColumnPair, compare_columns
from ..comparison import Comparison
from ..document_comparer import document_comparers
from ..judgement import Direction, Level, Relation
from ..rules.columns import (
    ColumnAdded,
    ColumnRemoved,
    ColumnsReordered,
    FileFormChanged,
    FileNameChanged,
    FileNumberingChanged,
    FileTypeChanged,
)
from ..rules.limits import LimitLoosened, LimitTightened

if TYPE_CHECKING:
    from ...layouts.definition import Layout

_WAYS = {"layer": (Direction.TAKEN,), "warehouse": (Direction.GIVEN,), "both": tuple(Direction)}
# Settings of which each value lets more pass than those before it.
_LENIENCE = {
    "other_line_endings": ("refused", "allowed"),
    "trailing_delimiter": ("refused", "allowed"),
    "formulas": ("refused", "allowed"),
    "text_formulas": ("refused", "allowed"),
    "empty_rows": (False, True),
    "column_names": (False, True),
    "spaces": ("kept", "trimmed"),
}


@document_comparers.register("csv-layout")
def compare_layouts(old: Part, new: Part, comparison: Comparison) -> None:
    from ...layouts.document import load

    before, after = load(old.document), load(new.document)
    for way in _WAYS[after.sent_by]:
        _LayoutPair(old, new, before, after, comparison, Use(after.type_code, "file", way)).compare()


@dataclass(frozen=True, slots=True)
class _LayoutPair:
    old_part: Part
    new_part: Part
    old: Layout
    new: Layout
    comparison: Comparison
    use: Use

    def compare(self) -> None:
        self._identity()
        self._form()
        self._columns()
        self._limits()

    def _told(
        self,
        rule: type[ChangeRule],
        what: str,
        *place: str,
        relation: Relation | None = None,
        level: Level | None = None,
        field: str = "",
    ) -> None:
        old, new = (Part(part.document, pointer(*place), None) for part in (self.old_part, self.new_part))
        use = Use(self.use.operation, self.use.role, self.use.direction, field)
        self.comparison.changed(rule, what, old, new, use, relation, level)

    def _identity(self) -> None:
        record = self.old.header_record
        for name, field in (("type", "type_code"), ("version", "version")):
            before, after = getattr(self.old, field), getattr(self.new, field)
            if before != after and record is not None and name in record.fields:
                self._told(FileTypeChanged, f"the {name} of the file is {after}, and was {before}", name)
        if self.old.file_name != self.new.file_name:
            what = f"the file is called {self.new.file_name}, and was {self.old.file_name}"
            self._told(FileNameChanged, what, "file_name")
        for name, before, after in _differing(self.old.sequence, self.new.sequence):
            self._told(FileNumberingChanged, f"{name} of the sequence is {after}, and was {before}", "sequence", name)

    def _form(self) -> None:
        for name, before, after in _differing(self.old.dialect, self.new.dialect):
            relation = _lenience(name, before, after)
            self._told(FileFormChanged, f"{name} is {after!r}, and was {before!r}", "dialect", name, relation=relation)
        for name, before, after in _differing(self.old.passed_over, self.new.passed_over):
            what = f"{name} of what is passed over is {after!r}, and was {before!r}"
            self._told(FileFormChanged, what, "passed_over", name, relation=_lenience(name, before, after))
        for name in ("header_record", "trailer_record"):
            before, after = getattr(self.old, name), getattr(self.new, name)
            if before != after:
                said = "is gone" if after is None else "is new" if before is None else "is another"
                self._told(FileFormChanged, f"the {name} {said}", name, relation=Relation.APART)
        if self.old.column_names.row != self.new.column_names.row:
            what = f"the row of column names is {self.new.column_names.row}, and was {self.old.column_names.row}"
            self._told(FileFormChanged, what, "column_names", "row", relation=Relation.APART)

    def _columns(self) -> None:
        old = {column.name: column for column in self.old.columns}
        new = {column.name: column for column in self.new.columns}
        for name in [name for name in old if name not in new]:
            level = self._without(old[name].required, reads=self.use.direction is Direction.GIVEN)
            what = f"the file has no column {name} any more"
            self._told(ColumnRemoved, what, *_place(self.old, name), level=level, field=f".{name}")
        for name in [name for name in new if name not in old]:
            level = self._without(new[name].required, reads=self.use.direction is Direction.TAKEN)
            self._told(ColumnAdded, f"the file has a new column {name}", *_place(self.new, name), level=level)
        common = [name for name in old if name in new]
        if common != [name for name in new if name in old] and self._demanding.column_names.reordered == "refused":
            self._told(ColumnsReordered, "the columns stand in another order", "columns")
        for name in common:
            pair = ColumnPair(old[name], new[name], self.old, self.new)
            for finding in compare_columns(pair):
                self.comparison.changed(
                    finding.rule,
                    finding.what,
                    Part(self.old_part.document, pointer(*_place(self.old, name)), None),
                    Part(self.new_part.document, pointer(*_place(self.new, name)), None),
                    Use(self.use.operation, self.use.role, self.use.direction, f".{name}"),
                    finding.relation,
                )

    @property
    def _demanding(self) -> Layout:
        """The layout of the reader: the new one of what is taken, the old one of what is given."""
        return self.new if self.use.direction is Direction.TAKEN else self.old

    def _without(self, required: bool, reads: bool) -> Level:
        """How a column is judged that the reader knows and the file has not (`reads`), or the other way around."""
        names = self._demanding.column_names
        if names.row == "absent":
            return Level.BREAKING
        if reads:
            return Level.BREAKING if required or names.missing == "refused" else Level.COMPATIBLE
        return Level.BREAKING if names.unknown == "refused" else Level.COMPATIBLE

    def _limits(self) -> None:
        for name, before, after in _differing(self.old.limits, self.new.limits):
            rule: type[ChangeRule] = LimitTightened if after < before else LimitLoosened
            self._told(rule, f"{name} of the file is at most {after:,}, and was {before:,}", "limits", name)


def _differing(old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Name, old and new value of each setting that has changed."""
    for name in old.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield name, before, after


def _lenience(name: str, before: Any, after: Any) -> Relation:
    order = _LENIENCE.get(name, ())
    if name == "byte_order_mark" and "allowed" in (before, after):
        return Relation.WIDER if after == "allowed" else Relation.NARROWER
    if before in order and after in order:
        return Relation.WIDER if order.index(after) > order.index(before) else Relation.NARROWER
    return Relation.APART


def _place(layout: Layout, name: str) -> tuple[str, ...]:
    """Where the document says something of the column; where it says nothing, its base does."""
    from ...documents import load

    listed = [column.get("name") for column in load(layout.document).get("columns", ())]
    return ("columns", str(listed.index(name))) if name in listed else ("columns",)

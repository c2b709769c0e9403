"""Columns of CSV files, and the form of the files themselves."""

from __future__ import annotations

from ..change_rule import ChangeRule, change_rule
from ..judgement import Level, Relation


@change_rule
class ColumnRemoved(ChangeRule):
    """A file has a column no more. Whoever still sends it is refused, unless unknown columns are ignored; whoever reads
    it finds it no more, which breaks unless missing columns are allowed and it could be empty.
    """

    id = "column-removed"
    title = "A column is gone"
    taken = Level.BREAKING
    given = Level.BREAKING


@change_rule
class ColumnAdded(ChangeRule):
    """A file has a new column. Whoever sends files without it is refused, unless missing columns are allowed and it may
    be empty; whoever reads files refuses those with it, unless unknown columns are ignored.
    """

    id = "column-added"
    title = "There is a new column"
    taken = Level.BREAKING
    given = Level.BREAKING


@change_rule
class ColumnsReordered(ChangeRule):
    """Columns stand in another order. Whoever reads by place takes one for another; where reordered columns are
    allowed, nobody does.
    """

    id = "columns-reordered"
    title = "Columns stand in another order"
    taken = Level.BREAKING
    given = Level.BREAKING


@change_rule
class ColumnRelabelled(ChangeRule):
    """The row of column names calls a column otherwise. Whoever finds it by its name does not."""

    id = "column-relabelled"
    title = "A column is called otherwise"
    always = Level.BREAKING


@change_rule
class ColumnBecameRequired(ChangeRule):
    """A column may not be empty any more, or in fewer rows than before. Whoever leaves it empty is refused."""

    id = "column-became-required"
    title = "A column may not be empty"
    relation = Relation.NARROWER


@change_rule
class ColumnBecameOptional(ChangeRule):
    """A column may be empty that never was, or in more rows than before. Whoever reads it finds nothing one day."""

    id = "column-became-optional"
    title = "A column may be empty"
    relation = Relation.WIDER


@change_rule
class ColumnFormChanged(ChangeRule):
    """The values of a column are written otherwise: dates in another order, `J` for `Y`, another number of decimals."""

    id = "column-form-changed"
    title = "The values of a column are written otherwise"


@change_rule
class CodeMeaningChanged(ChangeRule):
    """A code of a column means something else. Both sides go on, and one of them does the wrong thing."""

    id = "code-meaning-changed"
    title = "A code means something else"
    always = Level.BREAKING


@change_rule
class FileFormChanged(ChangeRule):
    """Files are written otherwise: another delimiter, encoding, header record or trailer record; or readers are asked
    to take more, or less, than before (a byte order mark, other ends of lines).
    """

    id = "file-form-changed"
    title = "Files are written otherwise"


@change_rule
class FileNameChanged(ChangeRule):
    """Files are called otherwise. Whoever picks them up by their names does not find them."""

    id = "file-name-changed"
    title = "Files are called otherwise"
    always = Level.DANGEROUS


@change_rule
class FileTypeChanged(ChangeRule):
    """The type or the version that files say of themselves is another. Readers of the old one refuse them where the
    header record says it.
    """

    id = "file-type-changed"
    title = "Files say another type or version"
    always = Level.BREAKING


@change_rule
class FileNumberingChanged(ChangeRule):
    """Files are numbered otherwise, or what a missing number means is something else. Whoever waits for the next number
    waits for the wrong one.
    """

    id = "file-numbering-changed"
    title = "Files are numbered otherwise"
    always = Level.DANGEROUS

"""What a page of the site consists of, whatever contract it is about."""

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`heads` name the columns; the first cell of a row is what people look for, the last one says what it means."""

    title: str
    heads: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that has a name: an operation, an event, a schema. `id` is its address within the page, `badge` a word
    or two before the title, `diagram` SVG of our own making.
    """

    id: str
    title: str
    text: str = ""
    badge: str = ""
    path: str = ""
    tables: tuple[Table, ...] = ()
    example: str = ""
    diagram: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """`file` is its name in the folder, `group` the heading that it stands under, `kind` the word for its sections."""

    file: str
    title: str
    group: str
    kind: str
    text: str
    sections: tuple[Section, ...]

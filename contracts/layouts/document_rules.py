"""What no schema can say of a layout: what one part of it demands of another."""

from __future__ import annotations

import difflib
import string
from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from ..documents import pointer
from .column_type import OptionError, column_types
from .definition import Column, Dates, Layout, SequenceRule
from .time_format import DateFormat, FormatError, TimestampFormat

Problem = tuple[str, str]
"""A JSON Pointer into the document, in which a column is named instead of numbered, and a sentence."""

_NUMBERS = frozenset({"integer", "decimal", "quantity"})
_WORDS = frozenset({"text", "identifier", "digits", "code"})
_FOR_EVERY_TYPE = frozenset({"name", "label", "type", "meaning", "field", "required", "required_when"})
_FILE_NAME_FIELDS = frozenset({"type", "sender", "receiver", "created", "sequence"})


def problems(layout: Layout) -> Iterator[Problem]:
    """All of them."""
    yield from _names(layout)
    yield from _signs(layout)
    yield from _totals(layout)
    yield from _file_name(layout)
    if wrong_dates := list(_dates(layout)):
        yield from wrong_dates
        layout = msgspec.structs.replace(layout, dates=Dates())  # each column would say the same again
    for column in layout.columns:
        yield from _column(layout, column)


def _names(layout: Layout) -> Iterator[Problem]:
    ignored = layout.column_names.letter_case == "ignored"
    names = Counter(column.name for column in layout.columns)
    different = {column.name: column.heading for column in layout.columns}.values()
    headings = Counter(heading.casefold() if ignored else heading for heading in different)
    for name, count in names.items():
        if count > 1:
            yield "/columns", f"the column {name!r} stands here {count} times"
    for heading, count in headings.items():
        if count > 1:
            yield "/columns", f"{count} columns are labelled {heading!r}"
    header, trailer = layout.header_record, layout.trailer_record
    if header is not None and trailer is not None and header.mark == trailer.mark:
        yield "/trailer_record/mark", f"is {trailer.mark!r}, as that of the header record is"
    yield from _sequence(layout.sequence)


def _sequence(sequence: SequenceRule) -> Iterator[Problem]:
    if sequence.last is None:
        return
    if sequence.last <= sequence.first:
        yield "/sequence/last", f"is {sequence.last}, but must be more than `first`, {sequence.first}"
    if 0 < sequence.width < len(str(sequence.last)):
        yield "/sequence/width", f"is {sequence.width}, but {sequence.last} has {len(str(sequence.last))} digits"


def _dates(layout: Layout) -> Iterator[Problem]:
    dates = layout.dates
    try:
        DateFormat(dates.date)
    except FormatError as error:
        yield "/dates/date", f"is {dates.date!r}: {error}"
    try:
        TimestampFormat(dates.timestamp, "UTC", dates.twice)
    except FormatError as error:
        yield "/dates/timestamp", f"is {dates.timestamp!r}: {error}"
    try:
        ZoneInfo(dates.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield "/dates/zone", f"is {dates.zone!r}, but must be a time zone of the IANA, like Europe/Berlin"


def _signs(layout: Layout) -> Iterator[Problem]:
    dialect = layout.dialect
    signs = {"delimiter": dialect.delimiter, "quote": dialect.quote, "decimal_sign": dialect.decimal_sign}
    if dialect.quoting == "none":
        del signs["quote"]
    for name, sign in signs.items():
        if sign in "\r\n\x00" or sign.isalnum():
            yield pointer("dialect", name), f"can't be {sign!r}"
    if dialect.quoting != "none" and dialect.delimiter == dialect.quote:
        yield "/dialect/delimiter", f"is {dialect.delimiter!r}, as the quote is"
    if dialect.thousands_sign == dialect.decimal_sign:
        yield "/dialect/thousands_sign", f"is {dialect.thousands_sign!r}, as the decimal sign is"
    if dialect.quoting == "none" and dialect.delimiter in (dialect.decimal_sign, dialect.thousands_sign):
        yield "/dialect/quoting", f"is none, but numbers are written with {dialect.delimiter!r}, the delimiter"
    if dialect.quoting == "none" and layout.has_line_breaks:
        yield "/dialect/quoting", "is none, but a column has line breaks, which need quotes"
    if dialect.byte_order_mark == "required" and dialect.encoding not in ("utf-8", "utf-16"):
        yield "/dialect/byte_order_mark", f"is required, but the encoding is {dialect.encoding}, which has none"


def _totals(layout: Layout) -> Iterator[Problem]:
    record = layout.trailer_record
    if record is None:
        return
    for field, column in (("quantity_sum", record.quantity_sum), ("hash_total", record.hash_total)):
        place = pointer("trailer_record", field)
        if field not in record.fields:
            continue
        if not column:
            yield place, "is missing: which column is added up?"
        elif unknown := _unknown_column(layout, column):
            yield place, unknown
        elif field == "quantity_sum" and _named(layout, column).type not in _NUMBERS:
            yield place, f"is {column!r}, whose type is {_named(layout, column).type}: only numbers can be added up"


def _file_name(layout: Layout) -> Iterator[Problem]:
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(layout.file_name) if field is not None]
    except ValueError as error:
        yield "/file_name", f"is {layout.file_name!r}: {error}"
        return
    for field in fields:
        if field not in _FILE_NAME_FIELDS:
            yield "/file_name", f"there is no {{{field}}}: there are {', '.join(sorted(_FILE_NAME_FIELDS))}"


def _column(layout: Layout, column: Column) -> Iterator[Problem]:
    place = pointer("columns", column.name)
    if column.type not in column_types:
        yield f"{place}/type", column_types.unknown(column.type)
        return
    kind = column_types[column.type]
    usual = Column(name="", type="", meaning="")
    for option in Column.__struct_fields__:
        is_given = getattr(column, option) != getattr(usual, option)
        if is_given and option not in kind.options | _FOR_EVERY_TYPE:
            takes = ", ".join(sorted(kind.options)) or "no options"
            yield f"{place}/{option}", f"means nothing to a column of type {column.type}, which takes {takes}"
    try:
        kind(column, layout)
    except OptionError as error:
        yield f"{place}/{error.option}" if error.option else place, error.problem
    yield from _other_columns(layout, column, place)


def _other_columns(layout: Layout, column: Column, place: str) -> Iterator[Problem]:
    if column.required and column.required_when is not None:
        yield f"{place}/required_when", "says nothing, because the column is required in every row"
    others = {
        "required_when": column.required_when.column if column.required_when else "",
        "lengths_by": column.lengths_by.column if column.lengths_by else "",
        "unit": column.unit,
    }
    for option, name in others.items():
        if name and (unknown := _unknown_column(layout, name)):
            yield f"{place}/{option}", unknown
    rule = column.required_when
    if rule is None or not rule.values or _unknown_column(layout, rule.column):
        return
    other = _named(layout, rule.column)
    if other.type not in _WORDS:
        yield f"{place}/required_when", f"{rule.column} is of type {other.type}, and only words can be compared"
        return
    codes = other.codes
    for value in rule.values:
        if codes and value not in codes.values():
            yield f"{place}/required_when", f"{rule.column} never says {value!r}; it says {', '.join(codes.values())}"


def _unknown_column(layout: Layout, name: str) -> str:
    """Why there is no such column, "" when there is."""
    names = [column.name for column in layout.columns]
    if name in names:
        return ""
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
    return f"there is no column {name!r}: {hint}"


def _named(layout: Layout, name: str) -> Column:
    return layout.columns[layout.place(name)]

"""Values that a layout can carry, any of them: what a column's definition allows, and what goes with it in its row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from crossdock.contracts.gs1 import check_digit
from crossdock.contracts.layouts import FileHeading, Layout, Value
from crossdock.contracts.layouts.definition import Column

Row = dict[str, Value]
Values = st.SearchStrategy[Value]
IDS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
# What texts have that breaks readers: separators, quotes, formulas, escapes, other scripts, combining marks.
TRICKY = ",;|\t\"'=+-@ äöüß€éñ日本\u0301\u2028\u00a0'#\\/E1.0"
HEADINGS = st.builds(
    FileHeading,
    sender=st.text(IDS, min_size=1, max_size=40),
    receiver=st.text(IDS, min_size=1, max_size=40),
    sequence=st.integers(0, 999_999),
    created=st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(
        lambda moment: moment.replace(tzinfo=UTC, second=0, microsecond=0)
    ),
)


def rows(layout: Layout) -> st.SearchStrategy[list[Row]]:
    """Up to three rows."""
    return st.lists(row(layout), max_size=3)


def row(layout: Layout) -> st.SearchStrategy[Row]:
    """One row, in which every cell has what the others demand of it."""
    columns = sorted(layout.columns, key=lambda column: bool(column.required_when) + 2 * bool(column.lengths_by))
    first = layout.columns[0].name

    @st.composite
    def made(draw: st.DrawFn) -> Row:
        values: Row = {}
        for column in columns:
            values[column.name] = draw(cell(layout, column, values))
        if values[first] in layout.marks:
            values[first] = f"{values[first]}0"
        return values

    return made()


def cell(layout: Layout, column: Column, beside: Row) -> Values:
    """A value of the column, or none where there may be none."""
    rule = column.required_when
    required = column.required
    if rule is not None:
        decides = beside[rule.column]
        required = decides in rule.values if rule.values else decides is not None
    values = value(layout, column)
    if column.lengths_by is not None:
        lengths = column.lengths_by.lengths.get(str(beside[column.lengths_by.column]))
        if lengths:
            values = _digits(lengths)
    return values if required else st.none() | values


def value(layout: Layout, column: Column) -> Values:
    """Any value of the column's type."""
    match column.type:
        case "text":
            return _texts(layout, column)
        case "identifier":
            ids = st.text(IDS, min_size=column.min_length, max_size=column.max_length or 40)
            return ids.filter(lambda text: fits(layout, text))
        case "digits":
            return _digits(column.lengths)
        case "gtin" | "sscc":
            lengths = column.lengths or ((18,) if column.type == "sscc" else (8, 12, 13, 14))
            return _digits([length - 1 for length in lengths]).map(lambda payload: payload + check_digit(payload))
        case "integer":
            return st.integers(int(_bound(column.minimum, -(10**18))), int(_bound(column.maximum, 10**18)))
        case "decimal" | "quantity":
            return _numbers(column)
        case "code":
            return st.sampled_from(sorted(set(column.codes.values())))
        case "flag":
            return st.booleans()
        case "date":
            return st.dates(date(2000, 1, 1), date(2099, 12, 31))
        case "timestamp":
            return _times(column.format or layout.dates.timestamp)
        case "list":
            inner = " " if layout.dialect.spaces == "kept" else ""
            item = st.text(f"{IDS}ä{inner}", min_size=1, max_size=min(column.max_length or 30, 30))
            items = st.lists(item, min_size=1, max_size=5, unique=True).map(tuple)
            return items.filter(lambda texts: fits(layout, column.separator.join(texts)))
    raise NotImplementedError(f"say here what the values of {column.type} are")


def _texts(layout: Layout, column: Column) -> Values:
    longest = min(column.max_length or 60, 60)
    if column.pattern:
        return st.from_regex(column.pattern, fullmatch=True).filter(
            lambda text: column.min_length <= len(text) <= (column.max_length or 60) and text.isprintable()
        )
    characters = TRICKY + ("\n" if column.line_breaks else "")
    alphabet = st.sampled_from(characters.replace("\t", "")) | st.characters(exclude_categories=["Cc", "Cs"])
    texts = st.text(alphabet, min_size=column.min_length, max_size=longest)
    return texts.filter(lambda text: fits(layout, text))


def fits(layout: Layout, text: str) -> bool:
    """Whether the dialect can carry the text at all."""
    dialect = layout.dialect
    try:
        text.encode(dialect.encoding)
    except UnicodeEncodeError:
        return False
    if dialect.spaces == "trimmed" and text != text.strip(" "):
        return False
    if dialect.formulas == "refused" and text[0] in "=+-@＝＋－＠\n":
        return False
    return dialect.quoting != "none" or dialect.delimiter not in text


def _digits(lengths: list[int] | tuple[int, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(lengths).flatmap(lambda length: st.text("0123456789", min_size=length, max_size=length))


def _numbers(column: Column) -> Values:
    places = 3 if column.scale is None else column.scale
    least = {"positive": 1, "unsigned": 0}.get(column.sign, -(10**9))
    if column.type == "decimal":
        least = int(_bound(column.minimum, -(10**9)) * 10**places)
    most = int(_bound(column.maximum, 10**9 - 1) * 10**places)
    decimals = st.just(places) if column.all_decimals else st.integers(0, places)
    return st.builds(lambda number, scale: _exactly(number, places, scale), st.integers(least, most), decimals)


def _exactly(number: int, places: int, scale: int) -> Decimal:
    """The number, given in its smallest unit, with as many decimals as it needs, and `scale` at least."""
    text = f"{Decimal(number).scaleb(-places):f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(scale, "0")
    return Decimal(f"{whole}.{decimals}" if decimals else whole)


def _bound(bound: int | str | None, otherwise: int) -> Decimal:
    return Decimal(otherwise if bound is None else bound)


def _times(format: str) -> Values:
    moments = st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30)).map(lambda moment: moment.replace(tzinfo=UTC))
    if "ss" not in format:
        return moments.map(lambda moment: moment.replace(second=0, microsecond=0))
    return moments if "[.f]" in format else moments.map(lambda moment: moment.replace(microsecond=0))

"""What is written is read as it was, and what was read is written as it stood: for every layout and many dialects."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crossdock.contracts.layouts import (
    FileHeading,
    Header,
    Layout,
    Row,
    Trailer,
    Value,
    document_rules,
    layout,
    layouts,
    to_octets,
)
from crossdock.contracts.layouts.definition import Column, Dates, Dialect, HeaderRecord, TrailerRecord
from crossdock.tests.contracts.layouts.generated import HEADINGS, rows
from crossdock.tests.contracts.layouts.samples import PARTNER
from crossdock.tests.contracts.layouts.small import codes_of, end_of, read_all

ALL = [*layouts(), layout(str(PARTNER))]


def said(of: Layout, heading: FileHeading) -> FileHeading:
    """As much of the heading as the header record has room for."""
    fields = of.header_record.fields if of.header_record else ()
    return FileHeading(**{name: getattr(heading, name) for name in FileHeading.__struct_fields__ if name in fields})


def goes_round(of: Layout, heading: FileHeading, values: list[dict[str, Value]]) -> bytes:
    octets = to_octets(of, heading, values)
    events = read_all(octets, of)
    assert codes_of(events) == []
    assert end_of(events).accepted
    (header,) = (event for event in events if isinstance(event, Header))
    assert header.heading == said(of, heading)
    found = [event for event in events if isinstance(event, Row)]
    assert [row.as_dict() for row in found] == values
    assert to_octets(of, heading, found) == octets
    assert all(total.agrees for event in events if isinstance(event, Trailer) for total in event.totals)
    return octets


@pytest.mark.parametrize("of", ALL, ids=lambda of: of.name)
def test_every_layout_carries_whatever_its_columns_allow(of: Layout) -> None:
    @settings(max_examples=40)
    @given(HEADINGS, rows(of))
    def check(heading: FileHeading, values: list[dict[str, Value]]) -> None:
        goes_round(of, heading, values)

    check()


TYPES = (
    Column(name="id", type="identifier", meaning="M.", required=True),
    Column(name="text", type="text", meaning="M.", max_length=40, line_breaks=True),
    Column(name="line", type="text", meaning="M.", max_length=40),
    Column(name="digits", type="digits", meaning="M.", lengths=(3, 5)),
    Column(name="gtin", type="gtin", meaning="M."),
    Column(name="count", type="integer", meaning="M.", minimum=0, maximum=99999, width=5),
    Column(name="number", type="decimal", meaning="M.", scale=4, minimum=-99999),
    Column(name="qty", type="quantity", meaning="M.", sign="signed"),
    Column(name="code", type="code", meaning="M.", codes={"A": "add", "Ä": "change", "D,": "cancel"}),
    Column(name="flag", type="flag", meaning="M.", yes="J", no="N"),
    Column(name="day", type="date", meaning="M."),
    Column(name="moment", type="timestamp", meaning="M."),
    Column(name="names", type="list", meaning="M.", max_length=12, separator="/"),
)
DIALECTS = st.builds(
    Dialect,
    delimiter=st.sampled_from([",", ";", "\t", "|", "^", " "]),
    quote=st.sampled_from(['"', "'"]),
    quoting=st.sampled_from(["minimal", "all", "none"]),
    encoding=st.sampled_from(["utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "cp850"]),
    byte_order_mark=st.sampled_from(["required", "allowed", "refused"]),
    line_ending=st.sampled_from(["crlf", "lf"]),
    other_line_endings=st.sampled_from(["allowed", "refused"]),
    decimal_sign=st.sampled_from([".", ","]),
    thousands_sign=st.sampled_from(["", ".", ",", "'", " "]),
    spaces=st.sampled_from(["kept", "trimmed"]),
    trailing_delimiter=st.sampled_from(["refused", "allowed"]),
    formulas=st.sampled_from(["refused", "allowed", "escaped"]),
)
DATES = st.builds(
    Dates,
    date=st.sampled_from(["YYYY-MM-DD", "DD.MM.YYYY", "MM/DD/YY", "YYYYMMDD"]),
    timestamp=st.sampled_from(["YYYY-MM-DDThh:mm:ss[.f]Z", "DD.MM.YYYY hh:mm", "YYYYMMDDhhmmss"]),
    zone=st.sampled_from(["UTC", "Asia/Kolkata"]),  # zones in which no local time comes twice
)


@st.composite
def any_layout(draw: st.DrawFn) -> Layout:
    dialect, dates = draw(DIALECTS), draw(DATES)
    assume(dialect.quoting != "none" or dialect.delimiter != " ")  # times have spaces in them
    columns = list(TYPES)
    if dialect.quoting == "none":
        columns[1] = msgspec.structs.replace(columns[1], line_breaks=False)
        columns[8] = msgspec.structs.replace(columns[8], codes={"A": "add"})
    of = Layout(
        layout="any",
        title="Any",
        description="For tests.",
        version=1,
        sent_by="both",
        columns=tuple(columns),
        dialect=dialect,
        dates=dates,
        header_record=draw(st.sampled_from([None, HeaderRecord()])),
        trailer_record=TrailerRecord(
            fields=("rows", "quantity_sum", "hash_total", "checksum"), quantity_sum="qty", hash_total="id"
        ),
    )
    assume(not list(document_rules.problems(of)))
    return of


@settings(max_examples=150, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.data())
def test_every_dialect_carries_every_type_of_column(data: st.DataObject) -> None:
    of = data.draw(any_layout())
    heading, values = data.draw(HEADINGS), data.draw(rows(of))
    octets = goes_round(of, heading, values)
    agrees_with_the_standard_library(of, octets, len(values))


def agrees_with_the_standard_library(of: Layout, octets: bytes, count: int) -> None:
    """A reader that was told nothing but delimiter and quote finds as many records, with as many cells."""
    if of.dialect.quoting == "none":
        return
    text = octets.decode(of.dialect.encoding).removeprefix("\ufeff")
    records = list(
        csv.reader(io.StringIO(text, newline=""), delimiter=of.dialect.delimiter, quotechar=of.dialect.quote)
    )
    has_header = of.header_record is not None
    assert [len(record) for record in records] == [*([7] * has_header), len(TYPES), *([len(TYPES)] * count), 5]

"""Each type of column: what its cells may say, what comes of it, and what is said about the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from crossdock.contracts.layouts import FileHeading, Unwritable, Value, to_octets
from crossdock.contracts.layouts.column_type import column_types
from crossdock.contracts.layouts.document import LayoutError
from crossdock.tests.contracts.layouts.small import defects_of, made, read_all, rows_of

FORM = """
layout: one
title: One column
description: For tests.
version: 1
sent_by: both
header_record: null
trailer_record: null
column_names: {{row: absent}}
dialect: {{delimiter: ";", {dialect}}}
{more}
columns:
  - {{name: cell, meaning: A cell., {column}}}
  - {{name: other, type: text, meaning: Another.}}
"""
BERLIN = "dates: {timestamp: DD.MM.YYYY hh:mm, zone: Europe/Berlin}"
LATER = "dates: {timestamp: DD.MM.YYYY hh:mm, zone: Europe/Berlin, twice: later}"
GERMAN = "decimal_sign: ',', thousands_sign: '.'"

READS: list[tuple[str, str, Value]] = [
    ("type: text", "00123", "00123"),
    ("type: text", " Übergröße 5 ", " Übergröße 5 "),
    ("type: text", "'s-Hertogenbosch", "'s-Hertogenbosch"),
    ("type: text", "'=1+1", "=1+1"),
    ("type: text", "''=1+1", "'=1+1"),
    ("type: text", "+49 (89) 5550-12", "+49 (89) 5550-12"),
    ("type: text, formulas: allowed", "=1+1", "=1+1"),
    ("type: text, formulas: refused", "'=1", "'=1"),
    ("type: text, pattern: '(?i)[a-z]+'", "aB", "aB"),
    ("type: identifier", "1E5", "1E5"),
    ("type: identifier", "-5", "-5"),
    ("type: digits, lengths: [5]", "00123", "00123"),
    ("type: gtin", "036000291452", "036000291452"),
    ("type: gtin, lengths: [14]", "10036000291459", "10036000291459"),
    ("type: sscc", "106141411234567897", "106141411234567897"),
    ("type: integer", "-12", -12),
    ("type: integer", "0", 0),
    ("type: integer, minimum: 0, width: 6", "000017", 17),
    ("type: decimal", "-1.50", Decimal("-1.50")),
    ("type: decimal, maximum: '12.5'", "12.5", Decimal("12.5")),
    ("type: quantity, unit: other", "999999999.999", Decimal("999999999.999")),
    ("type: quantity, sign: signed", "-4", Decimal(-4)),
    ("type: code, codes: {A: add, N: add, D: cancel}", "N", "add"),
    ("type: flag", "N", False),
    ("type: date", "2024-02-29", date(2024, 2, 29)),
    ("type: date, format: DD.MM.YY", "01.03.26", date(2026, 3, 1)),
    ("type: timestamp", "2026-03-02T09:00:00.25+01:00", datetime(2026, 3, 2, 8, 0, 0, 250000, tzinfo=UTC)),
    ("type: list", "SN-1|SN-2", ("SN-1", "SN-2")),
]


@pytest.mark.parametrize(("column", "text", "value"), READS)
def test_a_cell_reads_as(column: str, text: str, value: Value, tmp_path: Path) -> None:
    layout = made(tmp_path, FORM.format(column=column, more="", dialect="quoting: minimal"))

    (row,) = rows_of(read_all(f"{text};\r\n", layout))

    assert row == {"cell": value}
    assert type(row["cell"]) is type(value)


@pytest.mark.parametrize(
    ("column", "more", "text", "value"),
    [
        ("type: decimal", "", "1.234,50", Decimal("1234.50")),
        ("type: quantity", "", "1.234.567", Decimal(1234567)),
        ("type: timestamp", BERLIN, "02.03.2026 18:00", datetime(2026, 3, 2, 17, tzinfo=UTC)),
        ("type: timestamp", BERLIN, "02.07.2026 18:00", datetime(2026, 7, 2, 16, tzinfo=UTC)),
        ("type: timestamp", LATER, "25.10.2026 02:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (
            "type: timestamp",
            LATER.replace("later", "earlier"),
            "25.10.2026 02:30",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
    ],
)
def test_a_german_cell_reads_as(column: str, more: str, text: str, value: Value, tmp_path: Path) -> None:
    layout = made(tmp_path, FORM.format(column=column, more=more, dialect=GERMAN))

    assert rows_of(read_all(f"{text};\r\n", layout)) == [{"cell": value}]


REFUSES = [
    ("type: text, max_length: 3", "abcd", "length", "has 4 characters, but must be a text of 1 to 3 characters"),
    ("type: text, pattern: '[A-Z]+'", "Ab", "pattern", 'is "Ab", but must be a text'),
    ("type: text", "=cmd|'/C calc'!A0", "formula", "write an apostrophe before it"),
    ("type: text", "+1+cmd", "formula", "no spreadsheet takes for a formula"),
    ("type: text, formulas: refused", "@x", "formula", "no text here may begin so"),
    ("type: text", "a\x00b", "control_character", r'is "a\x00b", but must be without NUL'),
    ("type: text", "a\tb", "control_character", "without a tab"),
    ("type: text", "a\x85b", "control_character", "without U+0085"),
    ("type: identifier", "SKU 1", "pattern", "an id from A-Z a-z 0-9 . _ -"),
    ("type: identifier", " SKU-1", "spaces", "without spaces around it"),
    ("type: identifier", "4.01E+12", "exponent", "take the number from where it came from"),
    ("type: identifier, required: true", "", "required", "is empty, but must be an id"),
    ("type: digits, lengths: [5]", "123", "lost_zero", "it was 00123"),
    ("type: digits, lengths: [5]", "123456", "length", "but must be 5 digits"),
    ("type: digits, lengths: [5]", "1234x", "number", "but must be 5 digits"),
    ("type: gtin", "36000291452", "lost_zero", "it was 036000291452"),
    ("type: gtin", "36000291453", "length", "but must be 8, 12, 13 or 14 digits"),
    ("type: gtin", "036000291453", "check_digit", "with check digit 2"),
    ("type: gtin", "4,01E+12", "exponent", "a spreadsheet writes long digits so"),
    ("type: sscc", "106141411234567890", "check_digit", "18 digits with check digit 7"),
    ("type: integer", "1E5", "exponent", 'is "1E5", but must be a whole number'),
    ("type: integer", "1.0", "range", "but must be a whole number"),
    ("type: integer", "007", "number", "but must be a whole number"),
    ("type: integer", "+7", "number", "but must be a whole number"),
    ("type: integer", "\u0661", "number", "but must be a whole number"),
    ("type: integer, minimum: 1, maximum: 9", "10", "range", "a whole number from 1 to 9"),
    ("type: integer", "9" * 5000, "range", "but must be a whole number"),
    ("type: integer, minimum: 0, width: 6", "17", "number", "6 digits"),
    ("type: decimal", "1,5", "number", "the decimal sign is '.'"),
    ("type: decimal", ".5", "number", "but must be a number"),
    ("type: decimal, scale: 1", "1.55", "range", "at most 1 decimal after"),
    ("type: decimal", "NaN", "number", "but must be a number"),
    ("type: quantity, sign: positive", "0", "range", "above 0"),
    ("type: quantity", "-1", "range", "0 or more"),
    ("type: quantity", "1000000000", "range", "a quantity"),
    ("type: code, codes: {A: add}", "a", "code", "but must be one of A (add): did you mean A?"),
    ("type: flag", "true", "code", "but must be Y or N"),
    ("type: date", "2026-02-29", "date", "day is out of range for month"),
    ("type: date", "1026-02-01", "date", "a date YYYY-MM-DD"),
    ("type: date", "2026-03-02 ", "spaces", "without spaces around it"),
    ("type: timestamp", "2026-03-02T24:00:00Z", "date", "hour must be in 0..23"),
    ("type: timestamp", "2026-03-02T08:00:00+24:00", "date", "there is no such offset"),
    ("type: timestamp", "2026-03-02", "date", "a time YYYY-MM-DDThh:mm:ss[.f]Z"),
    ("type: list", "a||b", "list", "has an empty item among 3"),
    ("type: list", "a|a", "list", "has an item twice"),
    ("type: list, max_items: 2", "a|b|c", "list", "has 3 items"),
    ("type: list, max_length: 2", "a|bcd", "list", "has an item of 3 characters"),
]


@pytest.mark.parametrize(("column", "text", "code", "said"), REFUSES)
def test_a_cell_is_refused(column: str, text: str, code: str, said: str, tmp_path: Path) -> None:
    layout = made(tmp_path, FORM.format(column=column, more="", dialect="quoting: minimal"))

    (defect,) = defects_of(read_all(f"{text};x\r\n", layout))

    assert (defect.code, defect.column, defect.row, defect.line, defect.value) == (code, "cell", 1, 1, text)
    assert said in defect.problem
    assert len(defect.problem) < 400


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("29.03.2026 02:30", "local_time", "there is no such time in Europe/Berlin"),
        ("25.10.2026 02:30", "local_time", "which comes twice in Europe/Berlin"),
    ],
)
def test_a_local_time_that_is_none_or_two_is_refused(text: str, code: str, said: str, tmp_path: Path) -> None:
    layout = made(tmp_path, FORM.format(column="type: timestamp", more=BERLIN, dialect=GERMAN))

    (defect,) = defects_of(read_all(f"{text};\r\n", layout))

    assert defect.code == code
    assert said in defect.problem


UNWRITABLE: list[tuple[str, Value, str]] = [
    ("type: text", 5, "but must be text"),
    ("type: text", "", "would be read as None"),
    ("type: text", "a\nb", "without a line feed"),
    ("type: text, line_breaks: true", "a\rb", "without a carriage return"),
    ("type: text, formulas: refused", "=1", "no text here may begin so"),
    ("type: digits, lengths: [5]", 123, "so that leading zeros are kept"),
    ("type: integer", True, "but must be an int"),
    ("type: decimal", Decimal("NaN"), "but must be a finite number"),
    ("type: decimal", Decimal("1E+900000"), "but must be a number"),
    ("type: decimal, scale: 1", Decimal("1.25"), "at most 1 decimal after"),
    ("type: code, codes: {A: add}", "A", "but must be one of add"),
    ("type: flag", 1, "but must be True or False"),
    ("type: date", datetime(2026, 3, 2, tzinfo=UTC), "but must be a date"),
    ("type: timestamp", date(2026, 3, 2), "but must be a datetime with a zone"),
    ("type: timestamp", datetime(2026, 3, 2), "but must be a datetime with a zone"),
    ("type: timestamp, format: YYYY-MM-DDThh:mmZ", datetime(2026, 3, 2, 8, 0, 1, tzinfo=UTC), "would be read as"),
    ("type: date, format: DD.MM.YY", date(1999, 1, 1), "would be read as"),
    ("type: list", ("a", "b|c"), "would be read as"),
    ("type: list", (), "would be read as None"),
    ("type: identifier, required: true", None, "is empty, but must be an id"),
]


@pytest.mark.parametrize(("column", "value", "said"), UNWRITABLE)
def test_a_value_is_not_written_that_would_not_be_read_as_itself(
    column: str, value: Value, said: str, tmp_path: Path
) -> None:
    layout = made(tmp_path, FORM.format(column=column, more="", dialect="quoting: minimal"))

    with pytest.raises(Unwritable, match="row 1, cell: ") as refused:
        to_octets(layout, FileHeading(), [{"cell": value}])

    assert said in str(refused.value)


WRITES: list[tuple[str, str, Value, str]] = [
    ("type: decimal", GERMAN, Decimal("1234567.50"), "1.234.567,50"),
    ("type: decimal, scale: 2, all_decimals: true", GERMAN, Decimal(6), "6,00"),
    ("type: decimal", GERMAN, Decimal("1E+3"), "1.000"),
    ("type: integer, minimum: 0, width: 6", GERMAN, 17, "000017"),
    ("type: code, codes: {CC: complete, CL: complete}", GERMAN, "complete", "CC"),
    ("type: text", GERMAN, "=1+1", "'=1+1"),
    ("type: text", GERMAN, "+49 89", "+49 89"),
    ("type: text", GERMAN, 'a;"b"', '"a;""b"""'),
    ("type: timestamp, format: YYYYMMDDhhmmss", GERMAN, datetime(2026, 3, 2, 8, tzinfo=UTC), "20260302080000"),
]


@pytest.mark.parametrize(("column", "dialect", "value", "text"), WRITES)
def test_a_value_is_written_as(column: str, dialect: str, value: Value, text: str, tmp_path: Path) -> None:
    layout = made(tmp_path, FORM.format(column=column, more="", dialect=dialect))

    assert to_octets(layout, FileHeading(), [{"cell": value}]).decode() == f"{text};\r\n"


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("type: txt", "did you mean 'text'?"),
        ("type: text, scale: 2", "means nothing to a column of type text, which takes formulas, "),
        ("type: text, pattern: '('", "is no regular expression"),
        ("type: text, min_length: 5, max_length: 3", "is 5, but max_length is 3"),
        ("type: digits", "`lengths` is missing"),
        ("type: code", "`codes` is missing"),
        ("type: flag, yes: J, no: J", "is 'J', as `yes` is"),
        ("type: integer, width: 6", "needs a minimum of 0 or more"),
        ("type: integer, minimum: 5, maximum: 3", "is 5, but maximum is 3"),
        ("type: date, format: TT.MM.YYYY", "DD is missing"),
        ("type: date, format: DD-MMM-YYYY", "'MMM' means nothing here"),
        ("type: timestamp, format: YYYY-MM-DD", "hh is missing"),
        ("type: date, format: YYYY-YY-MM-DD", "there are YYYY and YY"),
    ],
)
def test_an_option_that_can_not_be_is_refused_with_its_line(column: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as refused:
        made(tmp_path, FORM.format(column=column, more="", dialect="quoting: minimal"))

    assert said in str(refused.value)
    assert {problem.line for problem in refused.value.problems} == {13}


def test_a_zone_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="/dates/zone: is 'Europe/Berlyn'"):
        made(
            tmp_path, FORM.format(column="type: timestamp", more="dates: {zone: Europe/Berlyn}", dialect="quote: '\"'")
        )


def test_every_type_is_tried_here() -> None:
    tried = {column.split(",")[0].removeprefix("type: ") for column, *_ in READS}

    assert tried == set(column_types)

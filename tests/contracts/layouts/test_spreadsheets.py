"""Files as spreadsheets and reports export them: a layout says what is theirs, and it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.contracts.layouts import FileHeading, Layout, Unwritable, to_octets
from crossdock.contracts.layouts.document import LayoutError
from crossdock.tests.contracts.layouts.small import changed, codes_of, defects_of, end_of, made, read_all, rows_of

STOCK = """
layout: stock_report
title: Stock report of a small warehouse
description: One item a row.
version: 1
sent_by: warehouse
header_record: null
trailer_record: null
dialect: {delimiter: ";", decimal_sign: ",", thousands_sign: "."}
dates: {date: DD.MM.YYYY, timestamp: "DD.MM.YYYY hh:mm"}
columns:
  - {name: sku, label: Artikel, type: digits, lengths: [5], required: true, meaning: The item.}
  - {name: on_hand, label: Bestand, type: decimal, scale: 1, required: true, meaning: How many.}
  - {name: counted_on, label: Datum, type: date, required: true, meaning: When.}
  - {name: remark, label: Bemerkung, type: text, max_length: 40, meaning: A word.}
"""
NAMES = "Artikel;Bestand;Datum;Bemerkung\n"
ROW = "00123;1.234,5;31.12.2026;\n"
REPORT = f"Lager Süd, Bestand\nsep=;\n\n{NAMES}{ROW};;;\n{NAMES}00124;1;01.01.2027;Müller\nSumme;1.235,5;;\n"
PASSED = "passed_over: {lines_before: 3, column_names: true, first_cells: [Summe], empty_rows: true}\n"


@pytest.fixture
def stock(tmp_path: Path) -> Layout:
    return made(tmp_path, STOCK)


def test_what_says_nothing_is_passed_over(tmp_path: Path) -> None:
    events = read_all(REPORT.encode(), changed(tmp_path, STOCK, PASSED))

    assert defects_of(events) == []
    assert [row["sku"] for row in rows_of(events)] == ["00123", "00124"]
    assert end_of(events).rows == 2


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("", {1}),
        ("lines_before: 3", {6, 7, 9}),
        ("lines_before: 3, column_names: true", {6, 9}),
        ("lines_before: 3, column_names: true, empty_rows: true", {9}),
        ("lines_before: 4, column_names: true, first_cells: [Summe], empty_rows: true", {5}),
    ],
)
def test_only_what_the_layout_names_is_passed_over(rule: str, lines: set[int], tmp_path: Path) -> None:
    events = read_all(REPORT.encode(), changed(tmp_path, STOCK, f"passed_over: {{{rule}}}\n"))

    assert {defect.line for defect in defects_of(events)} == lines


def test_a_row_that_would_be_passed_over_is_not_written(tmp_path: Path) -> None:
    layout = changed(tmp_path, STOCK, "passed_over: {first_cells: ['00123']}\n")
    row = rows_of(read_all((NAMES + ROW).encode(), made(tmp_path, STOCK)))[0]

    with pytest.raises(Unwritable, match="would be passed over"):
        to_octets(layout, FileHeading(), [row])


def test_any_number_of_empty_columns_may_stand_at_the_end(tmp_path: Path) -> None:
    layout = changed(tmp_path, STOCK, "dialect: {trailing_delimiter: allowed}\n")
    events = read_all(f"{NAMES.rstrip()};;;\n{ROW.rstrip()};;;\n00124;1;01.01.2027;;;;x\n".encode(), layout)

    assert [row["sku"] for row in rows_of(events)] == ["00123"]
    assert codes_of(events) == ["cell_count"]


def test_zeros_that_were_kept_for_a_spreadsheet_are_read(tmp_path: Path, stock: Layout) -> None:
    layout = changed(tmp_path, STOCK, "dialect: {text_formulas: allowed}\n")
    text = f'{NAMES}="00123";1;31.12.2026;\n"=""00124""";1;31.12.2026;="x"\n'

    assert [row["sku"] for row in rows_of(read_all(text.encode(), layout))] == ["00123", "00124"]
    assert codes_of(read_all(text.encode(), stock)) == ["quoting", "quoting"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("31.12.2026", {"date": "DD.MM.YYYY"}),
        ("31.12.26", {"date": "D.M.YY"}),
        ("12/31/2026", {"date": "M/D/YYYY"}),
    ],
)
def test_dates_are_read_as_they_are_written(written: str, read: dict[str, str], tmp_path: Path) -> None:
    layout = changed(tmp_path, STOCK, f"dates: {read}\n")
    rows = rows_of(read_all(f"{NAMES}00123;1;{written};\n".encode(), layout))

    assert [str(row["counted_on"]) for row in rows] == ["2026-12-31"]
    assert written.encode() in to_octets(layout, FileHeading(), rows)


@pytest.mark.parametrize(
    ("written", "utc", "again"),
    [
        ("1/5/2026 9:40 AM", "2026-01-05 09:40", "1/5/2026 9:40 AM"),
        ("01/05/2026 12:00 am", "2026-01-05 00:00", "1/5/2026 12:00 AM"),
        ("1/5/2026 12:30 PM", "2026-01-05 12:30", "1/5/2026 12:30 PM"),
        ("1/5/2026 11:59 pm", "2026-01-05 23:59", "1/5/2026 11:59 PM"),
        ("1/5/2026 13:00 PM", "", ""),
        ("1/5/2026 0:00 AM", "", ""),
        ("13/5/2026 9:40 AM", "", ""),
    ],
)
def test_hours_before_and_after_noon(written: str, utc: str, again: str, tmp_path: Path) -> None:
    layout = changed(
        tmp_path,
        STOCK,
        'dates: {timestamp: "M/D/YYYY h:mm AM"}\ncolumns:\n  - {name: at, type: timestamp, meaning: When.}\n',
    )
    events = read_all(f"{NAMES.rstrip()};at\n{ROW.rstrip()};{written}\n".encode(), layout)

    assert [f"{row['at']:%Y-%m-%d %H:%M}" for row in rows_of(events)] == ([utc] if utc else [])
    assert codes_of(events) == ([] if utc else ["date"])
    if utc:
        assert again.encode() in to_octets(layout, FileHeading(), rows_of(events))


@pytest.mark.parametrize("form", ["DMYYYY", "YYYYMD", "MM/D/M/YYYY", "D.MM.YYYY.DD"])
def test_a_date_that_can_be_read_in_two_ways_is_no_format(form: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"two ways|take one of them"):
        changed(tmp_path, STOCK, f"dates: {{date: {form}}}\n")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_a_spreadsheet_calls_unicode_text_is_read(codec: str, tmp_path: Path) -> None:
    layout = changed(tmp_path, STOCK, "dialect: {encoding: utf-16}\n")
    octets = (NAMES + "00123;1;31.12.2026;Ünï 😀\n" * 5000).encode(codec)
    if codec == "utf-16-be":
        octets = b"\xfe\xff" + octets
    events = read_all(octets, layout)

    assert defects_of(events) == []
    assert {row["remark"] for row in rows_of(events)} == {"Ünï 😀"}
    assert end_of(events).octets == len(octets)
    assert rows_of(read_all(to_octets(layout, FileHeading(), rows_of(events)), layout)) == rows_of(events)


@pytest.mark.parametrize(
    ("octets", "codes"),
    [
        ((NAMES + ROW).encode(), ["not_csv"]),
        (b"PK\x03\x04" + bytes(100), ["not_csv"]),
        ((NAMES + "00123;1;31.12.2026;").encode("utf-16") + b"\x3d\xd8\n\0", ["encoding"]),
        ((NAMES + ROW).encode("utf-16") + b"\0", ["cell_count"]),
    ],
)
def test_what_is_no_utf_16_is_told(octets: bytes, codes: list[str], tmp_path: Path) -> None:
    assert codes_of(read_all(octets, changed(tmp_path, STOCK, "dialect: {encoding: utf-16}\n"))) == codes


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (NAMES.replace(";", ","), "is divided by ',', but the delimiter of this layout is ';'"),
        (NAMES.replace(";", "\t"), "is divided by '\\t', but the delimiter of this layout is ';'"),
        ("sep=;\n" + NAMES, "`passed_over: {lines_before: 1}` passes"),
    ],
)
def test_what_a_spreadsheet_did_otherwise_is_named(names: str, said: str, stock: Layout) -> None:
    told = [str(defect) for defect in defects_of(read_all((names + ROW).encode(), stock))]

    assert said in told[0]

"""What is read from a file as a whole: header record, rows, trailer, and what the layout says of wrong rows."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from crossdock.contracts.layouts import FileHeading, Header, RejectedRow, Row, Source, Trailer, read
from crossdock.tests.contracts.layouts.small import (
    FRAMED,
    PLAIN,
    changed,
    codes_of,
    defects_of,
    end_of,
    made,
    read_all,
    rows_of,
)

HDR = "HDR,framed,ours,theirs,17,2026-03-02T08:00:00Z,1\r\n"
NAMES = "sku,qty,note\r\n"
ROWS = "A1,2.50,x\r\nB2,3,\r\n"
GOOD = f"{HDR}{NAMES}{ROWS}TRL,2,5.50,3\r\n"


def test_a_good_file_is_header_rows_trailer_end(tmp_path: Path) -> None:
    layout = made(tmp_path, FRAMED)

    events = read_all(GOOD, layout)

    assert [type(event).__name__ for event in events] == ["Header", "Row", "Row", "Trailer", "End"]
    header, first, second, trailer, _ = events
    assert isinstance(header, Header)
    created = datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert header.heading == FileHeading(sender="ours", receiver="theirs", sequence=17, created=created)
    assert header.columns == ("sku", "qty", "note")
    assert isinstance(first, Row)
    assert (first.number, first.line, first["qty"], first["note"]) == (1, 3, Decimal("2.50"), "x")
    assert isinstance(second, Row)
    assert (second.number, second.line, second["note"]) == (2, 4, None)
    assert isinstance(trailer, Trailer)
    assert [(total.name, total.said, total.agrees) for total in trailer.totals] == [
        ("rows", 2, True),
        ("quantity_sum", Decimal("5.50"), True),
        ("hash_total", 3, True),
    ]
    end = end_of(events)
    assert (end.accepted, end.rows, end.rejected, end.file_errors, end.octets) == (True, 2, 0, 0, len(GOOD))


HOLDERS: dict[str, Callable[[bytes], Source]] = {
    "bytes": bytes,
    "bytearray": bytearray,
    "memoryview": memoryview,
    "open file": io.BytesIO,
    "pieces": lambda octets: [octets[:7], octets[7:]],
    "single octets": lambda octets: (bytes((octet,)) for octet in octets),
}


@pytest.mark.parametrize("holder", HOLDERS)
def test_it_makes_no_difference_who_holds_the_bytes(holder: str, tmp_path: Path) -> None:
    layout = made(tmp_path, FRAMED)

    assert list(read(HOLDERS[holder](GOOD.encode()), layout)) == read_all(GOOD, layout)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is nothing in the file"),
        ("\r\n", "the file ends without a header record"),
        (HDR, "the file ends without a row of column names"),
        (NAMES + ROWS, 'begins with "sku", but must be HDR,framed,sender,receiver,sequence,created,1'),
        (GOOD.replace("framed", "ship_confirm"), 'is of type "ship_confirm", but must be framed'),
        (GOOD.replace(",1\r\nsku", ",2\r\nsku"), 'has version "2", but must be 1'),
        (
            GOOD.replace(",", ";"),
            'begins with "HDR;framed;ours;theirs;17;2026-03-02T08:00:00Z;1", but must be HDR,framed',
        ),
        ('HDR,"framed\r\n', "opens a cell with"),
        ("garbage " * 40, "begins with"),
    ],
)
def test_a_file_of_another_kind_is_not_read_further(text: str, said: str, tmp_path: Path) -> None:
    events = read_all(text, made(tmp_path, FRAMED))

    (defect,) = defects_of(events)
    assert said in defect.problem
    assert len(str(defect)) < 300
    assert [type(event).__name__ for event in events] == ["FileError", "End"]
    assert not end_of(events).accepted


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("our company", 'is "our company", but must be a sender of at most 40 characters'),
        ("", 'is "", but must be a sender'),
    ],
)
def test_a_wrong_word_in_the_header_record_rejects_the_file_but_the_rows_are_looked_at(
    field: str, said: str, tmp_path: Path
) -> None:
    events = read_all(GOOD.replace("ours", field), made(tmp_path, FRAMED))

    (defect,) = defects_of(events)
    assert (defect.code, defect.line, defect.column) == ("header_record", 1, "sender")
    assert said in defect.problem
    assert len(rows_of(events)) == 2
    assert not end_of(events).accepted


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (",17,", ",017,", "header_record"),
        (",17,", ",x,", "header_record"),
        ("2026-03-02T08:00:00Z", "2026-13-02T08:00:00Z", "header_record"),
        (",1\r\nsku", ",1,\r\nsku", "header_record"),
        ("TRL,2,5.50,3", "TRL,2,5.50", "trailer_record"),
        ("TRL,2,5.50,3", "TRL,2,5.50,3,", "trailer_record"),
        ("TRL,2,5.50,3", "TRL,two,5.50,3", "trailer_record"),
        ("TRL,2,5.50,3", "TRL,2,5.,3", "trailer_record"),
        ("TRL,2,5.50,3", "TRL,3,5.50,3", "total"),
        ("TRL,2,5.50,3", "TRL,2,5.51,3", "total"),
        ("TRL,2,5.50,3", "TRL,2,5.50,4", "total"),
        ("TRL,2,5.50,3\r\n", "", "trailer_record"),
        ("TRL,2,5.50,3\r\n", "TRL,2,5.50,3\r\nC3,1,\r\n", "after_trailer"),
        ("TRL,2,5.50,3\r\n", "TRL,2,5.50,3\r\nTRL,2,5.50,3\r\n", "after_trailer"),
        ("B2,3,\r\n", "B2,3,\r\n" + HDR, "header_record"),
        ("B2,3,\r\n", "", "total"),
        ("A1,2.50", "A2,2.50", "total"),
    ],
)
def test_a_file_that_is_not_whole_is_rejected(before: str, after: str, code: str, tmp_path: Path) -> None:
    text = GOOD.replace(before, after)
    assert text != GOOD

    events = read_all(text, made(tmp_path, FRAMED))

    assert set(codes_of(events)) == {code}
    assert not end_of(events).accepted


def test_a_delimiter_may_stand_after_the_header_and_the_trailer_where_the_layout_says_so(tmp_path: Path) -> None:
    layout = changed(tmp_path, FRAMED, "type: framed\ndialect: {trailing_delimiter: allowed}\n")

    assert codes_of(read_all(GOOD.replace(",1\r\nsku", ",1,\r\nsku").replace(",3\r\n", ",3,\r\n"), layout)) == []
    assert codes_of(read_all(GOOD.replace("Z,1\r\nsku", "Z,\r\nsku"), layout)) == ["header_record"]


def test_a_total_that_is_wrong_says_what_was_counted(tmp_path: Path) -> None:
    (defect,) = defects_of(read_all(GOOD.replace("TRL,2,5.50", "TRL,2,6.50"), made(tmp_path, FRAMED)))

    assert str(defect) == (
        "line 5, quantity_sum: says 6.50, but 5.50 was counted: a row was lost, doubled or changed on the way"
    )


def test_rejected_rows_count_in_the_totals_and_unreadable_ones_leave_them_open(tmp_path: Path) -> None:
    layout = made(tmp_path, FRAMED)

    wrong_note = read_all(GOOD.replace(",x\r\n", ",=x\r\n"), layout)
    wrong_quantity = read_all(GOOD.replace("2.50,x", "2.5.0,x"), layout)

    assert codes_of(wrong_note) == ["formula"]
    assert end_of(wrong_note).accepted
    assert codes_of(wrong_quantity) == ["number"]
    (trailer,) = (event for event in wrong_quantity if isinstance(event, Trailer))
    assert [total.agrees for total in trailer.totals] == [True, None, True]


def test_a_checksum_sees_every_byte(tmp_path: Path) -> None:
    layout = changed(tmp_path, FRAMED, "type: framed\ntrailer_record: {fields: [checksum]}\n")
    good = f"{HDR}{NAMES}{ROWS}TRL,0B4B5F1D\r\n"
    (defect,) = defects_of(read_all(good, layout))
    good = good.replace("0B4B5F1D", defect.problem.split("but ")[1].split(" ")[0])

    assert codes_of(read_all(good, layout)) == []
    assert codes_of(read_all(good.replace("A1", "A2"), layout)) == ["total"]
    assert codes_of(read_all(good.replace("ours", "0urs"), layout)) == ["total"]


@pytest.mark.parametrize(("policy", "accepted"), [("reject_row", True), ("reject_file", False)])
def test_a_wrong_row_costs_itself_or_the_file_as_the_layout_says(policy: str, accepted: bool, tmp_path: Path) -> None:
    layout = changed(tmp_path, FRAMED, f"type: framed\nbad_rows: {policy}\n")

    events = read_all(GOOD.replace("A1,2.50,x", "A1,2.50,=x"), layout)

    assert rows_of(events) == [{"sku": "B2", "qty": Decimal(3)}]
    (rejected,) = (event for event in events if isinstance(event, RejectedRow))
    assert (rejected.number, rejected.line, rejected.text) == (1, 3, "A1,2.50,=x\r\n")
    assert rejected.cells == {"sku": "A1", "qty": "2.50", "note": "=x"}
    end = end_of(events)
    assert (end.accepted, end.rows, end.rejected) == (accepted, 1, 1)


def test_all_that_is_wrong_in_a_row_is_told_in_the_order_of_the_columns(tmp_path: Path) -> None:
    events = read_all("sku,qty,note\r\n,x,=1\r\n", made(tmp_path, PLAIN))

    assert [(defect.column, defect.code) for defect in defects_of(events)] == [
        ("sku", "required"),
        ("qty", "number"),
        ("note", "formula"),
    ]


def test_a_header_is_told_of_a_file_without_rows_and_column_names(tmp_path: Path) -> None:
    layout = changed(tmp_path, FRAMED, "type: framed\ncolumn_names: {row: absent}")

    events = read_all(HDR + "TRL,0,0,0\r\n", layout)
    cut_off = read_all(HDR, layout)

    assert [type(event).__name__ for event in events] == ["Header", "Trailer", "End"]
    assert end_of(events).accepted
    assert end_of(events).content == ""
    assert [type(event).__name__ for event in cut_off] == ["Header", "FileError", "End"]


def test_the_same_rows_have_the_same_content_whatever_the_header_says(tmp_path: Path) -> None:
    layout = made(tmp_path, FRAMED)
    contents = {
        end_of(read_all(text, layout)).content
        for text in (GOOD, GOOD.replace(",17,", ",18,"), GOOD.replace("2026-03-02", "2026-03-03"))
    }

    assert len(contents) == 1
    assert end_of(read_all(GOOD.replace("B2", "C2"), layout)).content not in contents


def test_the_name_of_the_file_stands_in_what_is_said_about_it(tmp_path: Path) -> None:
    events = list(read(b"sku,qty,note\r\nA,x,\r\n", made(tmp_path, PLAIN), "a.csv"))

    assert str(defects_of(events)[0]) == (
        'a.csv, row 1 (line 2), qty: is "x", but must be a whole number from -999 to 999'
    )


def test_a_cell_is_required_beside_another_or_beside_what_it_says(tmp_path: Path) -> None:
    layout = changed(
        tmp_path,
        PLAIN,
        "columns:\n  - {name: note, required_when: {column: lot}}\n"
        "  - {name: lot, type: identifier, meaning: Lot., required_when: {column: sku, values: [B]}}\n",
    )

    events = read_all("sku,qty,note,lot\r\nA,1,,\r\nA,1,,L1\r\nB,1,,\r\nB,1,x,L2\r\nC,1,, L3\r\n", layout)

    assert [(defect.row, defect.column, defect.problem) for defect in defects_of(events)] == [
        (2, "note", "is empty, but is required where lot is not"),
        (3, "lot", "is empty, but is required where sku is B"),
        (
            5,
            "lot",
            'is " L3", but must be an id from A-Z a-z 0-9 . _ - of 1 to 40 characters, without spaces around it',
        ),
    ]

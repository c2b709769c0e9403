"""Where records and cells begin and end: quotes, line ends, and what is lost when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.contracts.layouts import FileHeading, Unwritable, Value, to_octets
from crossdock.tests.contracts.layouts.small import PLAIN, changed, codes_of, defects_of, made, read_all, rows_of

NAMES = "sku,qty,note\r\n"
MULTILINE = "columns: [{name: note, line_breaks: true}]\n"


@pytest.mark.parametrize(
    ("record", "note"),
    [
        ('A,1,"x"', "x"),
        ('A,1,"x,y"', "x,y"),
        ('A,1,"say ""hi"""', 'say "hi"'),
        ('A,1,""""', '"'),
        ('"A","1","x"', "x"),
        ("A,1,it's", "it's"),
        ("A,1,\u2028x", "\u2028x"),
        ("A,1,a\x1cb".replace("\x1c", "\u2029"), "a\u2029b"),
    ],
)
def test_a_cell_is_what_stands_between_delimiters_or_quotes(record: str, note: str, tmp_path: Path) -> None:
    layout = made(tmp_path, PLAIN)

    assert rows_of(read_all(f"{NAMES}{record}\r\n", layout)) == [{"sku": "A", "qty": 1, "note": note}]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ('A,1,"x', 'opens a cell with " that is never closed; this layout has no line breaks in cells'),
        ('A,1,"x"y', "has something else than ',' after a quote that closes a cell"),
        ('A,1,5" pipe', 'has a " inside a cell that is not quoted'),
        ('A,1, "x"', 'has a " inside a cell that is not quoted'),
        ("A,1,x\ry", "lines end with CR LF or LF, not with CR alone"),
    ],
)
def test_a_record_with_wrong_quotes_costs_itself_only(record: str, said: str, tmp_path: Path) -> None:
    layout = made(tmp_path, PLAIN)

    events = read_all(f'{NAMES}A,1,"q ""u"""\r\n{record}\r\nB,2,\r\n', layout)

    assert [row["sku"] for row in rows_of(events)] == ["A", "B"]
    (defect,) = defects_of(events)
    assert (defect.code, defect.row, defect.line) == ("quoting", 2, 3)
    assert said in defect.problem


def test_a_cell_may_go_over_lines_where_the_layout_says_so(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, MULTILINE)

    events = read_all(f'{NAMES}A,1,"x\ny\r\n"\r\nB,x,\r\n', layout)

    assert rows_of(events) == [{"sku": "A", "qty": 1, "note": "x\ny\r\n"}]
    (defect,) = defects_of(events)
    assert (defect.row, defect.line) == (2, 5)


def test_a_quote_that_is_never_closed_costs_one_line_where_cells_may_go_over_lines(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, MULTILINE + "limits: {row_length: 200}\n")
    many = "".join(f"S{number},1,\r\n" for number in range(100))

    events = read_all(f'{NAMES}A,1,"x\r\n{many}', layout)

    assert len(rows_of(events)) == 100
    (defect,) = defects_of(events)
    assert (defect.code, defect.line) == ("quoting", 2)
    assert "never closed within 200 characters" in defect.problem


def test_a_quote_that_is_never_closed_at_the_end_of_the_file_costs_one_line(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, MULTILINE)

    events = read_all(f'{NAMES}A,1,"x\r\nB,2,\r\n', layout)

    assert [row["sku"] for row in rows_of(events)] == ["B"]
    assert codes_of(events) == ["quoting"]


def test_a_cell_may_go_over_the_pieces_in_which_a_file_comes(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, MULTILINE)
    octets = f'{NAMES}A,1,"x\r\n\u00fcy"\r\n'.encode()

    for size in range(1, len(octets)):
        pieces = [octets[start : start + size] for start in range(0, len(octets), size)]
        assert [row["note"] for row in rows_of(read_all(pieces, layout))] == ["x\r\n\u00fcy"]


def test_a_cell_may_go_over_large_pieces(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, MULTILINE)
    record = 'A,1,"x\r\ny\u00fc"\r\n'
    octets = (NAMES + record * 20_000).encode()

    events = read_all(octets, layout)

    assert len(rows_of(events)) == 20_000
    assert codes_of(events) == []


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_lines_may_end_either_way_and_the_last_one_not_at_all(end: str, tmp_path: Path) -> None:
    layout = made(tmp_path, PLAIN)

    assert len(rows_of(read_all(f"sku,qty,note{end}A,1,{end}B,2,", layout))) == 2
    assert len(rows_of(read_all("sku,qty,note\nA,1,\r\nB,2,\n", layout))) == 2


def test_lines_that_end_in_another_way_are_refused_where_the_layout_says_so(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "dialect: {other_line_endings: refused}\n")

    (defect,) = defects_of(read_all("sku,qty,note\r\nA,1,\nB,2,\n", layout))

    assert (defect.code, defect.line) == ("line_ending", 2)
    assert codes_of(read_all("sku,qty,note\r\nA,1,\r\nB,2,", layout)) == []


def test_empty_lines_are_no_records_but_count_as_lines(tmp_path: Path) -> None:
    layout = made(tmp_path, PLAIN)

    events = read_all(f"\r\n{NAMES}\r\n\nA,1,\r\n\r\nB,x,\r\n\r\n", layout)

    assert rows_of(events) == [{"sku": "A", "qty": 1}]
    (defect,) = defects_of(events)
    assert (defect.row, defect.line) == (2, 7)


@pytest.mark.parametrize("records", [1, 50_000])
def test_a_line_longer_than_a_record_may_be_costs_itself_only(records: int, tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "limits: {row_length: 120}\n")
    many = "B,2,\r\n" * records

    events = read_all(f"{NAMES}{many}A,1,{'x' * 300_000}\r\nC,3,\r\n", layout)

    assert len(rows_of(events)) == records + 1
    (defect,) = defects_of(events)
    assert (defect.code, defect.line) == ("row_length", records + 2)


def test_without_quoting_a_quote_is_a_character(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "dialect: {quoting: none}\n")
    rows: list[dict[str, Value]] = [{"sku": "A", "qty": 1, "note": '5" pipe "x'}]

    octets = to_octets(layout, FileHeading(), rows)

    assert octets == b'sku,qty,note\r\nA,1,5" pipe "x\r\n'
    assert rows_of(read_all(octets, layout)) == rows
    with pytest.raises(Unwritable, match="row 1: a cell holds ',' or a line break, and there are no quotes"):
        to_octets(layout, FileHeading(), [{"sku": "A", "qty": 1, "note": "x,y"}])


def test_every_cell_is_quoted_where_the_layout_says_so(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, 'dialect: {quoting: all, quote: "\'", delimiter: "\\t"}\n')
    rows: list[dict[str, Value]] = [{"sku": "A", "qty": 1, "note": "it's"}]

    octets = to_octets(layout, FileHeading(), rows)

    assert octets == b"'sku'\t'qty'\t'note'\r\n'A'\t'1'\t'it''s'\r\n"
    assert rows_of(read_all(octets, layout)) == rows


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("A,1", "has 2 cells, but must have 3: is the row cut off, or the delimiter another one?"),
        ("A;1;x", "has 1 cells, but must have 3"),
        ("A,1,x,y", "has 4 cells, but must have 3: is there a ',' in a text without quotes?"),
        ("A,1,x,", "has 4 cells, but must have 3: does one stand after the last cell"),
    ],
)
def test_a_row_with_another_number_of_cells_costs_itself_only(record: str, said: str, tmp_path: Path) -> None:
    layout = made(tmp_path, PLAIN)

    events = read_all(f"{NAMES}A,1,\r\n{record}\r\nB,2,\r\n", layout)

    assert [row["sku"] for row in rows_of(events)] == ["A", "B"]
    (defect,) = defects_of(events)
    assert (defect.code, defect.row, defect.line) == ("cell_count", 2, 3)
    assert said in defect.problem


def test_a_delimiter_may_stand_after_the_last_cell_of_each_row_where_the_layout_says_so(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "dialect: {trailing_delimiter: allowed}\n")

    with_it = read_all("sku,qty,note,\r\nA,1,x,\r\nB,2,,\r\nC,3,\r\nD,4,z,z\r\n", layout)
    without_it = read_all("sku,qty,note\r\nA,1,x,\r\nB,2,\r\n", layout)

    assert [row["sku"] for row in rows_of(with_it)] == ["A", "B"]
    assert [defect.problem for defect in defects_of(with_it)] == [
        "has no delimiter after its last cell, as the column names have",
        "has 4 cells, but must have 3: is there a ',' in a text without quotes?",
    ]
    assert [row["sku"] for row in rows_of(without_it)] == ["B"]
    assert codes_of(without_it) == ["cell_count"]


def test_without_column_names_each_row_may_have_a_delimiter_after_its_last_cell(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "dialect: {trailing_delimiter: allowed}\ncolumn_names: {row: absent}\n")

    assert [row["sku"] for row in rows_of(read_all("A,1,x,\r\nB,2,\r\n", layout))] == ["A", "B"]

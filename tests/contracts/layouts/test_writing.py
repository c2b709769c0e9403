"""What is written, and what the layout refuses to be written."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from crossdock.contracts.layouts import FileHeading, Row, Unwritable, Value, layout, read, to_octets, write
from crossdock.tests.contracts.layouts.samples import LAYOUTS, heading, rows, sample
from crossdock.tests.contracts.layouts.small import FRAMED, PLAIN, changed, codes_of, made, read_all

HEADING = FileHeading(sender="ours", receiver="theirs", sequence=17, created=datetime(2026, 3, 2, 8, tzinfo=UTC))
GOOD: dict[str, Value] = {"sku": "A1", "qty": Decimal("2.50"), "note": "x"}


def test_a_file_is_header_record_column_names_rows_trailer(tmp_path: Path) -> None:
    out = io.BytesIO()

    count = write(made(tmp_path, FRAMED), HEADING, [GOOD, {"sku": "B2", "qty": 3}], out)

    assert count == 2
    assert out.getvalue().decode() == (
        "HDR,framed,ours,theirs,17,2026-03-02T08:00:00Z,1\r\nsku,qty,note\r\nA1,2.50,x\r\nB2,3,\r\nTRL,2,5.50,3\r\n"
    )


def test_a_file_without_rows_is_a_file(tmp_path: Path) -> None:
    octets = to_octets(made(tmp_path, FRAMED), HEADING, [])

    assert octets.endswith(b"sku,qty,note\r\nTRL,0,0,0\r\n")
    assert codes_of(read_all(octets, made(tmp_path, FRAMED))) == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_was_read_can_be_written_again_as_it_was(name: str) -> None:
    of = layout(name)
    octets = sample(name)

    again = [event for event in read(octets, of) if isinstance(event, Row)]

    assert to_octets(of, heading(of), again) == octets


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ({"sku": "HDR", "qty": 1}, "reserved", 'row 1, sku: is "HDR", with which another kind of record begins'),
        ({"sku": "TRL", "qty": 1}, "reserved", 'row 1, sku: is "TRL"'),
        ({"sku": "A", "qty": 1, "nott": "x"}, "value", "row 1: there is no column 'nott': did you mean note?"),
        ({"qty": 1}, "required", "row 1, sku: is empty, but must be an id"),
        ({"sku": "A", "qty": 1, "note": "x" * 41}, "length", "row 1, note: has 41 characters"),
    ],
)
def test_a_row_that_the_layout_refuses_is_not_written(
    row: dict[str, Value], code: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(Unwritable) as refused:
        to_octets(made(tmp_path, FRAMED), HEADING, [row])

    assert [defect.code for defect in refused.value.defects] == [code]
    assert str(refused.value).startswith(said)


def test_all_that_is_wrong_with_a_row_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unwritable) as refused:
        to_octets(made(tmp_path, FRAMED), HEADING, [GOOD, {"sku": "A B", "qty": "2", "note": "\t"}], "a.csv")

    assert [(defect.file, defect.row, defect.column) for defect in refused.value.defects] == [
        ("a.csv", 2, "sku"),
        ("a.csv", 2, "qty"),
        ("a.csv", 2, "note"),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sender": None}, "header record: sender is missing: HDR,framed,sender,receiver,sequence,created,1"),
        ({"sender": "our company"}, 'header record: is "our company", but must be a sender'),
        ({"sequence": -1}, 'header record: is "-1", but must be a sequence number'),
        ({"created": datetime(2026, 3, 2)}, "header record: created is 2026-03-02 00:00:00, which has no time zone"),
    ],
)
def test_a_heading_that_the_layout_refuses_is_not_written(wrong: dict[str, object], said: str, tmp_path: Path) -> None:
    said_by = {"sender": "ours", "receiver": "theirs", "sequence": 17, "created": HEADING.created}

    with pytest.raises(Unwritable) as refused:
        to_octets(made(tmp_path, FRAMED), FileHeading(**(said_by | wrong)), [])  # type: ignore[arg-type]  # on purpose

    assert said in str(refused.value)


def test_a_cell_that_another_makes_necessary_is_required() -> None:
    of = layout("pick_request")
    row = rows("pick_request")[0]

    with pytest.raises(Unwritable) as refused:
        to_octets(of, heading(of), [row | {"sku": None, "ship_postal_code": "2134"}])

    assert [(defect.column, defect.code) for defect in refused.value.defects] == [
        ("ship_postal_code", "lost_zero"),
        ("sku", "required"),
    ]


@pytest.mark.parametrize(
    ("dialect", "octets"),
    [
        ("line_ending: lf", b"sku,qty,note\nA,1,\xc3\xbc\n"),
        ("byte_order_mark: required", b"\xef\xbb\xbfsku,qty,note\r\nA,1,\xc3\xbc\r\n"),
        ("encoding: windows-1252", b"sku,qty,note\r\nA,1,\xfc\r\n"),
        ("encoding: cp850", b"sku,qty,note\r\nA,1,\x81\r\n"),
        ("quoting: all", b'"sku","qty","note"\r\n"A","1","\xc3\xbc"\r\n'),
    ],
)
def test_a_dialect_is_written_as_it_says(dialect: str, octets: bytes, tmp_path: Path) -> None:
    of = changed(tmp_path, PLAIN, f"dialect: {{{dialect}}}")

    written = to_octets(of, FileHeading(), [{"sku": "A", "qty": 1, "note": "ü"}])

    assert written == octets
    assert codes_of(read_all(written, of)) == []


def test_a_character_that_the_encoding_does_not_have_is_not_written(tmp_path: Path) -> None:
    of = changed(tmp_path, PLAIN, "dialect: {encoding: iso-8859-1}")

    with pytest.raises(Unwritable, match='row 1, note: holds "€", which iso-8859-1 does not have'):
        to_octets(of, FileHeading(), [{"sku": "A", "qty": 1, "note": "5 €"}])


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ("rows: 2", "row 3: there are more than 2 rows, which is the limit"),
        ("file_size: 20", "comes to more than 20 bytes, which is the limit"),
        ("row_length: 100", "row 1: has 134 characters, and 100 are the limit"),
    ],
)
def test_beyond_the_limits_nothing_is_written(limits: str, said: str, tmp_path: Path) -> None:
    of = changed(tmp_path, PLAIN, f"limits: {{{limits}}}\ncolumns: [{{name: note, max_length: 200}}]")
    note = "x" * 128 if "row_length" in limits else None

    with pytest.raises(Unwritable) as refused:
        to_octets(of, FileHeading(), [{"sku": "A", "qty": 1, "note": note}] * 3)

    assert str(refused.value) == said


def test_the_checksum_of_what_was_written_is_right(tmp_path: Path) -> None:
    of = changed(tmp_path, FRAMED, "type: framed\ntrailer_record: {fields: [rows, checksum]}")
    octets = to_octets(of, HEADING, [GOOD, GOOD])

    assert codes_of(read_all(octets, of)) == []
    assert codes_of(read_all(octets.replace(b"ours", b"Ours"), of)) == ["total"]

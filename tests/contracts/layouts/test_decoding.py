"""From bytes to text: other kinds of files, encodings, the byte order mark, limits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from crossdock.contracts.layouts import Event, read
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

GOOD = "HDR,framed,ours,theirs,17,2026-03-02T08:00:00Z,1\r\nsku,qty,note\r\nA1,2.50,x\r\nTRL,1,2.50,1\r\n"


@pytest.mark.parametrize(
    ("octets", "code", "said"),
    [
        (b"\xff\xfe" + GOOD.encode("utf-16-le"), "not_csv", "UTF-16: write it as UTF-8"),
        (GOOD.encode("utf-16-be"), "not_csv", "UTF-16"),
        (b"PK\x03\x04" + bytes(100), "not_csv", "a ZIP archive or an Excel workbook"),
        (b"\x1f\x8b\x08" + bytes(100), "not_csv", "a gzip archive"),
        (b"%PDF-1.7\n", "not_csv", "a PDF document"),
        (b"ISA*00*          *00*", "not_csv", "an X12 interchange"),
    ],
)
def test_a_file_that_is_plainly_no_csv_is_named(octets: bytes, code: str, said: str, tmp_path: Path) -> None:
    events = read_all(octets, made(tmp_path, FRAMED))

    (defect,) = defects_of(events)
    assert defect.code == code
    assert said in defect.problem


def test_a_byte_that_is_no_character_costs_its_row(tmp_path: Path) -> None:
    octets = b"sku,qty,note\r\nA,1,M\xfcller\r\nB,2,M\xc3\xbcller\r\n"

    events = read_all(octets, made(tmp_path, PLAIN))

    assert rows_of(events) == [{"sku": "B", "qty": 2, "note": "Müller"}]
    (defect,) = defects_of(events)
    assert (defect.code, defect.row, defect.column) == ("encoding", 1, "note")
    assert defect.problem == (
        'is "M\\xfcller", but must be text in the layout\'s encoding: the byte FC is no character there'
    )


@pytest.mark.parametrize(
    ("encoding", "octets", "note"),
    [
        ("windows-1252", b"M\xfcller \x80", "Müller €"),
        ("iso-8859-15", b"M\xfcller \xa4", "Müller €"),
        ("cp850", b"M\x81ller", "Müller"),
    ],
)
def test_other_encodings_are_read(encoding: str, octets: bytes, note: str, tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, f"dialect: {{encoding: {encoding}}}")

    assert [row["note"] for row in rows_of(read_all(b"sku,qty,note\r\nA,1," + octets, layout))] == [note]


@pytest.mark.parametrize(
    ("encoding", "octet"), [("windows-1252", b"\x81"), ("iso-8859-1", b"\x81"), ("us-ascii", b"\xe9")]
)
def test_a_byte_that_an_encoding_does_not_have_is_refused(encoding: str, octet: bytes, tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, f"dialect: {{encoding: {encoding}}}")

    (code,) = codes_of(read_all(b"sku,qty,note\r\nA,1,x" + octet, layout))

    assert code in ("encoding", "control_character")


@pytest.mark.parametrize(
    ("mark", "has_mark", "codes"),
    [
        ("allowed", True, []),
        ("allowed", False, []),
        ("required", True, []),
        ("required", False, ["byte_order_mark"]),
        ("refused", True, ["byte_order_mark"]),
        ("refused", False, []),
    ],
)
def test_a_byte_order_mark_is_seen_to(mark: str, has_mark: bool, codes: list[str], tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, f"dialect: {{byte_order_mark: {mark}}}")

    events = read_all(("\ufeff" if has_mark else "") + "sku,qty,note\r\nA,1,x\r\n", layout)

    assert codes_of(events) == codes
    assert rows_of(events) == [{"sku": "A", "qty": 1, "note": "x"}]


def test_a_utf_8_file_where_another_encoding_is_expected_is_told_by_its_mark(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "dialect: {encoding: windows-1252}")

    assert codes_of(read_all("\ufeffsku,qty,note\r\nA,1,x\r\n", layout)) == ["encoding"]


def test_beyond_the_limit_of_rows_nothing_is_read(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "limits: {rows: 3}")

    events = read_all("sku,qty,note\r\n" + "A,1,x\r\n" * 5, layout)

    assert len(rows_of(events)) == 3
    (defect,) = defects_of(events)
    assert (defect.code, defect.line) == ("rows", 5)
    assert not end_of(events).accepted


def test_a_file_whose_size_is_known_is_refused_before_it_is_read(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "limits: {file_size: 1000000}")
    with tempfile.TemporaryFile() as file:
        file.truncate(1 << 30)
        events = list(read(file, layout))
        position = file.tell()

    assert codes_of(events) == ["file_size"]
    assert defects_of(events)[0].problem == "has 1,073,741,824 bytes, and 1,000,000 are the limit"
    assert position == 0


def test_a_stream_that_never_ends_is_read_up_to_the_limit(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "limits: {file_size: 1000000}")

    def endless() -> Iterator[bytes]:
        yield b"sku,qty,note\r\n"
        while True:
            yield b"A,1,x\r\n" * 1000

    events: list[Event] = list(read(endless(), layout))

    assert codes_of(events) == ["file_size"]
    assert end_of(events).octets < 1_200_000


def test_a_stream_without_line_ends_is_read_up_to_the_limit_in_little_memory(tmp_path: Path) -> None:
    layout = changed(tmp_path, PLAIN, "limits: {file_size: 20000000}")

    events = list(read((b"\x00" * 100_001 for _ in range(1000)), layout))

    assert codes_of(events)[0] in ("not_csv", "file_size")
    assert not end_of(events).accepted

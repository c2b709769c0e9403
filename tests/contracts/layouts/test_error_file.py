"""The error file: what is wrong with a file, for the one who sent it."""

from __future__ import annotations

import io

from crossdock.contracts.layouts import FileHeading, Row, layout, read, write_error_file
from crossdock.tests.contracts.layouts.samples import at, rows, sample
from crossdock.tests.contracts.layouts.small import end_of, read_all, rows_of

OURS = FileHeading(sender="regional", receiver="layer", sequence=3, created=at(2, 9))


def errors_of(octets: bytes, file: str = "bad.csv") -> list[dict[str, object]]:
    """What the error file of a file of pick requests says, read again."""
    out = io.BytesIO()
    write_error_file(layout("error_file"), OURS, read(octets, layout("pick_request")), file, out)
    events = read_all(out.getvalue(), layout("error_file"))
    assert end_of(events).accepted
    return [dict(row) for row in rows_of(events)]


def test_each_wrong_cell_is_a_row_with_place_value_reason_and_the_whole_record() -> None:
    octets = sample("pick_request").replace(b",02134,", b",2134,", 1).replace(b",6,EA", b",six,EA", 1)

    first, second = errors_of(octets)

    about = {"file": "bad.csv", "type": "pick_request", "sender": "layer", "sequence": 17, "row": 1, "line": 3}
    assert first.items() >= {**about, "column": "ship_postal_code", "value": "2134", "code": "lost_zero"}.items()
    assert second.items() >= {**about, "column": "qty_ordered", "value": "six", "code": "number"}.items()
    assert str(second["reason"]).startswith('is "six", but must be a quantity above 0 with at most 3 decimals')
    assert str(first["record"]).startswith("A,FF-7K3F-000001,1,regional")
    assert str(first["record"]).endswith(',six,EA,"Deliver to gate 2\\nRing twice",')


def test_what_is_wrong_with_the_file_is_a_row_without_row_number() -> None:
    (row,) = errors_of(sample("pick_request").rpartition(b"TRL")[0])

    assert "row" not in row
    assert row["code"] == "trailer_record"


def test_a_file_that_is_not_even_a_pick_request_gets_an_error_file() -> None:
    (row,) = errors_of(b"\x89PNG\r\n\x1a\n\x00\x00", "holiday\x1b[2J.png")

    assert row["code"] == "not_csv"
    assert row["file"] == "holiday\\x1b[2J.png"
    assert "sender" not in row


def test_nothing_that_stood_in_the_bad_file_can_do_harm_in_the_error_file() -> None:
    octets = sample("pick_request").replace(b"Ada Byrne", b"=cmd|'/C calc'!A0\x1b[2J\x00\xff", 1)
    out = io.BytesIO()

    write_error_file(layout("error_file"), OURS, read(octets, layout("pick_request")), "bad.csv", out)

    assert b"\x1b" not in out.getvalue()
    assert b"\x00" not in out.getvalue()
    assert b",'=cmd|'/C calc'!A0\\x1b[2J\\x00\\xff," in out.getvalue()


def test_a_file_without_mistakes_has_no_rows_in_its_error_file() -> None:
    assert errors_of(sample("pick_request")) == []


def test_long_texts_are_cut() -> None:
    octets = sample("pick_request").replace(b"Ada Byrne", b"x" * 60_000, 1)

    (row,) = errors_of(octets)

    assert len(str(row["value"])) == 201
    assert len(str(row["record"])) == 2001


def test_the_good_rows_live_on_beside_the_error_file() -> None:
    octets = sample("pick_request").replace(b",6,EA", b",six,EA", 1)
    events = list(read(octets, layout("pick_request")))

    count = write_error_file(layout("error_file"), OURS, events, "bad.csv", io.BytesIO())

    assert count == 1
    assert len([event for event in events if isinstance(event, Row)]) == len(rows("pick_request")) - 1

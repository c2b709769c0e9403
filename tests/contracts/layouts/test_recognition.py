"""Which layout a file is of, and what its name says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crossdock.contracts.layouts import FileHeading, file_name, heading_in, layout, layouts, recognise
from crossdock.contracts.layouts.defect import CellError
from crossdock.tests.contracts.layouts.samples import LAYOUTS, PARTNER, at, heading, partner_sample, sample
from crossdock.tests.contracts.layouts.small import PLAIN, changed, made


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_file_is_recognised_by_its_header_record_whatever_it_is_called(name: str) -> None:
    assert recognise(sample(name), "x.txt").name == name


def test_a_partners_file_is_recognised_among_their_layouts() -> None:
    dialect = layout(str(PARTNER))

    assert recognise(partner_sample(), "x", [*layouts(), dialect]) is dialect


def test_a_file_without_header_record_is_recognised_by_its_column_names(tmp_path: Path) -> None:
    plain = made(tmp_path, PLAIN, "plain")

    assert recognise(b"\xef\xbb\xbfsku,qty,note\r\nA,1,x\r\n", "x", [*layouts(), plain]) is plain


def test_a_file_without_any_names_is_recognised_by_what_it_is_called(tmp_path: Path) -> None:
    bare = changed(tmp_path, PLAIN, "column_names: {row: absent}\nfile_name: 'plain_{created}.csv'\n")

    assert recognise(b"A,1,x\r\n", "plain_20260302_080000.csv", [*layouts(), bare]) is bare


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (b"", "there is nothing in the file"),
        (b"PK\x03\x04", "is a ZIP archive or an Excel workbook"),
        (
            b"HDR,ship_notice,a,b,1,2026-03-02T08:00:00Z,1\r\n",
            'begins with "HDR,ship_notice,a,b,1,2026-03-02T08:00:00Z,1"',
        ),
        (b"\x00\x01\x02\x03\xff" * 9, "begins with"),
        (b'"' * 5000, "begins with"),
    ],
)
def test_a_file_of_no_layout_is_answered_with_what_it_begins_with(octets: bytes, said: str) -> None:
    with pytest.raises(LookupError, match=re.escape(said)) as refused:
        recognise(octets, "x.csv")

    assert len(str(refused.value)) < 600
    assert "\x00" not in str(refused.value)


def test_a_file_that_fits_two_layouts_is_asked_about(tmp_path: Path) -> None:
    first, second = made(tmp_path, PLAIN, "first"), made(tmp_path, PLAIN.replace("plain", "other"), "second")

    with pytest.raises(LookupError, match="fits more than one layout, plain and other: say which with --layout"):
        recognise(b"sku,qty,note\r\n", "x", [first, second])


def test_a_name_is_made_of_the_heading_and_says_it_again() -> None:
    of = layout("pick_request")

    name = file_name(of, heading(of))

    assert name == "pick_request_layer_20260302_170000_000017.csv"
    assert heading_in(of, name) == FileHeading(sender="layer", sequence=17, created=at(2, 17))


@pytest.mark.parametrize(
    "name",
    [
        "ship_confirm_layer_20260302_170000_000017.csv",
        "pick_request_layer_20260302_170000_000017.csv.partial",
        "pick_request_layer_20261302_170000_000017.csv",
        "pick_request_20260302_170000_17.csv",
        "",
    ],
)
def test_another_name_says_nothing(name: str) -> None:
    assert heading_in(layout("pick_request"), name) is None


def test_a_sender_may_have_underscores_in_its_name() -> None:
    of = layout("pick_request")
    said = FileHeading(sender="our_layer_2", sequence=1234567, created=at(2, 17))

    assert heading_in(of, file_name(of, said)) == said


def test_a_name_can_not_be_made_without_what_it_says() -> None:
    with pytest.raises(CellError, match="sequence is missing, and the file's name says it"):
        file_name(layout("tracking"), FileHeading(sender="regional", created=at(2, 17)))

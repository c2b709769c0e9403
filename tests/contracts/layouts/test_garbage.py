"""Garbage: whatever comes, reading ends with End, says what is wrong, and never raises."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from crossdock.contracts.layouts import FileHeading, layout, octets, read, recognise, write_error_file
from crossdock.contracts.layouts.defect import CODES
from crossdock.tests.contracts.layouts.samples import LAYOUTS, PARTNER, at, sample
from crossdock.tests.contracts.layouts.small import codes_of, defects_of, end_of, read_all

OURS = FileHeading(sender="regional", receiver="layer", sequence=3, created=at(2, 9))
# What means something to somebody, put together without any sense.
WORDS = [
    *[
        '"',
        ",",
        ";",
        "\r",
        "\n",
        "\r\n",
        '""',
        "'",
        "\x00",
        "\ufeff",
        "=",
        "HDR",
        "TRL",
        "pick_request",
        "A",
        "1E5",
        " ",
    ],
    *["2026-03-02", "-1", "0", "9" * 30, "\u2028", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")],
]
garbage = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=60).map(
    lambda words: "".join(words).encode("utf-8", "surrogatepass")
)
HEADERS = {name: sample(name).split(b"\r\n", 2) for name in LAYOUTS}


def must_end(octets: bytes, name: str) -> None:
    """Reading ends, everything that is wrong has a known code and a place, and can be told to the partner."""
    of = layout(name)
    events = read_all(octets, of)
    defects = defects_of(events)
    assert set(codes_of(events)) <= set(CODES)
    assert all(len(str(defect)) < 1000 for defect in defects)
    assert all(str(defect).isprintable() or "\u00a0" in str(defect) for defect in defects)
    assert end_of(events).accepted or defects
    write_error_file(layout("error_file"), OURS, events, "x.csv", io.BytesIO())


@given(st.binary(max_size=200) | garbage, st.sampled_from(LAYOUTS))
def test_garbage_is_read_to_its_end(octets: bytes, name: str) -> None:
    must_end(octets, name)
    with pytest.raises(LookupError):
        recognise(octets, "x.csv")


@given(st.binary(max_size=200) | garbage, st.sampled_from(LAYOUTS))
def test_garbage_after_a_good_beginning_is_read_to_its_end(octets: bytes, name: str) -> None:
    header, names, _ = HEADERS[name]
    must_end(header + b"\r\n" + octets, name)
    must_end(header + b"\r\n" + names + b"\r\n" + octets, name)


@given(garbage)
def test_garbage_in_the_partners_dialect_is_read_to_its_end(octets: bytes) -> None:
    must_end("KOPF;VERSAND;regional;000017;02.03.2026 18:00\n".encode("cp1252") + octets, str(PARTNER))


@settings(max_examples=60)
@given(st.integers(64, 300), garbage, st.sampled_from(LAYOUTS))
def test_it_makes_no_difference_in_which_pieces_a_file_comes(size: int, middle: bytes, name: str) -> None:
    of = layout(name)
    whole = sample(name)
    place = len(whole) // 2
    whole = whole[:place] + middle + whole[place:]
    before, octets.PIECE = octets.PIECE, size
    try:
        *in_pieces, end = read_all(whole, of)
    finally:
        octets.PIECE = before
    *at_once, expected = read_all(whole, of)

    assert in_pieces == at_once
    # How much of a hopeless file was read is a matter of its pieces.
    assert replace(end_of([end]), octets=0) == replace(end_of([expected]), octets=0)


@pytest.mark.parametrize("name", ["pick_request", "ship_confirm"])
def test_thousands_of_unbalanced_quotes_cost_their_lines_and_no_more(name: str) -> None:
    header, names, _ = HEADERS[name]
    lines = b"".join(b'x,"y\r\n' if number % 3 else b"x,y\r\n" for number in range(20_000))

    end = end_of(list(read(header + b"\r\n" + names + b"\r\n" + lines, layout(name))))

    assert (end.rows, end.file_errors) == (0, 1)
    assert end.rejected == 20_000

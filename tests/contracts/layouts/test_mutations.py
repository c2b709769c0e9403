"""A file that was changed in one place on its way: it is found out, or it says what it said before."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.contracts.layouts import Event, FileHeading, Header, Layout, Row, Value, layout
from crossdock.contracts.layouts.definition import TrailerRecord
from crossdock.contracts.layouts.writer import to_octets
from crossdock.tests.contracts.layouts.samples import (
    LAYOUTS,
    PARTNER,
    heading,
    partner_rows,
    partner_sample,
    rows,
    sample,
)
from crossdock.tests.contracts.layouts.small import defects_of, end_of, read_all

Said = tuple[FileHeading | None, list[dict[str, Value]]]
POSITION = st.floats(0, 1, exclude_max=True)
SUMMED = [name for name in LAYOUTS if "quantity_sum" in getattr(layout(name).trailer_record, "fields", ())]


def said(events: list[Event]) -> Said:
    """The data of a file: what its header says, and its rows."""
    headings = [event.heading for event in events if isinstance(event, Header)]
    return headings[0] if headings else None, [event.as_dict() for event in events if isinstance(event, Row)]


def found_out(events: list[Event]) -> bool:
    return bool(defects_of(events))


def checksummed(name: str) -> tuple[Layout, bytes]:
    """The sample of a layout whose trailer has a checksum beside its totals."""
    of = layout(name)
    record = of.trailer_record
    assert record is not None
    trailer = TrailerRecord(
        fields=(*record.fields, "checksum"), quantity_sum=record.quantity_sum, hash_total=record.hash_total
    )
    of = msgspec.structs.replace(of, trailer_record=trailer)
    return of, to_octets(of, heading(of), rows(name))


def at(octets: bytes, position: float) -> int:
    return int(position * len(octets))


@pytest.mark.parametrize("name", LAYOUTS)
def test_with_a_checksum_any_changed_byte_is_found_out_or_changes_nothing(name: str) -> None:
    of, octets = checksummed(name)
    before = said(read_all(octets, of))

    @settings(max_examples=100)
    @given(POSITION, st.binary(max_size=2), st.integers(0, 2))
    def check(position: float, put: bytes, taken: int) -> None:
        place = at(octets, position)
        changed = octets[:place] + put + octets[place + taken :]
        events = read_all(changed, of)
        assert found_out(events) or said(events) == before, changed

    check()


@pytest.mark.parametrize("name", [*LAYOUTS, PARTNER.stem])
def test_a_file_that_is_cut_off_anywhere_is_found_out_unless_only_its_last_line_end_is_gone(name: str) -> None:
    of, octets = (layout(str(PARTNER)), partner_sample()) if name == PARTNER.stem else (layout(name), sample(name))
    for length in range(len(octets) - 2):
        assert found_out(read_all(octets[:length], of)), octets[:length]
    for length in (len(octets) - 2, len(octets) - 1):
        events = read_all(octets[:length], of)
        assert found_out(events) or said(events) == said(read_all(octets, of))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_record_that_was_lost_doubled_or_moved_away_is_found_out(name: str) -> None:
    of = layout(name)
    values = rows(name)
    lines = [to_octets(of, heading(of), values[:count]) for count in range(len(values) + 1)]
    trailer = sample(name)[sample(name).rindex(b"TRL") :]
    parts = [line[: line.rindex(b"TRL")] for line in lines]
    single = [after[len(before) :] for before, after in pairwise(parts)]

    for place, record in enumerate(single):
        without = parts[0] + b"".join(single[:place] + single[place + 1 :]) + trailer
        doubled = parts[0] + b"".join([*single[: place + 1], record, *single[place + 1 :]]) + trailer
        assert found_out(read_all(without, of))
        assert found_out(read_all(doubled, of))
    swapped = b"".join([parts[0], *reversed(single), trailer])
    assert sorted(map(str, said(read_all(swapped, of))[1])) == sorted(map(str, said(read_all(sample(name), of))[1]))


@pytest.mark.parametrize("name", SUMMED)
def test_a_quantity_that_was_changed_is_found_out(name: str) -> None:
    of, octets, values = layout(name), sample(name), rows(name)
    record = of.trailer_record
    assert record is not None
    trailer = octets[octets.rindex(b"TRL") :]
    for place, row in enumerate(values):
        if (quantity := row.get(record.quantity_sum)) is not None:
            assert isinstance(quantity, Decimal)
            more = [*values[:place], row | {record.quantity_sum: quantity + 1}, *values[place + 1 :]]
            changed = to_octets(of, heading(of), more)
            assert found_out(read_all(changed[: changed.rindex(b"TRL")] + trailer, of))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_digit_of_what_is_hashed_that_was_changed_is_found_out(name: str) -> None:
    of = layout(name)
    record = of.trailer_record
    assert record is not None
    octets = sample(name)
    place = of.place(record.hash_total)
    start = octets.index(b"\r\n", octets.index(b"\r\n") + 2) + 2
    cells = octets[start:].split(b",")[:place]
    cell = start + sum(len(before) + 1 for before in cells)
    end = octets.index(b",", cell)
    for spot in range(cell, end):
        if octets[spot : spot + 1].isdigit():
            other = b"1" if octets[spot : spot + 1] != b"1" else b"2"
            assert found_out(read_all(octets[:spot] + other + octets[spot + 1 :], of))


@pytest.mark.parametrize("name", LAYOUTS)
def test_without_a_checksum_a_changed_byte_changes_one_cell_at_most_or_is_found_out(name: str) -> None:
    of = layout(name)
    octets = sample(name)
    heading_before, rows_before = said(read_all(octets, of))

    @settings(max_examples=120)
    @given(POSITION, st.binary(min_size=1, max_size=1))
    def check(position: float, put: bytes) -> None:
        place = at(octets, position)
        events = read_all(octets[:place] + put + octets[place + 1 :], of)
        heading_after, rows_after = said(events)
        if found_out(events):
            return
        assert len(rows_after) == len(rows_before)
        differences = sum(
            before[column] != after[column]
            for before, after in zip(rows_before, rows_after, strict=True)
            for column in before
        )
        assert differences + (heading_before != heading_after) <= 1

    check()


def test_a_delimiter_too_many_or_too_few_in_the_partners_file_is_found_out() -> None:
    of, octets = layout(str(PARTNER)), partner_sample()
    places = [place for place, octet in enumerate(octets) if octet == ord(";")]
    before = said(read_all(octets, of))

    for place in places:
        without = read_all(octets[:place] + octets[place + 1 :], of)
        doubled = read_all(octets[:place] + b";" + octets[place:], of)
        assert found_out(without)
        assert found_out(doubled) or said(doubled) == before
    assert len(partner_rows()) == len(before[1])
    assert end_of(read_all(octets, of)).accepted

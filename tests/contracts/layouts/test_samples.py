"""The samples in docs/reference/samples/csv are what the code makes, and read as what they were made from.

After a change that is meant: UPDATE_GOLDEN=1 python -m pytest tests/contracts/layouts/test_samples.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crossdock.contracts.layouts import End, Layout, Row, Value, file_name, heading_in, layout, layouts, read
from crossdock.tests.contracts.layouts.samples import (
    FOLDER,
    LAYOUTS,
    PARTNER,
    Rows,
    heading,
    partner_rows,
    partner_sample,
    rows,
    sample,
)


def made(name: str) -> tuple[Layout, bytes, Rows]:
    if name == PARTNER.stem:
        return layout(str(PARTNER)), partner_sample(), partner_rows()
    return layout(name), sample(name), rows(name)


def without_empty(row: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in row.items() if value is not None}


def path_of(of: Layout) -> Path:
    return FOLDER / file_name(of, heading(of))


ALL = (*LAYOUTS, PARTNER.stem)


@pytest.mark.parametrize("name", ALL)
def test_a_sample_is_what_the_code_writes(name: str) -> None:
    of, octets, _ = made(name)
    path = path_of(of)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(octets)

    assert path.read_bytes() == octets, f"{path.name} has changed. If that is meant: UPDATE_GOLDEN=1, then read it."


@pytest.mark.parametrize("name", ALL)
def test_a_sample_reads_as_what_it_was_made_from(name: str) -> None:
    of, octets, values = made(name)

    *events, end = read(octets, of)

    assert isinstance(end, End)
    assert end.accepted
    found = [event.as_dict() for event in events if isinstance(event, Row)]
    assert [without_empty(row) for row in found] == [without_empty(row) for row in values]


@pytest.mark.parametrize("name", ALL)
def test_the_name_of_a_sample_says_what_its_header_says(name: str) -> None:
    of, _, _ = made(name)
    said = heading_in(of, path_of(of).name)

    assert said is not None
    assert said.sequence == heading(of).sequence
    assert said.created == heading(of).created


def test_every_layout_has_a_sample_and_no_sample_is_left_over() -> None:
    wanted = {path_of(made(name)[0]).name for name in ALL} | {PARTNER.name}

    assert {path.name for path in FOLDER.iterdir()} == wanted
    assert set(LAYOUTS) == {of.name for of in layouts()}

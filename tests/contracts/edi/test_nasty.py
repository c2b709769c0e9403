"""Nasty files come to a clear end: no exception, no hang, nothing accepted that is not right.

After a change that is meant, write them again: UPDATE_GOLDEN=1 python -m pytest tests/contracts/edi/test_nasty.py
"""

from __future__ import annotations

import os

import pytest

from crossdock.contracts.edi import GroupEnd, InterchangeEnd, Junk, TransactionSet, acknowledge, acknowledge_interchange
from crossdock.contracts.edi.explanation import explained
from crossdock.tests.contracts.edi.messages import events
from crossdock.tests.contracts.edi.nasty import CORPUS, NASTY


def outcome(octets: bytes) -> str:
    """In the words of NASTY."""
    found = events(octets)
    ends = [event.result for event in found if isinstance(event, InterchangeEnd)]
    if any(isinstance(event, Junk) for event in found):
        return " ".join(["junk", *(end.code for end in ends)])
    if not found:
        return "nothing"
    if all(end.code == "A" for end in ends):
        if any(event.result.code == "R" for event in found if isinstance(event, TransactionSet)):
            return "A with errors in sets"
        if any(event.result.code == "R" for event in found if isinstance(event, GroupEnd)):
            return "A with errors in groups"
    return ", ".join(f"{end.code} {end.note}" for end in ends)


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_file_comes_to_the_end_that_is_meant(name: str) -> None:
    octets, meant = NASTY[name]
    path = CORPUS / f"{name}.x12"
    if "UPDATE_GOLDEN" in os.environ:
        path.write_bytes(octets)

    assert path.read_bytes() == octets, "the file and what makes it differ: UPDATE_GOLDEN=1"
    assert outcome(octets) == meant


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_file_can_be_explained_and_answered(name: str) -> None:
    octets, _ = NASTY[name]
    found = events(octets)

    assert all(line.isprintable() for line in explained(iter(found)))
    for event in found:
        if isinstance(event, GroupEnd) and event.result.control_number.isdecimal():
            assert acknowledge(event.result)[-1][1] in ("A", "E", "P", "R")
        if isinstance(event, InterchangeEnd) and event.result.control_number.isdecimal():
            assert acknowledge_interchange(event.result)[4] == event.result.code


def test_no_file_of_the_corpus_is_left_over() -> None:
    assert {path.stem for path in CORPUS.iterdir()} == set(NASTY)

"""Whatever comes: reading ends, says so, and never takes a change for nothing."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.contracts.edi import (
    GroupEnd,
    InterchangeEnd,
    Junk,
    Limits,
    TransactionSet,
    collect,
    read,
    standard_guides,
    write,
)
from crossdock.contracts.edi.explanation import explained
from crossdock.contracts.edi.outline import outlined
from crossdock.tests.contracts.edi.generated import interchange
from crossdock.tests.contracts.edi.messages import ORDER, events

GUIDES = standard_guides()
TIGHT = Limits(segment_characters=500, set_segments=200, set_errors=50)


def is_accepted(octets: bytes) -> bool:
    """Whether all of a file is accepted."""
    found = events(octets)
    verdicts = [one.result.code for one in found if isinstance(one, (TransactionSet, GroupEnd, InterchangeEnd))]
    return bool(verdicts) and set(verdicts) == {"A"} and not any(isinstance(one, Junk) for one in found)


@given(st.integers(0, 1_000_000))
def test_a_generated_interchange_is_accepted_and_written_again_as_it_was(seed: int) -> None:
    octets = write(interchange(seed), GUIDES)
    (again,) = collect(read(octets, GUIDES))

    assert is_accepted(octets)
    assert write(again, GUIDES) == octets


@given(st.binary(max_size=3_000))
def test_garbage_comes_to_an_end(octets: bytes) -> None:
    found = list(read(octets, GUIDES, TIGHT))

    assert not any(isinstance(one, TransactionSet) for one in found)
    assert all(line.isprintable() for line in (*outlined(iter(found)), *explained(iter(found))))


HEAD = ORDER[:106].encode()
PIECES = st.sampled_from(
    [b"~", b"*", b">", b"\n", b"ISA", b"GS*", b"ST*940*0001~", b"SE*2*0001~", b"GE*1*55~", b"IEA*1*000000101~", HEAD]
    + [f"{line}\n".encode() for line in ORDER.splitlines()]
)


@given(st.lists(st.one_of(PIECES, st.binary(max_size=20)), max_size=40))
def test_pieces_of_interchanges_in_any_order_come_to_an_end(pieces: list[bytes]) -> None:
    found = list(read(b"".join(pieces), GUIDES, TIGHT))

    starts = sum(type(one).__name__ == "InterchangeStart" for one in found)
    assert starts == sum(isinstance(one, InterchangeEnd) for one in found)
    assert all(line.isprintable() for line in (*outlined(iter(found)), *explained(iter(found))))


def mutated(octets: bytes, chance: random.Random) -> bytes:
    """One octet changed, left out, doubled or put in, or the end cut off."""
    at = chance.randrange(len(octets))
    kind = chance.randrange(5)
    changed = bytes([chance.choice(b"AZaz09*~>|:. \n\x00\xff")])
    return (
        octets[:at] + changed + octets[at + 1 :],
        octets[:at] + octets[at + 1 :],
        octets[:at] + octets[at : at + 1] * 2 + octets[at + 1 :],
        octets[:at] + changed + octets[at:],
        octets[:at],
    )[kind]


@settings(max_examples=400)
@given(st.integers(0, 200), st.integers(0, 1_000_000))
def test_a_changed_interchange_is_refused_or_says_exactly_what_it_then_says(seed: int, change: int) -> None:
    octets = mutated(write(interchange(seed), GUIDES), random.Random(change))
    if not is_accepted(octets):
        return
    # Still right, so other data of the same form: what is written of it is what stands there, blanks between aside.
    again = b"".join(write(one, GUIDES) for one in collect(read(octets, GUIDES)))
    (line_break,) = {one.header.separators.line_break for one in collect(read(octets, GUIDES))}
    terminator = octets[105:106]

    def bare(text: bytes) -> bytes:
        parts = (part.lstrip(b" \t\r\n").rstrip(b"\r\n") for part in text.split(terminator))
        return b"".join(part + terminator for part in parts if part)

    assert bare(again) == bare(octets), line_break


@given(st.integers(0, 200), st.lists(st.integers(1, 200), min_size=1, max_size=30))
def test_where_the_file_is_cut_into_chunks_makes_no_difference(seed: int, sizes: list[int]) -> None:
    octets = write(interchange(seed), GUIDES)
    chunks, at = [], 0
    for size in sizes:
        chunks.append(octets[at : at + size])
        at += size
    chunks.append(octets[at:])

    whole, pieced = list(read(octets, GUIDES)), list(read(iter(chunks), GUIDES))

    assert [type(one) for one in whole] == [type(one) for one in pieced]
    assert [one.segments for one in whole if isinstance(one, TransactionSet)] == [
        one.segments for one in pieced if isinstance(one, TransactionSet)
    ]

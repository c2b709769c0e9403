"""An index against the plainest thing that does the same: a look at every record."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.simulators.index import Places

COLOURS = ("red", "green", None)


class Crate(msgspec.Struct, frozen=True):
    colour: str | None


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 7), st.sampled_from(COLOURS)), max_size=40))
def test_an_index_finds_what_a_look_at_every_record_finds(changes: list[tuple[int, str | None]]) -> None:
    records: list[Crate] = []
    index = Places(lambda crate: crate.colour)
    for place, colour in changes:
        crate = Crate(colour)
        if place >= len(records):
            index.add(len(records), crate)
            records.append(crate)
        else:
            index.move(place, records[place], crate)
            records[place] = crate

    found = {colour: list(index.places(colour)) for colour in COLOURS}

    looked = {
        colour: [place for place, crate in enumerate(records) if colour is not None and crate.colour == colour]
        for colour in COLOURS
    }
    assert found == looked
    assert len(index) == sum(1 for places in looked.values() if places), "a value without records stays"

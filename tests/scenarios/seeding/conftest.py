"""A world that nothing has happened in yet, with every party that there is."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import PARTIES, World

Worlds = Callable[..., World]


@pytest.fixture
def new_world() -> Iterator[Worlds]:
    """`new_world()` has all parties, `new_world({"crm": "crm"})` those."""
    made = []

    def new(cast: Mapping[str, str] = PARTIES) -> World:
        made.append(World("seeded", ManualClock(), Ids("T1", 1), cast=cast))
        return made[-1]

    yield new
    for world in made:
        assert world.errors == [], "the simulator made mistakes"

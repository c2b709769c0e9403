"""A world that is kept, left, and taken up again by another process as it were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.keeping.keeper import Keeper
from crossdock.simulators.keeping.position import Cast
from crossdock.simulators.keeping.restoring import cast_of, deliver_owed, position_of, put_cast, restore
from crossdock.simulators.keeping.state_file import StateFile
from crossdock.simulators.world import PARTIES, World
from crossdock.tests.simulators.transitions import watched


@pytest.fixture(autouse=True)
def steps() -> Iterator[list[str]]:
    """The same as for all simulators, but that a world which is taken up again has everything as it was left."""
    with watched() as wrong:
        yield wrong
    assert [step for step in wrong if " began as " not in step] == []


@dataclass
class Life:
    """A world as one process has it. `soon` is what is to be called in the next turn of its loop."""

    world: World
    file: StateFile
    keeper: Keeper
    clock: ManualClock
    soon: list[Callable[[], None]] = field(default_factory=list)

    def turn(self) -> None:
        """What is due in the next turn of the loop."""
        calls, self.soon[:] = self.soon[:], []
        for call in calls:
            call()


@dataclass
class Kept:
    """One state file, and whoever has it open now."""

    path: Path
    life: Life | None = None

    def begin(self) -> Life:
        """Start, or start again. What the last one did not write is lost, as with `kill -9`."""
        if self.life is not None:
            self.life.file.close()
        file = StateFile(self.path)
        cast = cast_of(file) or Cast(mark="T1", seed=1, channels=dict.fromkeys(PARTIES, "rest"), starts=0)
        put_cast(file, Cast(mark=cast.mark, seed=cast.seed, channels=cast.channels, starts=cast.starts + 1))
        position = position_of(file)
        clock = ManualClock(position.now) if position else ManualClock()
        world = World("kept", clock, Ids(cast.mark, cast.seed), cast=PARTIES)
        restore(world, file, cast.starts + 1)
        soon: list[Callable[[], None]] = []
        keeper = Keeper(world, file, soon.append)
        deliver_owed(world, file)
        if position is None:
            keeper.keep_all()
        self.life = Life(world, file, keeper, clock, soon)
        return self.life


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path / "state.sqlite")
    yield made
    if made.life is not None:
        assert made.life.world.errors == [], "the simulator made mistakes"
        made.life.file.close()

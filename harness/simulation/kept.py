"""The state file of a simulation: what is in it decides what is simulated, and everything that happens goes into it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from ...simulators.channels.http.exchange import App
from ...simulators.host import QUEUE, REST, Host
from ...simulators.keeping.keeper import Keeper
from ...simulators.keeping.kept_app import KeptApp
from ...simulators.keeping.position import Cast, Position
from ...simulators.keeping.restoring import (
    cast_of,
    deliver_owed,
    numbers_of,
    position_of,
    put_cast,
    restore,
    storage_of,
)
from ...simulators.keeping.state_file import StateFile
from ...simulators.keeping.storage import KeptStorage
from ...simulators.world import World
from .order import USUAL_SEED, Order, SimulationError


class Kept:
    """A state file, opened for an order. `is_new` says that nothing was in it.

    Raises: StateFileError; SimulationError when the file's world is another than the one that is asked for.
    """

    def __init__(self, path: Path, order: Order, channels: Mapping[str, str], mark: str) -> None:
        self.file = StateFile(path)
        try:
            known = cast_of(self.file)
            if known is not None:
                _agree(path, known, order)
            self.is_new = known is None
            cast = known or Cast(mark=mark, seed=order.seed or USUAL_SEED, channels=dict(channels), starts=0)
            self.cast = Cast(mark=cast.mark, seed=cast.seed, channels=cast.channels, starts=cast.starts + 1)
            put_cast(self.file, self.cast)
        except BaseException:
            self.file.close()
            raise
        self._begun = not self.is_new
        self._keeper: Keeper | None = None
        self._storages: dict[str, KeptStorage] = {}

    @property
    def position(self) -> Position | None:
        """Where the world stood when it was left; None for a new one."""
        return position_of(self.file)

    def take_up(self, world: World) -> None:
        """Make the world what it was, and keep whatever happens from now on."""
        restore(world, self.file, self.cast.starts)
        self._keeper = Keeper(world, self.file, asyncio.get_running_loop().call_soon)
        self._storages = {
            name: storage_of(self.file, name, int(world.clock.now().timestamp()))
            for name, channel in self.cast.channels.items()
            if channel not in (REST, QUEUE)
        }

    @property
    def storages(self) -> Mapping[str, KeptStorage]:
        """Party → where its files lie."""
        return self._storages

    def around(self, app: App, world: World) -> App:
        """The app, made to answer only once what it did is kept."""
        assert self._keeper is not None, "the world is taken up first"
        return KeptApp(app, self._keeper.flush, world.errors.append)

    def go_on(self, host: Host) -> None:
        """Number on where the files stopped, and deliver what was still owed. Whoever is told has subscribed."""
        assert self._keeper is not None, "the world is taken up first"
        for name, site in host.file_sites.items():
            form = site.channel.format
            if numbers := numbers_of(self.file, name):
                form.go_on(numbers)
            self._keeper.keep_mailbox(name, self._storages[name], form)
        deliver_owed(host.world, self.file)

    def keep_all(self) -> None:
        """Write what the world begins with."""
        assert self._keeper is not None, "the world is taken up first"
        self._keeper.keep_all()
        self._begun = True

    def close(self) -> None:
        """Have everything in the file, and let go of it. A new file goes again when its world never began: half of one
        would be taken for the whole at the next start.

        Raises: StateFileError when it can't be written.
        """
        try:
            if self._keeper is not None and self._begun:
                self._keeper.flush(even_so=True)
        finally:
            self.file.close()
            if not self._begun:
                self.file.path.unlink(missing_ok=True)


def _agree(path: Path, known: Cast, order: Order) -> None:
    """Raises: SimulationError."""
    if order.channels and dict(order.channels) != dict(known.channels):
        there = " ".join(name if channel == REST else f"{name}={channel}" for name, channel in known.channels.items())
        raise SimulationError(f"{path} keeps a world of {there}: name these, or none, or another file")
    if order.seed is not None and order.seed != known.seed:
        raise SimulationError(f"{path} keeps a world of the seed {known.seed}: leave --seed out, or name another file")

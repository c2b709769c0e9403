"""The layer's process over a run: ended by faults and by people, started again with all that it had, and missed when it
does not come back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from ..scenarios.layer import PARTY, Downtime
from ..simulators.world import World
from .layer_process import LayerProcess, TargetUnreachable
from .target import ConfigError

Launch = Callable[[Mapping[str, str]], Awaitable[LayerProcess]]
"""Starts the layer and waits until it is ready; with other addresses of some parties (party → URL) it need not get
ready. Raises: ConfigError, TargetUnreachable.
"""


class LayerLife:
    """`process` is the current one; `lost` says why it never came back, "" while it did."""

    def __init__(self, world: World, launch: Launch, process: LayerProcess) -> None:
        self._world = world
        self._launch = launch
        self._coming: asyncio.Task[None] | None = None
        self._moving = False
        self.process = process
        self.lost = ""

    @property
    def is_away(self) -> bool:
        return self._coming is not None or self._moving

    @property
    def is_alive(self) -> bool:
        """Whether it is there, or will be."""
        return self.is_away or (not self.lost and self.process.exit_code is None)

    def take_down(self, downtime: Downtime) -> None:
        """End it, and see to it that it comes back. Nothing when it is away or gone already."""
        if downtime.after_s:
            self._world.clock.after(downtime.after_s, lambda: self._end(downtime))
        else:
            self._end(downtime)

    async def readdress(self, addresses: Mapping[str, str]) -> None:
        """Stop it and start it again with other addresses of some parties (party → URL). When there are none, it has
        the true ones again and must get ready.
        """
        if self._coming is not None:
            await asyncio.gather(self._coming, return_exceptions=True)
        self._moving = True
        try:
            await self.process.stop()
            self.process = await self._launch(addresses)
            self._world.journal.append("note", PARTY, "run", "started-again")
        except (ConfigError, TargetUnreachable) as error:
            self.lost = str(error)
        finally:
            self._moving = False

    async def stop(self) -> None:
        """The run is over."""
        if self._coming is not None:
            self._coming.cancel()
            await asyncio.gather(self._coming, return_exceptions=True)
        await self.process.stop()

    def _end(self, downtime: Downtime) -> None:
        if self.is_away or not self.is_alive:
            return
        if not downtime.gently:
            self.process.kill()
        self._tell(downtime, reachable=False, signal="SIGTERM" if downtime.gently else "SIGKILL")
        self._coming = asyncio.get_running_loop().create_task(self._come_back(downtime))

    async def _come_back(self, downtime: Downtime) -> None:
        began = self._world.clock.wire()
        try:
            await self.process.stop()
            await asyncio.sleep(downtime.for_s)
            self.process = await self._launch({})
            self._tell(downtime, reachable=True, awayS=round(self._world.clock.wire() - began, 3))
        except (ConfigError, TargetUnreachable) as error:
            self.lost = str(error)
            self._tell(downtime, reachable=False, lost=self.lost)
        finally:
            self._coming = None

    def _tell(self, downtime: Downtime, **detail: object) -> None:
        self._world.journal.append("fault", PARTY, "run", downtime.cause, detail=detail)

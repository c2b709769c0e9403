"""Notices when the machine is too busy to serve anybody in time: then a layer may not have heard what was answered."""

from __future__ import annotations

import asyncio

from ...simulators.world import World
from .calls_seen import BUSY

LOOK_S = 0.1
LATE_S = 0.3


async def notice(world: World) -> None:
    """Write into the journal whenever our own loop comes round late. Runs until it is cancelled."""
    while True:
        began = world.clock.wire()
        await asyncio.sleep(LOOK_S)
        late_s = world.clock.wire() - began - LOOK_S
        if late_s > LATE_S:
            world.journal.append("note", "", "run", BUSY, detail={"lateS": round(late_s, 3)})

"""Waits for the spans of a wave that are still on their way."""

from __future__ import annotations

import asyncio

from ...simulators.clock import Clock
from .offered import Traces
from .testimony import Testimony

LOOK_S = 0.1


class Flush:
    """Once it has been waited for in vain it is not waited for again."""

    def __init__(self, clock: Clock, traces: Traces) -> None:
        self._clock, self._traces = clock, traces
        self._in_vain = False

    async def over(self, testimony: Testimony) -> None:
        """Return when each sampled call was told of, or the layer has had its time."""
        until = self._clock.wire() + (0.0 if self._in_vain else self._traces.flush_within_s)
        while testimony.spans is not None and testimony.spans.missing:
            if self._clock.wire() >= until:
                self._in_vain = True
                return
            await asyncio.sleep(LOOK_S)

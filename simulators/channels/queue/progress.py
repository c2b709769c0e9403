"""How far the reader of a partitioned log has come, looked up as long as somebody waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from .broker import BrokerError, Seen

LOOK_EVERY_S = 0.1


class Progress:
    """Tells `seen` of each stored offset once the reader is past it.

    `look` gives for each partition its number, the next offset of the reader, and the end.
    """

    def __init__(
        self, look: Callable[[], Awaitable[Iterable[tuple[int, int, int]]]], seen: Callable[[Seen], None]
    ) -> None:
        self._look = look
        self._seen = seen
        self._open: dict[int, list[int]] = {}
        self._looking: asyncio.Task[None] | None = None

    def stored(self, partition: int, offset: int) -> None:
        """Something was stored there, and its reader is waited for."""
        self._open.setdefault(partition, []).append(offset)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._wait())

    def end(self) -> None:
        if self._looking is not None:
            self._looking.cancel()

    async def _wait(self) -> None:
        while any(self._open.values()):
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                found = await self._look()
            except BrokerError:
                continue
            for partition, next_offset, _ in found:
                offsets = self._open.get(partition, [])
                self._open[partition] = [offset for offset in offsets if offset >= next_offset]
                for offset in sorted(offset for offset in offsets if offset < next_offset):
                    self._seen(Seen((partition, offset), acknowledged=True))

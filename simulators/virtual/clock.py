"""The clock of a world in virtual time."""

from __future__ import annotations

from ..clock import CompressedClock


class VirtualClock(CompressedClock):
    """Wire time is the time of a `VirtualLoop`. What a partner's own clock shows goes along with it, from the moment at
    which business begins: the machine's clock would make each run another.
    """

    def unix(self) -> float:
        return self._start.timestamp() + self.wire()

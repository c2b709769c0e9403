"""The ports to the outside: HTTP, files, and time with chance. The layer reaches the world through nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Unreachable(Exception):
    """No connection came about: the other side has certainly not seen the request."""


class TimedOut(Exception):
    """No whole answer came in time, or the connection broke: what was asked for may have happened."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Http(Protocol):
    """Sends one request and waits for its whole answer, at most for the time-out that the port was made with."""

    async def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Raises: Unreachable, TimedOut."""

    async def close(self) -> None:
        """Let go of connections; nothing is sent afterwards."""


class Files(Protocol):
    """The folders at a partner: what it has put there for us, and where we put what is for it."""

    async def names(self, partner: str) -> list[str]:
        """What lies there for us under its final name. Raises: Unreachable, TimedOut."""

    async def fetch(self, partner: str, name: str) -> bytes:
        """Raises: Unreachable, TimedOut."""

    async def finish(self, partner: str, name: str) -> None:
        """Put it into the archive: it was dealt with. Raises: Unreachable, TimedOut."""

    async def put(self, partner: str, name: str, content: bytes) -> None:
        """Under a temporary name first, so that nobody reads half of it. Raises: Unreachable, TimedOut (it may be
        there)."""

    async def close(self) -> None:
        """Let go of connections."""


class Timing(Protocol):
    """What the layer may know of time and chance."""

    def unix(self) -> float:
        """Seconds since the epoch, by the layer's own clock."""

    def monotonic(self) -> float:
        """Seconds since some fixed start; never steps back."""

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds."""

    def random(self) -> float:
        """A number in [0, 1), different every time."""

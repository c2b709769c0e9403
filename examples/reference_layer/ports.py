"""The ports to the outside: HTTP, files, queues, time with chance. The layer reaches the world through nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from .settings import Inlet


class Unreachable(Exception):
    """No connection came about: the other side has certainly not seen the request."""


class TimedOut(Exception):
    """No whole answer came in time, or the connection broke: what was asked for may have happened."""


class Response(msgspec.Struct, frozen=True, gc=False):
    """An answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    body: bytes = b""


class Http(Protocol):
    """Sends one request and waits for its whole answer, at most for the time-out that the port was made with."""

    async def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Raises: Unreachable, TimedOut."""

    async def close(self) -> None:
        """Let go of connections; nothing is sent afterwards."""


class Outlet(Protocol):
    """Where documents for partners go out."""

    async def put(self, partner: str, name: str, content: bytes) -> None:
        """Again under the same name is the same document. Raises: Unreachable, TimedOut (it may be there)."""


class Files(Outlet, Protocol):
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


class Received(Protocol):
    """A message in our hands; it comes again unless one of the two is called. Header names are in lower case."""

    headers: Mapping[str, str]
    body: bytes

    async def acknowledge(self) -> None:
        """Never hand it out again. Raises: TimedOut."""

    async def refuse(self, reason: str) -> None:
        """Have it set aside, out of the way of others. Raises: TimedOut."""


class Queues(Protocol):
    """A broker: the queues that we read, and addresses that we write to."""

    async def receive(self, inlet: Inlet) -> list[Received]:
        """What stands in a queue, at least once each; nothing after a short wait. Raises: Unreachable, TimedOut."""

    async def put(self, address: str, headers: Mapping[str, str], body: bytes) -> None:
        """Returns when the broker has stored it. Raises: Unreachable, TimedOut (it may be stored)."""

    async def close(self) -> None:
        """Let go of the connection."""


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

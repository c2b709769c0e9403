"""Runs the layer inside another program that lends it a network, a clock and chance: `start.app` in target.yaml.

What it is lent has `environment`, `log`, `request`, `sftp`, `unix` and `random`; how the ports are made of that is all
that differs from a process of its own. See docs/how-to/run-in-virtual-time.md.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol, TextIO, TypeVar

from .layer import Layer, Parts, build
from .ports import Http, Received, Response, TimedOut, Unreachable
from .settings import Inlet, Partner, Settings
from .sftp import ARCHIVE, OURS, THEIRS, UNFINISHED

T = TypeVar("T")


class Session(Protocol):
    """What is lent for files: a login at one partner. Methods raise OSError."""

    async def names(self, folder: str) -> list[str]: ...
    async def read(self, path: str) -> bytes: ...
    async def write(self, path: str, content: bytes) -> None: ...
    async def rename(self, old: str, new: str) -> None: ...
    def close(self) -> None: ...


class Lent(Protocol):
    """What the program around the layer lends it."""

    @property
    def environment(self) -> Mapping[str, str]: ...
    @property
    def log(self) -> TextIO: ...
    @property
    def unix(self) -> Callable[[], float]: ...
    @property
    def random(self) -> Callable[[], float]: ...
    async def request(
        self, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]: ...
    async def sftp(self, host: str, port: int, user: str, password: str) -> Session: ...


def app(
    lent: Lent,
    parts: Parts | None = None,
    around: Callable[[Http], Http] = lambda http: http,
    told: Callable[[Mapping[str, str]], Settings] = Settings.read,
) -> Layer:
    """The layer, with a database in memory. `around` makes of the HTTP port the one that it uses; `told` reads the
    settings from the environment. Raises: SettingsError.
    """
    settings = replace(told(lent.environment), database=":memory:")
    http, files = around(LentHttp(lent, settings.timeout_s)), LentFiles(lent, settings.partners, settings.timeout_s)
    return build(settings, http, files, NoBroker(), LentTiming(lent), parts, lent.log)


class LentHttp:
    """An `Http` port."""

    def __init__(self, lent: Lent, timeout_s: float) -> None:
        self._lent, self._timeout_s = lent, timeout_s

    async def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Raises: Unreachable, TimedOut."""
        try:
            async with asyncio.timeout(self._timeout_s):
                status, fields, content = await self._lent.request(method, url, headers.items(), body)
        except ConnectionRefusedError as error:
            raise Unreachable(str(error)) from error
        except OSError as error:  # TimeoutError is one
            raise TimedOut(f"{type(error).__name__} {error}".strip()) from error
        return Response(status, dict(fields), content)

    async def close(self) -> None:
        pass


class LentFiles:
    """A `Files` port: one session per partner, made again when it is lost."""

    def __init__(self, lent: Lent, partners: Mapping[str, Partner], timeout_s: float) -> None:
        self._lent, self._partners, self._timeout_s = lent, partners, timeout_s
        self._sessions: dict[str, Session] = {}
        self._locks = {name: asyncio.Lock() for name in partners}

    async def names(self, partner: str) -> list[str]:
        names = await self._with(partner, lambda session: session.names(OURS))
        return [name for name in names if not name.endswith(UNFINISHED)]

    async def fetch(self, partner: str, name: str) -> bytes:
        return await self._with(partner, lambda session: session.read(f"{OURS}/{name}"))

    async def finish(self, partner: str, name: str) -> None:
        await self._with(partner, lambda session: session.rename(f"{OURS}/{name}", f"{ARCHIVE}/{name}"))

    async def put(self, partner: str, name: str, content: bytes) -> None:
        async def written(session: Session) -> None:
            await session.write(f"{THEIRS}/{name}.tmp", content)
            await session.rename(f"{THEIRS}/{name}.tmp", f"{THEIRS}/{name}")

        await self._with(partner, written)

    async def close(self) -> None:
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()

    async def _with(self, partner: str, use: Callable[[Session], Awaitable[T]]) -> T:
        """Raises: Unreachable when no session came about, TimedOut when it was lost on the way."""
        async with self._locks[partner]:
            session = await self._logged_in(partner)
        try:
            async with asyncio.timeout(self._timeout_s):
                return await use(session)
        except OSError as error:
            self._forget(partner, session)
            raise TimedOut(f"{type(error).__name__} {error}".strip()) from error

    async def _logged_in(self, partner: str) -> Session:
        if partner not in self._sessions:
            known = self._partners[partner]
            try:
                async with asyncio.timeout(self._timeout_s):
                    session = await self._lent.sftp(known.host, known.port, known.user, known.password)
            except OSError as error:
                raise Unreachable(f"{type(error).__name__} {error}".strip()) from error
            self._sessions[partner] = session
        return self._sessions[partner]

    def _forget(self, partner: str, lost: Session) -> None:
        """Several may find out at the same time; what was logged in since stays."""
        if self._sessions.get(partner) is lost:
            del self._sessions[partner]
        lost.close()


class NoBroker:
    """A `Queues` port where none is lent."""

    async def receive(self, inlet: Inlet) -> list[Received]:
        raise Unreachable(f"{inlet.queue}: no broker is lent")

    async def put(self, address: str, headers: Mapping[str, str], body: bytes) -> None:
        raise Unreachable(f"{address}: no broker is lent")

    async def close(self) -> None:
        """There is no connection."""


class LentTiming:
    """A `Timing` port: the time of the event loop, which the program around it may let run as it likes."""

    def __init__(self, lent: Lent) -> None:
        self._lent = lent

    def unix(self) -> float:
        return self._lent.unix()

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def random(self) -> float:
        return self._lent.random()

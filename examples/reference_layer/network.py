"""The ports as a real process has them: aiohttp for HTTP, the machine's clock and chance."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from collections.abc import Mapping

import aiohttp

from .ports import Response, TimedOut, Unreachable


class AiohttpClient:
    """An `Http` port with one connection pool for all parties. `authority` is the PEM file of a certificate authority
    that is trusted in place of the system's, "" for none.
    """

    def __init__(self, timeout_s: float, authority: str = "") -> None:
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._tls = ssl.create_default_context(cafile=authority) if authority else True
        self._session: aiohttp.ClientSession | None = None  # can be made only where an event loop runs

    async def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        """Raises: Unreachable, TimedOut."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, ssl=self._tls)
            self._session = aiohttp.ClientSession(connector=connector, timeout=self._timeout)
        try:
            async with self._session.request(
                method, url, headers=headers, data=body or None, allow_redirects=False
            ) as answer:
                content = await answer.read()
                names = {name.lower(): value for name, value in answer.headers.items()}
                return Response(answer.status, names, content)
        except aiohttp.ClientConnectorError as error:
            raise Unreachable(str(error)) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TimedOut(f"{type(error).__name__} {error}".strip()) from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


class MachineTiming:
    """A `Timing` port that asks the machine."""

    def unix(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def random(self) -> float:
        return random.random()

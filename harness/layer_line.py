"""How the operations of a layer are asked over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..simulators.transport import NotDelivered

if TYPE_CHECKING:
    import aiohttp


class Line(Protocol):
    """Brings requests to a layer, on sockets or in this process."""

    async def ask(self, method: str, url: str, body: bytes, patience_s: float) -> tuple[int, bytes]:
        """Status and body of the answer; a `body` that is not empty is JSON.

        Raises: NotDelivered, definite when no connection came about.
        """

    async def close(self) -> None: ...


class HttpLine:
    """A `Line` on sockets; aiohttp is loaded only when something is asked."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, method: str, url: str, body: bytes, patience_s: float) -> tuple[int, bytes]:
        import aiohttp

        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        headers = {"content-type": "application/json"} if body else {}
        timeout = aiohttp.ClientTimeout(total=patience_s)
        try:
            async with self._session.request(
                method, url, data=body or None, headers=headers, timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except aiohttp.ClientConnectorError as error:
            raise NotDelivered(f"no connection: {error}", definite=True) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NotDelivered(no_answer(patience_s, error), definite=False) from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def no_answer(patience_s: float, error: Exception) -> str:
    """That no whole answer came, in words; why, where it was not the clock."""
    why = "" if isinstance(error, TimeoutError) else f": {type(error).__name__} {error}".rstrip()
    return f"no whole answer within {patience_s:g} s{why}"

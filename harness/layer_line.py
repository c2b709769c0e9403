"""How the operations of a layer are asked over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..simulators.transport import NotDelivered

if TYPE_CHECKING:
    import aiohttp


class Line(Protocol):
    """Brings requests to a layer, on sockets or in this process."""

    async def ask(self, method: str, url: str, body: bytes, patience_s: float, *, token: str = "") -> tuple[int, bytes]:
        """Status and body of the answer; a `body` that is not empty is JSON, a `token` that is not goes along.

        Raises: NotDelivered, definite when no connection came about.
        """

    async def close(self) -> None: ...


class HttpLine:
    """A `Line` on sockets; aiohttp is loaded only when something is asked."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, method: str, url: str, body: bytes, patience_s: float, *, token: str = "") -> tuple[int, bytes]:
        import aiohttp

        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        headers = dict(headers_of(body, token))
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


def headers_of(body: bytes, token: str) -> list[tuple[str, str]]:
    """What a request says of itself."""
    said = [("content-type", "application/json")] if body else []
    return [*said, ("authorization", f"Bearer {token}")] if token else said


def wanted(status: int) -> str:
    """What is wrong with an answer by its status, in words; "" when nothing is."""
    if 200 <= status < 300:
        return ""
    hint = "; the token that it wants belongs into target.yaml, operator.token" if status in (401, 403) else ""
    return f"expected 200, got {status}{hint}"


def no_answer(patience_s: float, error: Exception) -> str:
    """That no whole answer came, in words; why, where it was not the clock."""
    why = "" if isinstance(error, TimeoutError) else f": {type(error).__name__} {error}".rstrip()
    return f"no whole answer within {patience_s:g} s{why}"

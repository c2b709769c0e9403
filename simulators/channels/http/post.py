"""Webhook deliveries over HTTP, as a subscriber sees them: one connection pool, 1 s to connect, 5 s in all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from ...transport import NotDelivered

if TYPE_CHECKING:
    import aiohttp

CONNECT_S = 1.0
TOTAL_S = 5.0
# A subscriber that asks for a longer pause than this is not believed.
LONGEST_WAIT_S = 3600.0


class HttpPost:
    """Posts deliveries until it is closed; aiohttp is loaded only when the first one goes out."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, float | None]:
        """Raises: NotDelivered, definite when no connection came about."""
        import aiohttp

        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=TOTAL_S, connect=CONNECT_S)
            connector = aiohttp.TCPConnector(limit=0)
            jar = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(
                timeout=timeout, connector=connector, cookie_jar=jar, auto_decompress=False
            )
        try:
            async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as response:
                # The status counts; what follows is read only so that the connection can be used again.
                with suppress(aiohttp.ClientError, TimeoutError):
                    await response.content.read(65_536)
                return response.status, retry_after_s(response.headers.get("Retry-After"))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotDelivered(f"no connection to {url}: {error}", definite=True) from error
        except TimeoutError as error:
            raise NotDelivered(f"no answer from {url} within {TOTAL_S:g} s", definite=False) from error
        except (aiohttp.ClientError, OSError) as error:
            raise NotDelivered(f"{url} broke off: {type(error).__name__} {error}", definite=False) from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def retry_after_s(retry_after: str | None) -> float | None:
    """Retry-After as delta-seconds; the date form is as good as absent here, the usual backoff serves."""
    if retry_after is None or not (retry_after.isascii() and retry_after.isdigit()):
        return None
    return min(float(retry_after), LONGEST_WAIT_S)

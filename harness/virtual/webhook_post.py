"""Webhooks on their way to an app in the same process, with the time-outs that they have on a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from ...simulators.channels.http.post import TOTAL_S, retry_after_s
from ...simulators.transport import NotDelivered
from ...simulators.virtual.host import Authority, parts_of
from ...simulators.virtual.wire import Wire
from .application import Application


class WebhookPost:
    """A `Post` (simulators/webhook.py). Nobody is there until `serve` has said who."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._application: Application | None = None
        self._addresses: frozenset[Authority] = frozenset()

    def serve(self, application: Application, *addresses: Authority) -> None:
        """From now on the application is to be found at these."""
        self._application, self._addresses = application, frozenset(addresses)

    async def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, float | None]:
        """Raises: NotDelivered."""
        authority, path, query = parts_of(url)
        await self._wire.crossed()
        if self._application is None or authority not in self._addresses:
            raise NotDelivered(f"no connection to {url}: nobody listens there", definite=True)
        try:
            async with asyncio.timeout(TOTAL_S):
                status, fields, _ = await self._application.ask("POST", path, query, headers.items(), body)
                await self._wire.crossed()
        except TimeoutError as error:
            raise NotDelivered(f"no answer from {url} within {TOTAL_S:g} s", definite=False) from error
        except OSError as error:
            raise NotDelivered(f"{url} broke off: {error}", definite=False) from error
        asked = next((value for name, value in fields if name.lower() == "retry-after"), None)
        return status, retry_after_s(asked)

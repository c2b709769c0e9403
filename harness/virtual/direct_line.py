"""The operations of a layer in this process, asked without a socket."""

from __future__ import annotations

import asyncio

from ...simulators.transport import NotDelivered
from ...simulators.virtual.host import Authority, parts_of
from ...simulators.virtual.wire import Wire
from ..layer_line import headers_of, no_answer
from .application import Application


class DirectLine:
    """A `Line` to the application that is to be found at `address`; nobody is anywhere else."""

    def __init__(self, application: Application, address: Authority, wire: Wire) -> None:
        self._application, self._address, self._wire = application, address, wire

    async def ask(self, method: str, url: str, body: bytes, patience_s: float, *, token: str = "") -> tuple[int, bytes]:
        """Raises: NotDelivered."""
        authority, path, query = parts_of(url)
        await self._wire.crossed()
        if authority != self._address:
            raise NotDelivered("no connection: nobody listens there in virtual time", definite=True)
        headers = headers_of(body, token)
        try:
            async with asyncio.timeout(patience_s):
                status, _, content = await self._application.ask(method, path, query, headers, body)
                await self._wire.crossed()
        except OSError as error:  # TimeoutError is one
            raise NotDelivered(no_answer(patience_s, error), definite=False) from error
        return status, content

    async def close(self) -> None:
        """Nothing is kept open."""

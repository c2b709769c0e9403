"""What a layer's factory is handed in virtual time: all that it would else have from the network and the machine.

Plain Python only (tuples, OSErrors), so that a layer needs nothing of Crossdock to use it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TextIO

from ...simulators.virtual.file_site import FileSession
from ...simulators.virtual.host import VirtualHost
from ...simulators.virtual.http_site import Fields


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`environment` is what a process of its own would find in its environment. `log` takes what the layer writes.
    `unix` gives seconds since the epoch and `random` numbers in [0, 1): the same ones in each run of the same seed.
    """

    environment: Mapping[str, str]
    log: TextIO
    unix: Callable[[], float]
    random: Callable[[], float]
    host: VirtualHost

    async def request(
        self, method: str, url: str, headers: Iterable[tuple[str, str]] = (), body: bytes = b""
    ) -> tuple[int, Fields, bytes]:
        """One HTTP request: status, header fields (names in lower case) and body of the answer.

        Raises: ConnectionRefusedError when nobody listens there: nothing has happened. ConnectionResetError when no
        answer will come. It waits for ever: give it a time-out with asyncio.timeout.
        """
        return await self.host.request(method, url, headers, body)

    async def sftp(self, host: str, port: int, user: str, password: str) -> FileSession:
        """A session at a party that exchanges files.

        Raises: ConnectionRefusedError, PermissionError, ConnectionResetError.
        """
        return await self.host.log_in(host, port, user, password)

    def httpx_transport(self) -> Any:
        """For `httpx.AsyncClient(transport=…)`; httpx must be installed. The client's time-outs hold."""
        return _transport(import_module("httpx"), self)


def _transport(httpx: Any, surroundings: Surroundings) -> Any:
    """An httpx.AsyncBaseTransport; made here, because httpx is the layer's and not ours."""

    class VirtualTransport(httpx.AsyncBaseTransport):  # type: ignore[misc]  # httpx is not there to be looked at
        async def handle_async_request(self, request: Any) -> Any:
            """Raises: httpx.ConnectError, httpx.ReadError, httpx.ReadTimeout."""
            body = await request.aread()
            limit_s = request.extensions.get("timeout", {}).get("read")
            try:
                async with asyncio.timeout(limit_s):
                    status, fields, content = await surroundings.request(
                        request.method, str(request.url), list(request.headers.items()), body
                    )
            except ConnectionRefusedError as error:
                raise httpx.ConnectError(str(error), request=request) from error
            except TimeoutError as error:
                raise httpx.ReadTimeout(f"no answer within {limit_s:g} s", request=request) from error
            except OSError as error:
                raise httpx.ReadError(str(error), request=request) from error
            return httpx.Response(status, headers=fields, content=content, request=request)

    return VirtualTransport()

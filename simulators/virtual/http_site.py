"""A party's HTTP server without a socket: requests are handed to its app, and answers come back over the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

from ..channels.http.exchange import MAX_BODY, Answer, App, Request, octets
from .wire import Wire

Fields = list[tuple[str, str]]


class HttpSite:
    """Serves one app at `url` to callers in the same process.

    A caller meets what it would meet on a socket: a refused connection while the party is down, a broken one when it
    goes down with the request, silence when a fault has it.
    """

    def __init__(self, app: App, url: str, wire: Wire) -> None:
        self.url = url
        self._app = app
        self._wire = wire
        self._calls: set[_Call] = set()
        self._open = False

    async def open(self) -> None:
        self._open = True

    def cut(self) -> None:
        """Callers are refused from now on, and whoever waits for an answer waits in vain."""
        self._open = False
        for call in list(self._calls):
            call.abort()

    def reopen(self) -> None:
        self._open = True

    async def close(self) -> None:
        self.cut()
        tasks = [call.task for call in self._calls if call.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def ask(
        self, method: str, path: str, query: str, headers: Iterable[tuple[str, str]], body: bytes
    ) -> tuple[int, Fields, bytes]:
        """Status, header fields and body of the answer. `path` is percent-encoded.

        Raises: ConnectionRefusedError when nobody is there, ConnectionResetError when the answer will never come.
        A caller that is cancelled while it waits has hung up.
        """
        await self._wire.crossed()
        if not self._open:
            raise ConnectionRefusedError(f"nobody listens at {self.url}")
        call = _Call()
        self._calls.add(call)
        try:
            fields = {name.lower().encode("latin-1"): value.encode("latin-1") for name, value in headers}
            too_large = len(body) > MAX_BODY
            request = Request(method, path, query.encode(), fields, b"" if too_large else body, too_large)
            request.connection = call
            answer = await self._answer(request, call)
            await self._wire.crossed()
            if call.broken:
                raise ConnectionResetError(f"{self.url} broke off")
            return _read(octets(answer, request))
        finally:
            call.leave()
            if call.task is None:
                self._calls.discard(call)

    async def _answer(self, request: Request, call: _Call) -> Answer:
        """Raises: ConnectionResetError."""
        answer = self._app.respond(request)
        if answer is not None and not isinstance(answer, Answer):
            # A task of its own, for the party goes on with what it does when the caller is gone.
            self._app.begin()
            call.task = asyncio.get_running_loop().create_task(self._answer_later(answer, call))
            answer = await call.waiting
        if answer is None:
            raise ConnectionResetError(f"{self.url} closed the connection without an answer")
        return answer

    async def _answer_later(self, reply: Coroutine[Any, Any, Answer | None], call: _Call) -> None:
        answer: Answer | None = None
        try:
            answer = await reply
        finally:
            self._app.end()
            self._calls.discard(call)
            call.answered(answer)


class _Call:
    """One request under way: the caller's end of the line (exchange.Connection)."""

    def __init__(self) -> None:
        self.task: asyncio.Task[None] | None = None
        self.waiting: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self.broken = False
        self._gone: asyncio.Event | None = None

    def answered(self, answer: Answer | None) -> None:
        if not self.waiting.done():
            self.waiting.set_result(answer)

    def leave(self) -> None:
        """The caller has hung up, or has its answer."""
        self.broken = True
        if self._gone is not None:
            self._gone.set()

    def abort(self) -> None:
        self.leave()
        self.answered(None)

    def is_closing(self) -> bool:
        return self.broken

    def get_extra_info(self, _name: str) -> None:
        """There is no socket to tell of."""

    async def hung_up(self) -> None:
        if not self.broken:
            self._gone = self._gone or asyncio.Event()
            await self._gone.wait()


def _read(answer: bytes) -> tuple[int, Fields, bytes]:
    """What goes over the wire, taken apart again."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
    return int(first[9:12]), fields, body

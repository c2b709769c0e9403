"""One caller's connection: requests are read from it, answered in their order, and it is kept for the next.

A request that was read whole is answered in the same turn of the loop, without a task, unless a fault makes it wait
(docs/decisions/0012-a-server-of-our-own.md). httptools (llhttp) says what is HTTP/1.1 and what is not (RFC 9112).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine
from typing import Any, cast

import httptools
import msgspec

from .exchange import MAX_BODY, Answer, App, Request, octets

# Longer than clients keep idle connections: a server that hangs up first hits now and then on a request just sent, and
# that would be a fault which nobody ordered.
KEEP_ALIVE_S = 75.0
# A head is complete so long after it has begun, and a body goes on at least so often, or nobody waits any longer.
PATIENCE_S = 60.0
# Octets of a head, and of what is neither head nor body (chunk sizes, trailers) beside each octet of a body. Every
# server has some bound: without one a caller could fill the memory.
MAX_HEAD = 128 * 1024
_AROUND_AN_OCTET = 16
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class _Incoming(msgspec.Struct):
    """A request as far as it was read. `headed`: its head is complete; `begun`: the app knows that it is under way;
    `last`: the connection is to be closed after the answer; `fed`: octets that came after the piece in which it began;
    `since`: from when on somebody waits for more of it.
    """

    url: bytes = b""
    headers: dict[bytes, bytes] = {}
    method: str = ""
    path: str = ""
    query: bytes = b""
    chunks: list[bytes] = []
    size: int = 0
    fed: int = 0
    since: float = 0.0
    last: bool = False
    expects_word: bool = False
    headed: bool = False
    begun: bool = False

    def request(self, connection: HttpConnection, *, left: bool = False) -> Request:
        too_large = self.size > MAX_BODY
        body = b"" if too_large else b"".join(self.chunks)
        return Request(self.method, self.path, self.query, self.headers, body, too_large, left, connection)


class HttpConnection(asyncio.Protocol):
    """Between a socket and an app. It stands in `connections` while it is open; `tasks` are answers that have to
    wait.
    """

    def __init__(self, app: App, connections: set[HttpConnection], tasks: set[asyncio.Task[None]]) -> None:
        self._app = app
        self._connections = connections
        self._tasks = tasks
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        # What comes after a request that is to be the last is not read any more, and no mistake.
        self._parser.set_dangerous_leniencies(lenient_data_after_close=True)
        self._incoming: _Incoming | None = None
        self._waiting: deque[tuple[Request, _Incoming]] = deque()
        self._busy = self._choked = self._deaf = self._nonsense = self._lost = False
        self._client = ""
        self._gone: asyncio.Event | None = None
        self._quiet_since = 0.0
        self._idle_timer: asyncio.TimerHandle | None = None

    # The caller's end of the line (exchange.Connection).

    def abort(self) -> None:
        self._transport.abort()

    def is_closing(self) -> bool:
        return self._lost or self._transport.is_closing()

    def get_extra_info(self, name: str) -> Any:
        return self._transport.get_extra_info(name)

    async def hung_up(self) -> None:
        if not self._lost:
            self._gone = self._gone or asyncio.Event()
            await self._gone.wait()

    # What the loop tells (asyncio.Protocol).

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._connections.add(self)
        self._quiet_since = self._loop.time()
        self._idle_timer = self._loop.call_later(KEEP_ALIVE_S, self._hang_up_when_idle)

    def data_received(self, data: bytes) -> None:
        if self._nonsense:
            return
        if (begun := self._incoming) is not None:
            begun.fed += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # an offer that nobody takes: the request stands as it is
        except httptools.HttpParserError:
            self._nonsense = True
        if begun is not None and begun is self._incoming and begun.fed > MAX_HEAD + _AROUND_AN_OCTET * begun.size:
            self._nonsense = True
        self._serve()

    def connection_lost(self, error: Exception | None) -> None:
        self._lost = True
        self._connections.discard(self)
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        if self._gone is not None:
            self._gone.set()
        incoming, self._incoming = self._incoming, None
        if incoming is not None and incoming.begun:
            self._app.respond(incoming.request(self, left=True))
            self._app.end()
        while self._waiting:
            _, unheard = self._waiting.popleft()
            if unheard.begun:
                self._app.end()

    def pause_writing(self) -> None:
        """The caller doesn't read its answers: it gets no more until it does."""
        self._choked = True

    def resume_writing(self) -> None:
        self._choked = False
        self._serve()

    # What the parser tells (httptools).

    def on_message_begin(self) -> None:
        self._incoming = _Incoming()

    def on_url(self, url: bytes) -> None:
        assert self._incoming is not None
        self._incoming.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        assert self._incoming is not None
        self._incoming.headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        incoming = self._incoming
        assert incoming is not None
        path, _, query = incoming.url.partition(b"?")
        if not path.startswith(b"/") or b"#" in incoming.url:
            url = httptools.parse_url(incoming.url)
            path, query = url.path, url.query or b""
        incoming.path, incoming.query = path.decode("ascii"), query
        incoming.method = self._parser.get_method().decode("ascii")
        incoming.last = self._parser.get_http_version() == "1.0" or not self._parser.should_keep_alive()
        incoming.expects_word = incoming.headers.get(b"expect", b"").lower() == b"100-continue"
        incoming.headed = True

    def on_body(self, body: bytes) -> None:
        incoming = self._incoming
        assert incoming is not None
        incoming.size += len(body)
        if incoming.size <= MAX_BODY:
            incoming.chunks.append(body)

    def on_message_complete(self) -> None:
        incoming, self._incoming = self._incoming, None
        assert incoming is not None
        self._waiting.append((incoming.request(self), incoming))

    # Answering.

    def _serve(self) -> None:
        """Answer what was read, one after the other, as far as it goes."""
        while self._waiting and not self._busy and not self._choked and not self.is_closing():
            request, incoming = self._waiting.popleft()
            reply = self._app.respond(request)
            if reply is None or isinstance(reply, Answer):
                self._tell(reply, request, incoming)
                continue
            self._busy = True
            if not incoming.begun:
                incoming.begun = True
                self._app.begin()
            task = self._loop.create_task(self._tell_later(reply, request, incoming))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._incoming is not None or self._waiting or self._deaf or self._nonsense:
            self._await_more()

    def _await_more(self) -> None:
        """What is to be done about that which has not come whole, or can't be answered yet."""
        incoming = self._incoming
        if incoming is not None and incoming.headed and not incoming.begun:
            incoming.begun = True
            self._app.begin()
        if incoming is not None and (incoming.headed or not incoming.since):
            incoming.since = self._loop.time()
        if self.is_closing():
            return
        if self._deaf != bool(self._waiting):
            self._deaf = not self._deaf
            if self._deaf:
                self._transport.pause_reading()
            else:
                self._transport.resume_reading()
        if self._busy or self._waiting:
            return
        if self._nonsense:
            self._refuse()
        elif incoming is not None and incoming.expects_word:
            incoming.expects_word = False
            self._transport.write(_CONTINUE)

    async def _tell_later(
        self, reply: Coroutine[Any, Any, Answer | None], request: Request, incoming: _Incoming
    ) -> None:
        try:
            answer = await reply
        except BaseException:
            self._app.end()
            raise
        self._busy = False
        self._tell(answer, request, incoming)
        self._serve()

    def _tell(self, answer: Answer | None, request: Request, incoming: _Incoming) -> None:
        self._client = request.client
        if incoming.begun:
            self._app.end()
        if answer is None or self.is_closing():
            return
        self._transport.write(octets(answer, request, last=incoming.last))
        if incoming.last:
            self._transport.close()
        self._quiet_since = self._loop.time()

    def _refuse(self) -> None:
        """Say that this is no HTTP; nobody can know where the next request would begin."""
        body = self._app.not_http(self._client)
        head = f"HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: {len(body)}\r\n"
        self._transport.write(head.encode() + b"connection: close\r\n\r\n" + body)
        self._transport.close()

    def _hang_up_when_idle(self) -> None:
        """The one timer of the connection, for who says nothing and for who never comes to an end: set again for what
        is left, because setting it anew with each answer would cost as much as parsing a request.
        """
        now, left = self._loop.time(), KEEP_ALIVE_S
        if not (self._busy or self._waiting):
            left = (self._incoming.since + PATIENCE_S if self._incoming else self._quiet_since + KEEP_ALIVE_S) - now
        if left <= 0:
            self._transport.close()
        else:
            self._idle_timer = self._loop.call_later(min(left, KEEP_ALIVE_S), self._hang_up_when_idle)

"""The connection itself, with an app behind it that answers as the test says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest

from crossdock.simulators.channels.http import connection
from crossdock.simulators.channels.http.exchange import Answer, Reply, Request
from crossdock.simulators.channels.http.listener import Listener

DEADLINE_S = 5.0


@dataclass
class Echo:
    """Answers with the path; what is under /slow waits until `go`, what is under /large is large."""

    go: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[str] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0
    larges: bytes = b"x" * 1_000_000

    def respond(self, request: Request) -> Reply:
        self.seen.append(("left " if request.left else "") + request.path)
        if request.left:
            return None
        if request.path.startswith("/slow"):
            return self._later(request)
        return Answer(200, self.larges if request.path == "/large" else request.path.encode() + request.body)

    async def _later(self, request: Request) -> Answer:
        await self.go.wait()
        return Answer(200, request.path.encode())

    def not_http(self, client: str) -> bytes:
        return b"{}"

    def begin(self) -> None:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)

    def end(self) -> None:
        self.under_way -= 1


@dataclass
class Line:
    app: Echo
    listener: Listener
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, octets: bytes) -> None:
        self.writer.write(octets)

    async def answer(self) -> bytes:
        """The body of the next answer."""
        async with asyncio.timeout(DEADLINE_S):
            head = await self.reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            return await self.reader.readexactly(length)

    async def rest(self) -> bytes:
        """All that comes until the other side closes."""
        async with asyncio.timeout(DEADLINE_S):
            return await self.reader.read()

    async def until(self, condition: Callable[[], object]) -> None:
        deadline = asyncio.get_running_loop().time() + DEADLINE_S
        while not condition():
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.001)


@asynccontextmanager
async def line() -> AsyncIterator[Line]:
    app = Echo()
    listener = Listener(app)
    await listener.open()
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
    try:
        yield Line(app, listener, reader, writer)
    finally:
        writer.close()
        await listener.close()
    assert app.under_way == 0


def get(path: str, *headers: str) -> bytes:
    return "\r\n".join((f"GET {path} HTTP/1.1", "Host: x", *headers, "", "")).encode()


async def test_what_waits_holds_back_the_answers_behind_it() -> None:
    async with line() as caller:
        caller.send(get("/slow/1") + get("/2"))
        caller.send(get("/3"))
        await caller.until(lambda: caller.app.under_way)
        assert caller.app.seen == ["/slow/1"]

        caller.app.go.set()

        assert [await caller.answer() for _ in range(3)] == [b"/slow/1", b"/2", b"/3"]


async def test_what_waits_on_one_connection_holds_up_no_other() -> None:
    async with line() as caller:
        caller.send(get("/slow"))
        await caller.until(lambda: caller.app.under_way)

        reader, writer = await asyncio.open_connection("127.0.0.1", caller.listener.port)
        writer.write(get("/other"))
        async with asyncio.timeout(DEADLINE_S):
            assert (await reader.readuntil(b"/other")).startswith(b"HTTP/1.1 200 OK\r\n")
        writer.close()
        caller.app.go.set()
        assert await caller.answer() == b"/slow"


async def test_a_request_whose_caller_left_while_it_waited_goes_on_and_is_over() -> None:
    async with line() as caller:
        caller.send(get("/slow"))
        await caller.until(lambda: caller.app.under_way)
        caller.writer.close()
        caller.app.go.set()

        await caller.until(lambda: not caller.app.under_way)
    assert caller.app.seen == ["/slow"]


async def test_a_request_in_one_piece_is_answered_without_being_under_way() -> None:
    async with line() as caller:
        caller.send(get("/1"))

        assert await caller.answer() == b"/1"
        assert caller.app.most_under_way == 0


async def test_the_word_to_go_on_waits_for_the_answers_before_it() -> None:
    async with line() as caller:
        head = b"PUT /asked HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        caller.send(get("/slow") + head)
        await caller.until(lambda: caller.app.most_under_way == 2)
        caller.app.go.set()

        assert await caller.answer() == b"/slow"
        async with asyncio.timeout(DEADLINE_S):
            assert await caller.reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        caller.send(b"ok")
        assert await caller.answer() == b"/askedok"


async def test_nonsense_behind_a_request_spoils_neither_its_answer_nor_goes_unanswered() -> None:
    async with line() as caller:
        caller.send(get("/1") + b"NONSENSE\r\n\r\n" + get("/2"))

        assert await caller.answer() == b"/1"
        assert (await caller.rest()).startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert caller.app.seen == ["/1"]


async def test_nonsense_behind_a_request_that_waits_is_answered_after_it() -> None:
    async with line() as caller:
        caller.send(get("/slow") + b"NONSENSE\r\n\r\n")
        await caller.until(lambda: caller.app.under_way)
        caller.app.go.set()

        assert await caller.answer() == b"/slow"
        assert (await caller.rest()).startswith(b"HTTP/1.1 400 Bad Request\r\n")


async def test_a_chunk_that_is_none_ends_a_request_as_left() -> None:
    async with line() as caller:
        caller.send(b"POST /broken HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")

        assert (await caller.rest()).startswith(b"HTTP/1.1 400 Bad Request\r\n")
        await caller.until(lambda: caller.app.seen)
    assert caller.app.seen == ["left /broken"]


async def test_what_follows_the_last_request_is_not_read() -> None:
    async with line() as caller:
        caller.send(get("/last", "Connection: close") + get("/after"))

        answer = await caller.rest()
    assert b"connection: close\r\n" in answer
    assert answer.endswith(b"/last")
    assert caller.app.seen == ["/last"]


async def test_a_caller_that_does_not_read_its_answers_gets_no_more_until_it_does() -> None:
    async with line() as caller:
        count = 40
        caller.send(get("/large") * count)
        await caller.until(lambda: caller.app.seen)
        await caller.until(lambda: caller.reader._buffer)  # type: ignore[attr-defined]  # it has begun to come
        assert len(caller.app.seen) < count

        for _ in range(count):
            assert len(await caller.answer()) == len(caller.app.larges)
    assert len(caller.app.seen) == count


@pytest.mark.parametrize("begun", ["", "GET /half HTTP/1.1\r\nHost"])
async def test_a_connection_that_is_idle_for_long_is_closed_and_one_with_a_request_under_way_is_not(
    monkeypatch: pytest.MonkeyPatch, begun: str
) -> None:
    monkeypatch.setattr(connection, "KEEP_ALIVE_S", 0.01)
    async with line() as caller:
        caller.send(get("/1") + begun.encode())
        assert await caller.answer() == b"/1"
        if begun:
            loop = asyncio.get_running_loop()
            late = loop.time() + 5 * connection.KEEP_ALIVE_S
            await caller.until(lambda: loop.time() > late)
            caller.send(b": x\r\n\r\n")
            assert await caller.answer() == b"/half"

        assert await caller.rest() == b""


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        (b"GET /", b"y" * 4096),
        (b"GET / HTTP/1.1\r\nX: ", b"y" * 4096),
        (b"GET / HTTP/1.1\r\n", b"X: y\r\n" * 1000),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 1000),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"y" * 4096),
    ],
)
async def test_a_head_without_end_is_refused_and_read_no_further(begin: bytes, more: bytes) -> None:
    sent = 0
    async with line() as caller:
        caller.send(begin)
        with suppress(ConnectionError):  # what it was told may be lost on the way, for it was still speaking
            while not caller.reader.at_eof() and sent < 100 * connection.MAX_HEAD:
                caller.send(more)
                sent += len(more)
                await caller.writer.drain()
                await asyncio.sleep(0)

    assert sent < 100 * connection.MAX_HEAD
    assert caller.app.seen in ([], ["left /"])


async def test_a_body_in_the_smallest_chunks_is_no_head_without_end() -> None:
    async with line() as caller:
        caller.send(b"POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(40):
            caller.send(b"1\r\ny\r\n" * 1000)
            await caller.writer.drain()
        caller.send(b"0\r\n\r\n")

        assert await caller.answer() == b"/x" + b"y" * 40_000


@pytest.mark.parametrize(
    "begun", [b"", b"GET /half HTTP/1.1\r\nHost", b"POST /half HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc"]
)
async def test_who_never_comes_to_an_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    monkeypatch.setattr(connection, "KEEP_ALIVE_S", 0.01)
    monkeypatch.setattr(connection, "PATIENCE_S", 0.02)
    async with line() as caller:
        caller.send(begun)

        assert await caller.rest() == b""
    assert caller.app.under_way == 0


async def test_a_header_field_in_two_pieces_is_one() -> None:
    async with line() as caller:
        for octet in get("/a?b=c#d", "X-Long: " + "y" * 50):
            caller.send(bytes([octet]))
            await caller.writer.drain()

        assert await caller.answer() == b"/a"

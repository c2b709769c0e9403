"""Callers that do odd things with HTTP itself: each gets an answer, or leaves without a trace but in the journal."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import msgspec
import pytest

from crossdock.contracts.validation import canonical
from crossdock.tests.simulators.http.site import CLIENT, DEADLINE_S, Site

BODY = b'{"category":"integrationError","subject":"x"}'


@dataclass
class Line:
    """A connection on which everything is written by hand."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *parts: bytes) -> None:
        for part in parts:
            self.writer.write(part)
            await self.writer.drain()

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the next answer."""
        async with asyncio.timeout(DEADLINE_S):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            body = await self.reader.readexactly(int(headers.get("content-length", "0")))
            return int(head[0].split()[1]), headers, body

    async def ended(self) -> bool:
        """Whether the other side closes without another word."""
        async with asyncio.timeout(DEADLINE_S):
            return await self.reader.read() == b""


@asynccontextmanager
async def line_to(site: Site) -> AsyncIterator[Line]:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.host.listeners["crm"].port)
    try:
        yield Line(reader, writer)
    finally:
        writer.close()


def head(token: str, *more: str, method: str = "POST", path: str = "/v1/cases") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: crm", f"Authorization: Bearer {token}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(token: str, body: bytes = BODY) -> bytes:
    return head(token, "Content-Type: application/json", f"Content-Length: {len(body)}") + body


async def test_head_is_get_without_the_body(site: Site) -> None:
    path = (await site.open_case()).headers["location"]

    got, headed = await site.ask("GET", path), await site.ask("HEAD", path)

    assert (headed.status, headed.body) == (200, b"")
    assert dict(headed.headers) == dict(got.headers)
    missing = await site.ask("HEAD", "/v1/cases/CASE-9")
    assert (missing.status, missing.body) == (404, b"")


async def test_one_connection_serves_one_request_after_the_other(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        for _ in range(3):
            await line.send(post(token))
            assert (await line.answer())[0] == 201
    assert site.state()["Case"] == 3


async def test_requests_sent_without_waiting_are_answered_in_their_order(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(post(token) + head(token, method="GET", path="/v1/nowhere") + post(token))

        assert [(await line.answer())[0] for _ in range(3)] == [201, 404, 201]
    assert site.state()["Case"] == 2


async def test_a_body_may_come_in_the_smallest_pieces(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(*(bytes([octet]) for octet in post(token)))

        assert (await line.answer())[0] == 201


async def test_a_body_may_come_in_chunks_of_unknown_number(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(head(token, "Content-Type: application/json", "Transfer-Encoding: chunked"))
        for start in range(0, len(BODY), 10):
            piece = BODY[start : start + 10]
            await line.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        await line.send(b"0\r\n\r\n")

        assert (await line.answer())[0] == 201


async def test_a_caller_that_asks_before_it_sends_is_told_to_go_on(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(post(token)[: -len(BODY)].replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
        assert (
            await asyncio.wait_for(line.reader.readuntil(b"\r\n\r\n"), DEADLINE_S) == b"HTTP/1.1 100 Continue\r\n\r\n"
        )
        await line.send(BODY)

        assert (await line.answer())[0] == 201


async def test_a_caller_that_leaves_in_the_middle_of_its_body_changes_nothing(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(post(token)[:-10])
        await site.until(lambda: site.world.in_flight, "the request has begun")
    await site.until(lambda: site.journal("createCase", "fail"), "the loss is in the journal")

    assert site.journal("createCase", "fail")[0].detail == {"callerLeft": True}
    assert "Case" not in site.state()
    assert site.world.in_flight == 0


async def test_a_caller_that_is_slow_with_its_body_holds_up_nobody_else(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(post(token)[:-10])
        await site.until(lambda: site.world.in_flight, "the request has begun")

        assert (await site.open_case()).status == 201
        assert site.world.busy() == "1 requests are being answered"
        await line.send(post(token)[-10:])
        assert (await line.answer())[0] == 201
    assert site.world.busy() is None


@pytest.mark.parametrize("size", [1_048_576, 1_048_577])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_of_a_mebibyte_is_read_and_a_larger_one_is_not(site: Site, size: int, chunked: bool) -> None:
    token = await site.token()
    body = b'{"category":"' + b"x" * (size - 15) + b'"}'
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    async with line_to(site) as line:
        await line.send(head(token, "Content-Type: application/json", length))
        if chunked:
            await line.send(f"{size:x}\r\n".encode(), body, b"\r\n0\r\n\r\n")
        else:
            await line.send(body)
        status, _, said = await line.answer()

        assert status == (413 if size > 1_048_576 else 422)
        assert len(said) < 10_000
        await line.send(post(token))
        assert (await line.answer())[0] == 201, "the connection is still of use"


@pytest.mark.parametrize(
    "octets",
    [
        b"GARBAGE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # the beginning of a TLS handshake
        b"GET /v1/cases HTTP/9.9\r\n\r\n",
        b"GET /v1/c\xc3\xa4ses HTTP/1.1\r\nHost: crm\r\n\r\n",
        b"GET /v1/cases HTTP/1.1\r\nHo st: crm\r\n\r\n",
        b"POST /v1/cases HTTP/1.1\r\nContent-Length: ten\r\n\r\n",
        b"POST /v1/cases HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_told_so_and_journaled(site: Site, octets: bytes) -> None:
    async with line_to(site) as line:
        await line.send(octets)
        status, headers, body = await line.answer()

        assert (status, headers["content-type"]) == (400, "application/problem+json")
        assert canonical("problem").errors(msgspec.json.decode(body)) == []
        assert await line.ended()
    assert [entry.kind for entry in site.journal("unknown")] == ["invoke", "fail"]
    assert (await site.open_case()).status == 201


async def test_a_body_after_which_there_is_nonsense_does_not_spoil_the_answer(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(post(token))
        assert (await line.answer())[0] == 201
        await line.send(b"NONSENSE\r\n\r\n")
        assert (await line.answer())[0] == 400
    async with line_to(site) as line:
        await line.send(b"NONSENSE\r\n\r\n")
        assert (await line.answer())[0] == 400
    told = [entry.client for entry in site.journal("unknown") if entry.kind == "fail"]
    assert told == [CLIENT, ""], "the journal says who spoke on the line before, if anybody did"


async def test_an_upgrade_to_websockets_is_an_ordinary_request(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(
            head(token, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", method="GET")
        )

        assert (await line.answer())[0] == 200


async def test_a_target_in_absolute_form_is_understood(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(head(token, method="GET", path=f"{site.url()}/v1/cases"))

        assert (await line.answer())[0] == 200


async def test_http_1_0_is_answered_and_closed(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(head(token, method="GET").replace(b"HTTP/1.1", b"HTTP/1.0"))

        assert (await line.answer())[0] == 200
        assert await line.ended()


async def test_small_answers_are_not_held_back(site: Site) -> None:
    """Without TCP_NODELAY each answer would wait for the caller's delayed acknowledgement, some 40 ms."""
    await site.token()
    loop = asyncio.get_running_loop()
    times = []
    for _ in range(15):
        began = loop.time()
        await site.ask("GET", "/v1/cases")
        times.append(loop.time() - began)

    assert min(times) < 0.02, f"the fastest of {len(times)} took {min(times) * 1000:.0f} ms"


async def test_a_header_given_twice_counts_once(site: Site) -> None:
    token = await site.token()
    async with line_to(site) as line:
        await line.send(head(token, "X-Correlation-Id: one", "X-Correlation-Id: two", method="GET"))
        status, headers, _ = await line.answer()

        assert (status, headers["x-correlation-id"]) == (200, "two")

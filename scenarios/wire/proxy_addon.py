"""What the proxy's process does to the exchanges that pass: mitmproxy calls the methods of `Faults` by their names.

It decides nothing: of each request it asks what is to happen, and tells when it has happened. mitmproxy's own types are
left out: half of them are not annotated.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any

import msgspec

from .proxy_effect import AnyEffect, Double, Drop, Late, Lose, Mislabel, Replace, Short
from .proxy_words import MOST_BODY, Asked, Begin, Connected, FromProxy, Handshake, Reply, Spared, Struck

MOST_KEPT = 20_000
HTML = b"<html><head><title>Portal</title></head><body><h1>Please sign in</h1></body></html>"
GARBAGE = b"\x00\xff\xfe{"


class Harness:
    """The other end of the pipes."""

    def __init__(self, out: int) -> None:
        self._out = out
        self._encode = msgspec.json.Encoder().encode
        self._waiting: dict[int, asyncio.Future[AnyEffect | None]] = {}
        self._numbers = 0

    def number(self) -> int:
        self._numbers += 1
        return self._numbers

    def tell(self, word: FromProxy) -> None:
        line = memoryview(self._encode(word) + b"\n")
        while line:
            line = line[os.write(self._out, line) :]

    async def ask(self, word: Asked | Connected) -> AnyEffect | None:
        answer: asyncio.Future[AnyEffect | None] = asyncio.get_running_loop().create_future()
        self._waiting[word.number] = answer
        self.tell(word)
        return await answer

    def replied(self, reply: Reply) -> None:
        answer = self._waiting.pop(reply.number)
        if not answer.done():  # its connection may have ended meanwhile, and mitmproxy cancels what waits for it
            answer.set_result(reply.effect)


class Faults:
    """The addon that breaks things. `party_of` is port here → party."""

    def __init__(self, harness: Harness, begin: Begin, replay: Callable[[Any], None]) -> None:
        self.party_of: dict[int, str] = {}
        self.flows: list[Any] = []
        self.up = asyncio.Event()
        self._harness = harness
        self._record = begin.record
        self._replay = replay
        self._contexts = {name: _tls_context(file) for name, file in begin.certificates.items()}
        self._presented = dict.fromkeys(begin.upstreams, next(iter(self._contexts), ""))
        self._struck: dict[str, tuple[int, AnyEffect]] = {}
        self._unused: dict[str, Handshake] = {}

    def running(self) -> None:
        """mitmproxy is there, and listens nowhere yet."""
        self.up.set()

    def present(self, party: str, certificate: str) -> None:
        self._presented[party] = certificate

    async def request(self, flow: Any) -> None:
        if flow.is_replay:
            return
        number = self._harness.number()
        path, _, query = flow.request.path.partition("?")
        if shown := self._unused.pop(flow.client_conn.id, None):
            used = f"{flow.request.method} {path}"
            self._harness.tell(Handshake(party=shown.party, certificate=shown.certificate, used=used))
        body = flow.request.raw_content or b""
        effect = await self._harness.ask(
            Asked(
                number=number,
                party=self._party(flow),
                method=flow.request.method,
                path=path,
                query=query,
                port=flow.client_conn.peername[1],
                correlation=flow.request.headers.get("x-correlation-id", ""),
                body=body if len(body) <= MOST_BODY else b"",
            )
        )
        if isinstance(effect, Drop):
            flow.kill()
            self._tell(number)
        elif isinstance(effect, Double):
            for _ in range(effect.copies - 1):
                copy = flow.copy()
                copy.metadata["copy_of"] = number
                asyncio.get_running_loop().call_later(effect.after_s, self._replay, copy)
        elif effect is not None:
            self._struck[flow.id] = (number, effect)

    async def response(self, flow: Any) -> None:
        self._keep(flow)
        assert flow.response is not None
        status = flow.response.status_code
        if "copy_of" in flow.metadata:
            self._tell(flow.metadata["copy_of"], status=status)
            return
        number, effect = self._struck.pop(flow.id, (0, None))
        if effect is None:
            return
        if status >= 400:
            self._harness.tell(Spared(number=number))
            return
        self._tell(number, status=status)
        if isinstance(effect, Late):
            await asyncio.sleep(effect.by_s)
        elif isinstance(effect, Lose):
            flow.kill()
        else:
            _spoil(flow, effect)

    def error(self, flow: Any) -> None:
        """A party that ends the connection does so for the caller too: no answer is made up in its place."""
        from mitmproxy.flow import Error

        self._keep(flow)
        number, effect = self._struck.pop(flow.id, (0, None))
        if effect is not None:
            self._harness.tell(Spared(number=number))
        flow.error = Error(Error.KILLED_MESSAGE)

    async def server_connected(self, data: Any) -> None:
        """Which connection to a party is made for which caller. A copy of a request counts as its caller's."""
        if data.client.peername and data.client.sockname[1] in self.party_of:
            number = self._harness.number()
            ports = data.client.peername[1], data.server.sockname[1]
            await self._harness.ask(Connected(number=number, port=ports[0], server_port=ports[1]))

    def tls_start_client(self, start: Any) -> None:
        from OpenSSL import SSL

        party = self.party_of[start.context.client.sockname[1]]
        certificate = self._presented[party]
        if certificate in self._contexts:
            start.ssl_conn = SSL.Connection(self._contexts[certificate])
            start.ssl_conn.set_accept_state()

    def tls_established_client(self, start: Any) -> None:
        self._unused[start.context.client.id] = self._broken_off(start, "the caller closed the connection unused")

    def tls_failed_client(self, start: Any) -> None:
        self._harness.tell(self._broken_off(start, str(start.conn.error or "")))

    def client_disconnected(self, client: Any) -> None:
        """A caller that looks at the host's name itself does so when the handshake is over, and then leaves."""
        if unused := self._unused.pop(client.id, None):
            self._harness.tell(unused)

    def _broken_off(self, start: Any, reason: str) -> Handshake:
        party = self.party_of[start.context.client.sockname[1]]
        return Handshake(party=party, certificate=self._presented[party], reason=reason)

    def _party(self, flow: Any) -> str:
        return self.party_of[flow.client_conn.sockname[1]]

    def _tell(self, number: int, **detail: Any) -> None:
        self._harness.tell(Struck(number=number, detail=detail))

    def _keep(self, flow: Any) -> None:
        if self._record and len(self.flows) < MOST_KEPT:
            self.flows.append(flow.copy())


def _spoil(flow: Any, effect: AnyEffect) -> None:
    """Pass on an answer that is not the true one."""
    response = flow.response
    assert response is not None
    body = response.raw_content or b""
    length, closes = len(body), False
    match effect:
        case Short(part, closes):
            body = body[: int(len(body) * part)]
        case Mislabel(less_octets):
            length = max(length - less_octets, 0)
        case Replace("garbled"):
            middle = len(body) // 2
            body = body[:middle] + GARBAGE + body[middle + len(GARBAGE) :]
            length = len(body)
        case Replace(by):
            body = HTML if by == "html" else b""
            length = len(body)
            response.headers["content-type"] = "text/html"
    response.raw_content = body
    response.headers.pop("transfer-encoding", None)
    response.headers["content-length"] = str(length)
    if closes:
        response.headers["connection"] = "close"


def _tls_context(file: str) -> Any:
    from OpenSSL import SSL

    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.use_certificate_chain_file(file)
    context.use_privatekey_file(file)
    return context

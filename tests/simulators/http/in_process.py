"""A call of a party without a socket: the request is handed over as read, and what would go over the wire is read."""

from collections.abc import Iterable

from crossdock.simulators.channels.http.app import PartyApp
from crossdock.simulators.channels.http.exchange import Answer, Request, octets

Fields = list[tuple[bytes, bytes]]


def call(
    app: PartyApp, method: str, path: str, query: bytes, headers: Iterable[tuple[bytes, bytes]], body: bytes
) -> tuple[int, Fields, bytes]:
    """Status, header fields and body of the answer. Nothing may make the request wait."""
    request = Request(method, path, query, dict(headers), body)
    answer = app.respond(request)
    assert isinstance(answer, Answer), "a call waits for something that nobody will do"
    head, _, said = octets(answer, request).partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    assert first.startswith(b"HTTP/1.1 ")
    fields = [(name, value) for name, _, value in (line.partition(b": ") for line in lines)]
    return int(first.split(b" ")[1]), fields, said

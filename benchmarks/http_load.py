"""A load client that costs little: keep-alive connections on one core, one request under way on each, no pipelining.

Raw sockets, because a client library spends more on a request than the servers measured here do, and would then be
what is measured. It knows of HTTP/1.1 only what it takes to find the end of an answer: Content-Length or chunks.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

PATIENCE_S = 30.0
RECEIVE_BYTES = 1 << 16
END_OF_HEAD = b"\r\n\r\n"
END_OF_CHUNKS = b"0\r\n\r\n"
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


@dataclass(slots=True)
class Answered:
    """What came back in one go: how many answers of each status, in how long, each after how long.

    `seconds` is from the first request to the last answer. `example` is the first answer that was not 2xx.
    """

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies_s: array[float] = field(default_factory=lambda: array("d"))
    example: bytes = b""

    @property
    def count(self) -> int:
        return sum(self.statuses.values())

    @property
    def errors(self) -> int:
        """Answers other than 2xx."""
        return sum(count for status, count in self.statuses.items() if not 200 <= status < 300)

    @property
    def per_second(self) -> float:
        return self.count / self.seconds if self.seconds else 0.0

    def latency_ms(self, fraction: float) -> float:
        """The latency that this fraction of the answers was not slower than."""
        ordered = sorted(self.latencies_s)
        return ordered[min(len(ordered) - 1, int(len(ordered) * fraction))] * 1000 if ordered else 0.0


@dataclass(slots=True)
class _Connection:
    stream: socket.socket
    sent_at: float = 0.0
    received: bytes = b""

    def send(self, request: bytes) -> None:
        self.sent_at = time.perf_counter()
        self.stream.sendall(request)


def drive(
    port: int, next_request: Callable[[], bytes], *, connections: int = 16, seconds: float = 0.0, requests: int = 0
) -> Answered:
    """Send requests to a server on this machine for so many seconds, or so many of them, as fast as it answers.

    Raises: ConnectionError when it refuses, or hangs up in the middle; TimeoutError when it falls silent.
    """
    answered = Answered()
    with selectors.DefaultSelector() as selector:
        opened = [_Connection(_connect(port)) for _ in range(connections)]
        for connection in opened:
            selector.register(connection.stream, selectors.EVENT_READ, connection)
        try:
            _exchange(selector, opened, next_request, seconds or float("inf"), requests or float("inf"), answered)
        finally:
            for connection in opened:
                connection.stream.close()
    return answered


def _exchange(
    selector: selectors.BaseSelector,
    opened: list[_Connection],
    next_request: Callable[[], bytes],
    seconds: float,
    requests: float,
    answered: Answered,
) -> None:
    began = now = time.perf_counter()
    sent = 0
    for connection in opened:
        if sent < requests:
            connection.send(next_request())
            sent += 1
    under_way = sent
    while under_way:
        ready = selector.select(PATIENCE_S)
        if not ready:
            raise TimeoutError(f"the server answered nothing for {PATIENCE_S:g} s, with {under_way} requests under way")
        for key, _ in ready:
            connection = key.data
            if not _take(connection, answered):
                continue
            now = time.perf_counter()
            answered.latencies_s.append(now - connection.sent_at)
            if now - began < seconds and sent < requests:
                connection.send(next_request())
                sent += 1
            else:
                under_way -= 1
    answered.seconds = now - began


def _take(connection: _Connection, answered: Answered) -> bool:
    """Read what is there; True when an answer is complete."""
    received = connection.stream.recv(RECEIVE_BYTES)
    if not received:
        raise ConnectionError(f"the server hung up; it had sent {connection.received[:200]!r}")
    received = connection.received + received
    if not is_complete(received):
        connection.received = received
        return False
    connection.received = b""
    status = int(received[9:12])
    answered.statuses[status] += 1
    if not 200 <= status < 300 and not answered.example:
        answered.example = received
    return True


def is_complete(received: bytes) -> bool:
    """Whether an answer has come whole (RFC 9112, section 6.3)."""
    end = received.find(END_OF_HEAD)
    if end < 0:
        return False
    length = CONTENT_LENGTH.search(received, 0, end)
    if length is not None:
        return len(received) >= end + len(END_OF_HEAD) + int(length[1])
    return received.endswith(END_OF_CHUNKS)


def _connect(port: int) -> socket.socket:
    stream = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return stream

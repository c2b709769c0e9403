"""A TCP relay: what no protocol of its own could do to a connection is done to it here, in between.

It knows nothing of what it carries. Connections can be reset (RST), and what the server says can be swallowed, so that
a caller's request is carried out and the answer never comes: together that is a publisher whose confirm was lost.
A protocol that tells its clients other addresses than the one they called (Kafka) goes round it.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from urllib.parse import urlsplit, urlunsplit

_CHUNK = 65_536
# On, and for no time: a closed socket sends RST instead of FIN, and throws away what it has not sent.
_LINGER = struct.pack("ii", 1, 0)


class Relay:
    """One relay on the loopback interface, in front of one server. An async context manager."""

    def __init__(self, url: str) -> None:
        """`url` is the server's, with host and port."""
        self._url = urlsplit(url)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._lines: set[_Line] = set()

    @property
    def url(self) -> str:
        """The server's URL, by way of the relay."""
        before, at, _ = self._url.netloc.rpartition("@")
        return urlunsplit(self._url._replace(netloc=f"{before}{at}127.0.0.1:{self._port}"))

    @property
    def connections(self) -> int:
        return len(self._lines)

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    def swallow(self) -> int:
        """From now on the callers of today hear nothing more from the server, which hears all that they say; how many
        they are.
        """
        for line in self._lines:
            line.muted = True
        return len(self._lines)

    def reset(self) -> int:
        """Reset every connection, at both ends; how many there were."""
        lines = tuple(self._lines)
        for line in lines:
            line.reset()
        return len(lines)

    async def close(self) -> None:
        """Take no more connections, and reset those there are."""
        if self._server is not None:
            self._server.close()
            self.reset()
            await self._server.wait_closed()
            self._server = None

    async def __aenter__(self) -> Relay:
        await self.open()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            server_reader, server_writer = await asyncio.open_connection(self._url.hostname, self._url.port)
        except OSError:
            _reset(writer)
            return
        line = _Line(writer, server_writer)
        self._lines.add(line)
        try:
            await asyncio.gather(line.carry(reader, server_writer), line.carry(server_reader, writer, answers=True))
        finally:
            self._lines.discard(line)
            for end in (writer, server_writer):
                end.close()
                with contextlib.suppress(OSError):
                    await end.wait_closed()


class _Line:
    """One caller and its connection to the server."""

    def __init__(self, caller: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self._ends = (caller, server)
        self.muted = False

    def reset(self) -> None:
        for end in self._ends:
            _reset(end)

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, answers: bool = False) -> None:
        """Until the source says no more; then the target hears so too."""
        with contextlib.suppress(OSError):
            while chunk := await source.read(_CHUNK):
                if not (answers and self.muted):
                    target.write(chunk)
                    await target.drain()
            if target.can_write_eof():
                target.write_eof()


def _reset(writer: asyncio.StreamWriter) -> None:
    end = writer.get_extra_info("socket")
    if end is not None and end.fileno() >= 0:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
    writer.transport.abort()

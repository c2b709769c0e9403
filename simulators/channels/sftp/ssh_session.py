"""An SFTP session over SSH: packets in, requests performed one after the other, replies out.

Nothing piles up: what a partner sends is read only as far as it is performed, and performed only as far as it reads the
replies.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

import asyncssh

from .connection import Connection
from .packet import MAX_PACKET, Malformed, read_init, read_request, version_packet, write_reply
from .partner_session import PartnerSession
from .status import ConnectionCut

# Of requests that are not performed yet; then the partner's window is let run down.
_MAX_WAITING = 1024 * 1024
# Replies are sent together up to this, which spares an SSH packet for each.
_BATCH = 32 * 1024
LEFT, LOST = "the partner left", "the connection was lost"


class SshSession(asyncssh.SSHServerSession[bytes]):
    """One channel. `active` is called whenever something was asked for."""

    def __init__(self, session: PartnerSession, active: Callable[[], None]) -> None:
        self._session = session
        self._active = active
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._connection: Connection | None = None
        self._buffer = bytearray()
        self._packets: deque[bytes] = deque()
        self._waiting = 0
        self._paused = False
        self._fed = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()
        self._no_more = False
        self._malformed = ""
        self._task: asyncio.Task[None] | None = None

    # What asyncssh calls.

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        connection = chan.get_connection()
        assert isinstance(connection, Connection)
        self._channel, self._connection = chan, connection

    def subsystem_requested(self, subsystem: str) -> bool:
        return subsystem == "sftp"

    def session_started(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._work())

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self._active()
        self._buffer += data
        while len(self._buffer) >= 4 and not self._malformed:
            size = int.from_bytes(self._buffer[:4])
            if not 0 < size <= MAX_PACKET:
                self._malformed = f"a packet of {size} octets"
            elif len(self._buffer) < 4 + size:
                break
            else:
                self._packets.append(bytes(self._buffer[4 : 4 + size]))
                self._waiting += size
                del self._buffer[: 4 + size]
        if self._waiting > _MAX_WAITING and not self._paused and self._channel is not None:
            self._paused = True
            self._channel.pause_reading()
        self._fed.set()

    def eof_received(self) -> bool:
        self._no_more = True
        self._fed.set()
        return True  # the answers to what was asked still go out

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.drop(LEFT if exc is None else LOST)

    # Our own.

    def drop(self, why: str) -> None:
        """The session is over, at once."""
        if self._task is not None:
            self._task.cancel()
        self._session.end(why)

    def is_over(self) -> bool:
        return self._task is not None and self._task.done()

    async def _work(self) -> None:
        assert self._channel is not None
        assert self._connection is not None
        try:
            await self._serve(self._channel, self._connection)
            self._session.end(LEFT)
            self._channel.exit(0)
        except ConnectionCut as cut:
            self._session.end(f"cut by {cut}")
            self._connection.abort()
        except Malformed as error:
            self._session.end(f"no SFTP: {error}")
            self._channel.exit(1)
        except OSError:  # the channel was closed while an answer was under way
            self._session.end(LOST)

    async def _serve(self, channel: asyncssh.SSHServerChannel[bytes], connection: Connection) -> None:
        """Raises: ConnectionCut, Malformed; OSError when the channel is closed."""
        first = await self._next()
        if first is None:
            return
        read_init(first)
        channel.write(version_packet())
        replies = bytearray()
        while (packet := await self._next()) is not None:
            number, request = read_request(packet)
            try:
                replies += write_reply(number, await self._session.perform(request))
            except ConnectionCut:
                channel.write(bytes(replies))
                raise
            if self._packets and len(replies) < _BATCH:
                continue
            channel.write(bytes(replies))
            replies.clear()
            await connection.writable.wait()
            await self._writable.wait()
            if self._packets:
                await asyncio.sleep(0)  # everybody's turn

    async def _next(self) -> bytes | None:
        """The next packet; None when no more comes. Raises: Malformed."""
        while not self._packets:
            if self._malformed:
                raise Malformed(self._malformed)
            if self._no_more:
                return None
            self._fed.clear()
            await self._fed.wait()
        packet = self._packets.popleft()
        self._waiting -= len(packet)
        if self._paused and self._waiting < _MAX_WAITING // 2 and self._channel is not None:
            self._paused = False
            self._channel.resume_reading()
        return packet

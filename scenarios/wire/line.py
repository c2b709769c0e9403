"""A connection through a relay: a caller's, and the one that the relay has made to the party for it."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any, cast

from .rule import Rule, Way
from .stream import Meter, Stream, Struck

# Closing with a linger time of zero sends a reset in place of what is left (RFC 9293, 3.9.1, ABORT).
_NO_LINGER = struct.pack("ii", 1, 0)
FLUSH_S = 0.001

# Connects a protocol to the party. Raises: OSError.
Connect = Callable[[Callable[[], asyncio.Protocol]], Awaitable[Any]]


class _End(asyncio.Protocol):
    """One side's socket. What comes in there goes through `stream`."""

    __slots__ = ("line", "made", "stream", "towards", "transport")

    def __init__(self, line: Line, stream: Stream, towards: Stream, made: Callable[[], None]) -> None:
        self.line = line
        self.stream = stream
        self.towards = towards
        self.made = made
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.made()

    def data_received(self, data: bytes) -> None:
        stream = self.stream
        if stream.plain:
            stream.sink.write(data)  # type: ignore[union-attr]  # what is plain has a sink
        else:
            stream.take(data)

    def eof_received(self) -> bool:
        self.stream.end()
        return True

    def pause_writing(self) -> None:
        self.towards.full()

    def resume_writing(self) -> None:
        self.towards.drained()

    def connection_lost(self, error: Exception | None) -> None:
        self.line.lost(reset=error is not None)


class Line:
    """`up` carries what the caller says, `down` what the party says. `port` is the relay's own port towards the party,
    by which that side knows the connection; 0 until it is there.
    """

    def __init__(self, connect: Connect, chance: Random, on_open: Callable[[Line], None], on_gone: Struck) -> None:
        self.up, self.down = Stream(self, chance), Stream(self, chance)
        self.caller = _End(self, self.up, self.down, self._called)
        self.party = _End(self, self.down, self.up, self._connected)
        self.port = 0
        self._connect = connect
        self._on_open, self._on_gone = on_open, on_gone
        self._connecting: asyncio.Task[None] | None = None
        self._gone = False

    def follow(
        self,
        rule: Rule,
        way: Way,
        struck: Struck = lambda: None,
        *,
        meter: Meter | None = None,
        one_answer: bool = False,
    ) -> None:
        """Lay a rule on one way. `one_answer`: only until the caller speaks again, which over HTTP/1.1 it does when it
        has had the answer.
        """
        stream = self._stream(way)
        stream.follow(rule, struck, meter)
        if one_answer:
            self.up.tell_next(stream.spend)

    def release(self, way: Way) -> None:
        """Lift the rule."""
        self._stream(way).release()

    def cut(self, *, reset: bool) -> None:
        """End it for both sides once what was passed on has been sent: by a reset, or in good order."""
        if self._gone:
            return
        waiting = [end.transport for end in self._ends() if end.transport and end.transport.get_write_buffer_size()]
        if reset and any(not transport.is_closing() for transport in waiting):
            asyncio.get_running_loop().call_later(FLUSH_S, lambda: self.cut(reset=True))
            return
        for end in self._ends():
            if end.transport is None:
                continue
            if reset:
                _abort(end.transport)
            else:
                end.transport.close()
        self._forget()

    def reset(self) -> None:
        """End it for both sides at once, whatever was still to be sent."""
        for end in self._ends():
            if end.transport is not None:
                _abort(end.transport)
        self._forget()

    def ended(self) -> None:
        """One way is over; when both are, so is the connection."""
        if self.up.over and self.down.over:
            self.cut(reset=False)

    def lost(self, *, reset: bool) -> None:
        """A side's socket is gone; the other side is told in the same manner."""
        if self._gone:
            return
        if reset:
            self.reset()
        else:
            self.cut(reset=False)

    def _called(self) -> None:
        self._hush()
        # uvloop begins to read after it has told of the connection, whatever was said then.
        asyncio.get_running_loop().call_soon(self._hush)
        self._on_open(self)
        if not self._gone:
            self._connecting = asyncio.get_running_loop().create_task(self._reach())

    async def _reach(self) -> None:
        try:
            await self._connect(lambda: self.party)
        except OSError:
            # Nobody is there. The caller has been let in already, so the nearest to a refusal is a reset.
            self.reset()

    def _connected(self) -> None:
        caller, party = self.caller.transport, self.party.transport
        assert caller is not None
        assert party is not None
        if self._gone or caller.is_closing():
            _abort(party)
            return
        self.port = party.get_extra_info("sockname")[1]
        self.down.attach(party, caller)
        if not caller.is_reading():
            caller.resume_reading()
        self.up.attach(caller, party)

    def _hush(self) -> None:
        """Read nothing from the caller as long as there is nobody to pass it on to."""
        caller = self.caller.transport
        if caller is not None and self.party.transport is None and caller.is_reading():
            caller.pause_reading()

    def _ends(self) -> tuple[_End, _End]:
        return (self.caller, self.party)

    def _stream(self, way: Way) -> Stream:
        return self.up if way == "up" else self.down

    def _forget(self) -> None:
        if self._gone:
            return
        self._gone = True
        self.up.drop()
        self.down.drop()
        if self._connecting is not None and self.party.transport is None:
            self._connecting.cancel()
        self._on_gone()


def _abort(transport: asyncio.Transport) -> None:
    """Close with a reset."""
    if not transport.is_closing():
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    transport.abort()

"""A relay of octets in front of any server: it breaks connections, holds them up and loses them, and knows no protocol.

For a fault on the wire that no server and no HTTP proxy can make by itself: a reset, a connection that is open and
dead, an answer cut at an octet, a line that is slow or broken for a while (docs/reference/faults-on-the-wire.md).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from ...simulators.channels.gate import BACKLOG, Gate
from .line import Line
from .rule import Aim
from .stream import Meter

HOST = "127.0.0.1"


@dataclass(slots=True, eq=False)
class Armed:
    """An aim in force. `struck` is called with each connection on which the rule does something, once for each."""

    aim: Aim
    struck: Callable[[Line], None]
    meter: Meter = field(default_factory=Meter)
    opened: int = 0
    open: bool = False
    laid_on: list[Line] = field(default_factory=list)
    timers: list[asyncio.TimerHandle] = field(default_factory=list)


class Relay:
    """Takes connections at an address of its own and passes on what is said to `(host, port)` and back.

    Rules are laid on single connections (`Line.follow`) or on those that an aim means (`arm`). `close` ends all.
    Raises, when opened: OSError when its port is taken.
    """

    def __init__(self, host: str, port: int, chance: Random, *, own_port: int = 0) -> None:
        self._upstream = (host, port)
        self._chance = chance
        self._gate = Gate(self._serve, HOST, own_port)
        self._lines: dict[Line, None] = {}
        self._armed: list[Armed] = []

    @property
    def port(self) -> int:
        return self._gate.port

    @property
    def lines(self) -> list[Line]:
        """The connections that are open, the oldest first."""
        return list(self._lines)

    async def open(self) -> None:
        await self._gate.open()

    def close(self) -> None:
        for armed in list(self._armed):
            self.disarm(armed)
        self._gate.close()
        self.reset_all()

    def line(self, port: int) -> Line | None:
        """The connection that the party sees come from this port."""
        return next((line for line in self._lines if line.port == port), None) if port else None

    def refuse(self) -> None:
        """From now on callers are refused. What is open stays so."""
        self._gate.cut()

    def deafen(self) -> None:
        """From now on callers get no answer to their attempt to connect. What is open stays so."""
        self._gate.deafen()

    def accept(self) -> None:
        """Callers are let in again."""
        self._gate.reopen()

    def reset_all(self) -> None:
        """Reset every connection that is open."""
        for line in self.lines:
            line.reset()

    def arm(self, aim: Aim, struck: Callable[[Line], None] = lambda _line: None) -> Armed:
        """Have a rule laid on the connections that are aimed at."""
        armed = Armed(aim, struck)
        self._armed.append(armed)
        if aim.from_s:
            armed.timers.append(asyncio.get_running_loop().call_later(aim.from_s, partial(self._begin, armed)))
        else:
            self._begin(armed)
        return armed

    def disarm(self, armed: Armed) -> None:
        """Lift the rule from every connection, and lay it on no further one. Harmless when that is done already."""
        if armed not in self._armed:
            return
        self._armed.remove(armed)
        for timer in armed.timers:
            timer.cancel()
        for line in armed.laid_on:
            if line in self._lines:
                line.release(armed.aim.way)

    def _begin(self, armed: Armed) -> None:
        armed.open = True
        if armed.aim.for_s:
            armed.timers.append(asyncio.get_running_loop().call_later(armed.aim.for_s, partial(self.disarm, armed)))
        if armed.aim.open_ones:
            for line in self.lines:
                self._lay(armed, line)

    def _lay(self, armed: Armed, line: Line) -> None:
        armed.laid_on.append(line)
        line.follow(armed.aim.rule, armed.aim.way, partial(armed.struck, line), meter=armed.meter)

    def _opened(self, line: Line) -> None:
        self._lines[line] = None
        for armed in self._armed:
            if armed.open:
                armed.opened += 1
                if armed.aim.counts(armed.opened):
                    self._lay(armed, line)

    async def _serve(self, listening: socket.socket) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(self._protocol, sock=listening, backlog=BACKLOG)

    def _protocol(self) -> asyncio.Protocol:
        line = Line(self._connect, self._chance, self._opened, lambda: self._lines.pop(line, None))
        return line.caller

    async def _connect(self, protocol: Callable[[], asyncio.Protocol]) -> Any:
        return await asyncio.get_running_loop().create_connection(protocol, *self._upstream)

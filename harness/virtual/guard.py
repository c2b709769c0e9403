"""Watches that a layer in virtual time does nothing that virtual time doesn't have: it is refused, and told to people.

Python tells an audit hook (PEP 578) of what a program asks of the system before it comes about. Such a hook stays for
the life of the process; it listens only while a guard is on duty, and only to what happens on its loop.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from functools import cache, wraps
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, ParamSpec, TypeVar

from ...simulators.virtual.loop import NotVirtual, VirtualLoop
from ..target import ConfigError

P = ParamSpec("P")
T = TypeVar("T")
# Audit event → what the layer did, and what to do instead.
FORBIDDEN = {
    "time.sleep": ("sleeps for real", "await asyncio.sleep"),
    "socket.connect": ("opens a socket", "send requests with what the factory was handed"),
    "socket.bind": ("opens a socket", "leave serving to Crossdock, which calls the app directly"),
    "socket.sendto": ("opens a socket", "send requests with what the factory was handed"),
    "socket.getaddrinfo": ("looks up a host", "send requests with what the factory was handed"),
    "_thread.start_new_thread": ("starts a thread", "do the work on the event loop"),
    "_thread.start_joinable_thread": ("starts a thread", "do the work on the event loop"),
    "subprocess.Popen": ("starts a process", "do the work in this one"),
    "os.fork": ("starts a process", "do the work in this one"),
    "os.posix_spawn": ("starts a process", "do the work in this one"),
    "os.system": ("starts a process", "do the work in this one"),
}
# What Python does not tell of before 3.13 and 3.12, as the owner and the name of it, and its event.
SILENT: tuple[tuple[Any, str, str], ...] = (
    (time, "sleep", "time.sleep"),
    (threading.Thread, "start", "_thread.start_new_thread"),
)
MEANING = (
    "in virtual time a layer has one thread, no sockets, and no time but asyncio's "
    "(docs/how-to/run-in-virtual-time.md); run it over sockets instead: leave out --virtual"
)


class Guard:
    """On duty as a context manager. `folder` is where the layer's own code lies: what it does is named by line."""

    def __init__(self, target: str, folder: Path) -> None:
        self._target = target
        self._folder = str(folder.resolve())
        self._real: list[tuple[Any, str, Any]] = []
        self._loop = asyncio.get_running_loop()
        self._violated: asyncio.Future[str] = self._loop.create_future()

    async def watch(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work, and give it up as soon as the layer does what it must not.

        Raises: ConfigError that says what the layer did, and where.
        """
        working = asyncio.ensure_future(work)
        try:
            await asyncio.wait((working, self._violated), return_when=asyncio.FIRST_COMPLETED)
            if self._violated.done():
                raise ConfigError(self._violated.result())
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
        working.result()

    def __enter__(self) -> Guard:
        _listen()
        _on_duty.append(self)
        for owner, name, event in SILENT:
            self._real.append((owner, name, getattr(owner, name)))
            setattr(owner, name, self._refusing(getattr(owner, name), event))
        if isinstance(self._loop, VirtualLoop):
            self._loop.on_spinning = lambda: self.note("waits for nothing: it goes round and round", "await a pause")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _on_duty.remove(self)
        while self._real:
            setattr(*self._real.pop())

    def _refusing(self, real: Callable[P, T], event: str) -> Callable[P, T]:
        @wraps(real)
        def refused(*args: P.args, **kwargs: P.kwargs) -> T:
            self.refuse(event)
            return real(*args, **kwargs)

        return refused

    def refuse(self, event: str) -> None:
        """Raises: NotVirtual, in the place where it happens."""
        if asyncio._get_running_loop() is self._loop:
            self.note(*FORBIDDEN[event])
            raise NotVirtual(f"{FORBIDDEN[event][0]}: {MEANING}")

    def note(self, did: str, instead: str) -> None:
        """Remember the first thing that the layer did."""
        if not self._violated.done():
            place = self._place(sys._getframe(1))
            self._violated.set_result(f"{self._target}: the layer {did}{place}: {instead}; {MEANING}")

    def _place(self, frame: FrameType | None) -> str:
        while frame is not None:
            if frame.f_code.co_filename.startswith(self._folder):
                return f" ({Path(frame.f_code.co_filename).name}, line {frame.f_lineno})"
            frame = frame.f_back
        return ""


_on_duty: list[Guard] = []


@cache
def _listen() -> None:
    """Once in a process: there is no way to take a hook away again."""
    sys.addaudithook(_heard)


def _heard(event: str, _arguments: tuple[object, ...]) -> None:
    if _on_duty and event in FORBIDDEN:
        _on_duty[-1].refuse(event)

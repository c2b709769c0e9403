"""The HTTP proxy as the harness sees it: started when a scenario asks for it, told what to do, stopped without a trace.

It is a process of its own (proxy_process.py), because mitmproxy's libraries and the time it takes belong neither to the
simulators nor to the layer (docs/decisions/0010-where-faults-on-the-wire-are-made.md).
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from .proxy_effect import AnyEffect
from .proxy_words import (
    Asked,
    Begin,
    Connected,
    Done,
    Dump,
    FromProxy,
    Handshake,
    Present,
    Ready,
    Reply,
    Spared,
    Struck,
    ToProxy,
)

READY_WITHIN_S = 30.0
DONE_WITHIN_S = 20.0
STOP_WITHIN_S = 5.0
TAIL_LINES = 8


class ProxyFailed(Exception):
    """The proxy can't be started, or is gone. Says why, and what to do."""


def is_installed() -> bool:
    """Whether mitmproxy is there (the extra `proxy`)."""
    return importlib.util.find_spec("mitmproxy") is not None


@dataclass(slots=True)
class Listening:
    """Who decides, and who hears of what happened. `gone` is called when the proxy ends by itself."""

    decide: Callable[[Asked], AnyEffect | None]
    struck: Callable[[Struck], None]
    spared: Callable[[Spared], None]
    handshake: Callable[[Handshake], None]
    gone: Callable[[str], None]


@dataclass(slots=True)
class Proxy:
    """`ports` is party → where the proxy stands in front of it. `callers` is the port from which the party is called →
    the port from which the proxy is.
    """

    listening: Listening
    log: Path
    ports: dict[str, int] = field(default_factory=dict)
    callers: dict[int, int] = field(default_factory=dict)
    _process: asyncio.subprocess.Process | None = None
    _reading: asyncio.Task[None] | None = None
    _numbers: int = 0
    _waiting: dict[int, asyncio.Future[str]] = field(default_factory=dict)
    _stopping: bool = False

    async def start(self, begin: Begin) -> None:
        """Raises: ProxyFailed."""
        if not is_installed():
            raise ProxyFailed("mitmproxy is not installed: install crossdock with its extra `proxy`")
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", f"{__package__}.proxy_process"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=_environment(os.environ),
                start_new_session=True,
                limit=1 << 22,
            )
        self._say(begin)
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), READY_WITHIN_S)
        except TimeoutError:
            await self.stop()
            raise ProxyFailed(f"the proxy was not ready within {READY_WITHIN_S:g} s; see {self.log}") from None
        if not line:
            await self.stop()
            raise ProxyFailed(f"the proxy could not start; its last words (whole log: {self.log}):\n{self._tail()}")
        ready = _decode(line)
        assert isinstance(ready, Ready)
        self.ports = ready.ports
        self._reading = asyncio.get_running_loop().create_task(self._read(self._process.stdout))

    async def present(self, party: str, certificate: str) -> None:
        """From now on show this certificate in front of the party. Raises: ProxyFailed."""
        await self._done(Present(number=self._number(), party=party, certificate=certificate))

    async def dump(self, file: Path) -> None:
        """Write what has passed so far, as HAR 1.2; only when it was begun with `record`. Raises: ProxyFailed."""
        await self._done(Dump(number=self._number(), file=str(file)))

    async def stop(self) -> None:
        """End the process: its stdin ends, and if that is not enough, it is killed."""
        self._stopping = True
        process = self._process
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), STOP_WITHIN_S)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if self._reading is not None:
            await self._reading
        self._process = None
        if not self.log.stat().st_size:
            self.log.unlink()

    async def _read(self, words: asyncio.StreamReader) -> None:
        """Take in what the proxy says until it ends."""
        while line := await words.readline():
            try:
                self._take(_decode(line))
            except Exception as error:  # a bug of ours must end in HARNESS_ERROR, and not in a request that hangs
                self.listening.gone(f"a word of the proxy was not understood: {type(error).__name__}: {error}")
        for future in self._waiting.values():
            if not future.done():
                future.set_result("the proxy has ended")
        if not self._stopping:
            self.listening.gone(f"the proxy ended by itself; its last words (whole log: {self.log}):\n{self._tail()}")

    def _take(self, word: FromProxy) -> None:
        match word:
            case Asked():
                effect = None
                try:
                    effect = self.listening.decide(word)
                finally:
                    self._say(Reply(number=word.number, effect=effect))
            case Connected(number=number, port=port, server_port=server_port):
                self.callers[server_port] = port
                self._say(Reply(number=number))
            case Struck():
                self.listening.struck(word)
            case Spared():
                self.listening.spared(word)
            case Handshake():
                self.listening.handshake(word)
            case Done(number=number, problem=problem):
                self._waiting.pop(number).set_result(problem)

    async def _done(self, word: Present | Dump) -> None:
        if self._process is None or self._reading is None or self._reading.done():
            raise ProxyFailed(f"the proxy has ended; see {self.log}")
        self._waiting[word.number] = answer = asyncio.get_running_loop().create_future()
        self._say(word)
        if problem := await asyncio.wait_for(answer, DONE_WITHIN_S):
            raise ProxyFailed(f"the proxy could not {type(word).__name__.lower()}: {problem}")

    def _say(self, word: ToProxy) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(msgspec.json.encode(word) + b"\n")

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _tail(self) -> str:
        lines = self.log.read_text("utf-8", "replace").splitlines() if self.log.exists() else []
        return "\n".join(f"    {line[:300]}" for line in lines[-TAIL_LINES:]) or "    (it wrote nothing)"


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """What a proxy between two programs of this machine must not take from the user's settings is left out."""
    return {name: value for name, value in given.items() if not name.lower().endswith("_proxy")}


_decoder: msgspec.json.Decoder[FromProxy] = msgspec.json.Decoder(FromProxy)


def _decode(line: bytes) -> FromProxy:
    return _decoder.decode(line)

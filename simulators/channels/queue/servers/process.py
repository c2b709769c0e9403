"""A broker's process: it ends when it is told to, and also when the process that started it is gone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from .server import ServerError

STOP_WITHIN_S = 20.0
GREETED_WITHIN_S = 2.0
TAIL_LINES = 12
# The shell stands between: when its standard input ends, with us or because we say so, it ends the server. A process
# group would not do: nobody is left to send it a signal once we are killed.
_UNTIL_INPUT_ENDS = """
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
{ cat <&3 >/dev/null; kill -TERM "$server" 2>/dev/null; } &
exec 3<&-
wait "$server"
"""


class ServerProcess:
    """One started process; `log` takes what it writes."""

    def __init__(self, process: asyncio.subprocess.Process, name: str, log: Path) -> None:
        self._process = process
        self._name = name
        self._log = log

    @classmethod
    async def start(cls, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> ServerProcess:
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                "/bin/sh",
                "-c",
                _UNTIL_INPUT_ENDS,
                name,
                *command,
                env=dict(environment),  # uvloop takes no other mapping
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(process, name, log)

    async def until(self, ready: Callable[[], Awaitable[bool]], within_s: float) -> None:
        """Wait until it is ready. Raises: ServerError when it ends before, or the time is over."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within_s
        while not await ready():
            if self._process.returncode is not None:
                raise ServerError(f"{self._name} ended with exit code {self._process.returncode}:\n{self._tail()}")
            if loop.time() > deadline:
                raise ServerError(f"{self._name} was not ready within {within_s:g} s:\n{self._tail()}")
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL when that was not enough."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN_S):
                await self._process.wait()
        await self.kill()

    async def kill(self) -> None:
        """SIGKILL to it and all that it has started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    def _tail(self) -> str:
        lines = self._log.read_text("utf-8", "replace").splitlines() if self._log.exists() else []
        return "\n".join(f"    {line[:300]}" for line in lines[-TAIL_LINES:]) or "    (it wrote nothing)"


def free_port() -> int:
    """A port of the loopback interface that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def greets(port: int, greeting: bytes, answer: bytes) -> bool:
    """Whether somebody at the port of the loopback interface answers a greeting in this way, or speaks so first."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        writer.write(greeting)
        async with asyncio.timeout(GREETED_WITHIN_S):
            return await reader.readexactly(len(answer)) == answer
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return False
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

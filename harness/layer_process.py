"""The layer as a process of ours: started from target.yaml, watched, stopped with its whole process group."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .target import ConfigError, Start, fill

TAIL_LINES = 12


class TargetUnreachable(Exception):
    """The layer is not there or gives no usable answer: nothing can be said about it. The message says what to do."""


class LayerProcess:
    """One started layer. What it writes to stdout and stderr is added to `log`."""

    def __init__(self, process: asyncio.subprocess.Process, command: str, log: Path, stop_within_s: float) -> None:
        self._process = process
        self._stop_within_s = stop_within_s
        self._is_ended_by_us = False
        self.command = command
        self.log = log

    @classmethod
    async def start(
        cls,
        start: Start,
        file: Path,
        values: Mapping[str, str],
        given: Mapping[str, str],
        log: Path,
        *,
        again: bool = False,
    ) -> LayerProcess:
        """`again`: it ran before, and goes on writing into the same log.

        Raises: ConfigError when the command can't be started.
        """
        command = [fill(part, values, f"{file}: start.command") for part in start.command]
        environment = dict(os.environ)
        # The layer is a program of its own: what our own launcher set for us is not for it.
        environment.pop("PYTHONSAFEPATH", None)
        environment.update(given)
        for name, value in start.environment.items():
            environment[name] = fill(str(value), values, f"{file}: start.environment.{name}")
        directory = (file.parent / start.directory).resolve()
        output = log.open("ab" if again else "wb")
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=directory,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise ConfigError(
                f"{file}: start.command: {command[0]!r} can't be started in {directory}: {error.strerror}"
            ) from error
        finally:
            output.close()
        return cls(process, " ".join(command), log, start.stop_within_s)

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.returncode

    @property
    def ended_by_itself(self) -> bool:
        """Whether it is gone though nobody here ended it. With which exit code one ends that was told to says nothing:
        many runtimes make 143 of SIGTERM.
        """
        return self.exit_code is not None and not self._is_ended_by_us

    def tail(self) -> str:
        """The last lines that it wrote."""
        lines = self.log.read_text("utf-8", "replace").splitlines() if self.log.exists() else []
        return "\n".join(f"    {line[:300]}" for line in lines[-TAIL_LINES:]) or "    (it wrote nothing)"

    async def ready(self, url: str, within_s: float) -> None:
        """Wait until the URL answers with 2xx.

        Raises: ConfigError when the process ends before; TargetUnreachable when the time is over.
        """
        import aiohttp

        loop = asyncio.get_running_loop()
        deadline = loop.time() + within_s
        last = "it never answered"
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
            while loop.time() < deadline:
                if self.exit_code is not None:
                    raise ConfigError(
                        f"the layer ended with exit code {self.exit_code} before it was ready. "
                        f"Its command was `{self.command}`; its last words (whole log: {self.log}):\n{self.tail()}"
                    )
                try:
                    async with session.get(url) as response:
                        if 200 <= response.status < 300:
                            return
                        last = f"it answered {response.status}"
                except (aiohttp.ClientError, TimeoutError) as error:
                    last = str(error) or type(error).__name__
                await asyncio.sleep(0.02)
        raise TargetUnreachable(
            f"the layer runs, but {url} did not answer with 2xx within {within_s:g} s ({last}). "
            f"Check start.ready in target.yaml; its last words (whole log: {self.log}):\n{self.tail()}"
        )

    def kill(self) -> None:
        """SIGKILL to the process group: it does nothing any more once this returns."""
        self._signal(signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM to the process group, SIGKILL when that was not enough."""
        if self.exit_code is None:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), self._stop_within_s)
        self._signal(signal.SIGKILL)
        await self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        self._is_ended_by_us |= self.exit_code is None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


def free_port() -> int:
    """A port that nobody listens on right now; the layer is to bind it a moment later."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def listens(url: str, patience_s: float = 2.0) -> str | None:
    """Whether somebody accepts connections at the URL; None when so, else what went wrong."""
    from urllib.parse import urlsplit

    address = urlsplit(url)
    try:
        connection: Any = asyncio.open_connection(address.hostname, address.port or 80)
        _, writer = await asyncio.wait_for(connection, patience_s)
    except (OSError, TimeoutError) as error:
        return str(error) or type(error).__name__
    writer.close()
    return None

"""A server under measurement: a process on a core of its own, started, watched, and stopped with all its children."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from crossdock.benchmarks.machine import SERVER_CORE, on_core
from crossdock.benchmarks.measure import MeasureError

READY_WITHIN_S = 60.0
STOP_WITHIN_S = 10.0


class ServerProcess:
    """A context manager: entering starts the command, leaving stops it.

    `log` takes its stderr, and its stdout too unless `piped`; `core` None leaves it to the system where it runs.
    Raises: MeasureError when it can't be started.
    """

    def __init__(
        self, name: str, command: Sequence[str], log: Path, *, piped: bool = False, core: int | None = SERVER_CORE
    ) -> None:
        self.name = name
        self.log = log
        with log.open("wb") as output:
            try:
                with on_core(core):  # children begin on their parent's
                    self.process = subprocess.Popen(
                        command,
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.PIPE if piped else output,
                        stderr=output,
                        start_new_session=True,
                    )
            except OSError as error:
                raise MeasureError(f"{name} can't be started: {command[0]}: {error.strerror}") from error

    def __enter__(self) -> ServerProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def line(self) -> bytes:
        """The next line it prints; only of a piped server.

        Raises: MeasureError when it ends instead.
        """
        assert self.process.stdout is not None
        if line := self.process.stdout.readline():
            return line
        raise self._ended()

    def wait_for_port(self, port: int) -> None:
        """Wait until it takes connections.

        Raises: MeasureError when it ends before, or needs more than a minute.
        """
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                pass
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.02)
                raise self._ended()
        raise MeasureError(
            f"{self.name} took no connections on port {port} within {READY_WITHIN_S:g} s; see {self.log}"
        )

    def cpu_seconds(self) -> float:
        """Processor time used so far, with that of children that have ended; 0 where the system doesn't tell."""
        fields = _proc(self.process.pid, "stat").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> int:
        """Memory it holds now, 0 where the system doesn't tell."""
        fields = _proc(self.process.pid, "statm").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") if fields else 0

    def _ended(self) -> MeasureError:
        code = self.process.wait()
        words = self.log.read_text("utf-8", "replace").splitlines()[-5:]
        return MeasureError(f"{self.name} ended with exit code {code}; its last words:\n" + "\n".join(words))


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _proc(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8")
    except OSError:
        return ""

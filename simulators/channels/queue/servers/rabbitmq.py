"""RabbitMQ as a Linux distribution packages it (Debian: rabbitmq-server), run privately beside whatever runs already.

Everything of it stands in a temporary folder: configuration, store, logs, and the cookie of its node. Erlang's port
mapper (epmd) would stay behind when the node that first needed it has gone, so it gets one of its own, which ends with
it. Settings: https://www.rabbitmq.com/docs/configure.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from .process import ServerProcess, free_port, greets
from .server import BrokerServer, ServerError, servers

READY_WITHIN_S = 90.0
# Not what stands on the path: Debian's wrapper there becomes the user `rabbitmq`, who may not read our folder.
_PROGRAMS = ("/usr/lib/rabbitmq/bin/rabbitmq-server", "/opt/homebrew/sbin/rabbitmq-server")
_PROTOCOL = b"AMQP\x00\x00\x09\x01"
_START = b"\x01\x00\x00"  # the method frame on channel 0 with which a server answers (AMQP 0-9-1, 4.2.3)
_CONFIGURATION = """\
listeners.tcp.1 = 127.0.0.1:{port}
loopback_users = none
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.relative = 0.6
"""
# One scheduler that does not spin: a broker of a test run shares the machine with what is tested.
_ERLANG = "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none"


@servers.register("rabbitmq")
class RabbitMqServer(BrokerServer):
    """A node of its own with the usual guest account, reachable from this machine only."""

    restarts = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._node: ServerProcess | None = None
        self._mapper: ServerProcess | None = None
        self._ports = (0, 0, 0)

    @staticmethod
    def missing() -> str:
        if _program() and shutil.which("epmd"):
            return ""
        return "there is no RabbitMQ to run here: apt-get install rabbitmq-server, or give the address of one"

    @property
    def url(self) -> str:
        # The name of the virtual host in full: by the specification of such URLs, a bare slash means one without name.
        return f"amqp://guest:guest@127.0.0.1:{self._ports[0]}/%2F"

    async def start(self) -> None:
        if problem := self.missing():
            raise ServerError(problem)
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="crossdock-rabbitmq-", ignore_cleanup_errors=True)
            self._ports = (self._wanted or free_port(), free_port(), free_port())
        folder = Path(self._folder.name)
        port, node_port, mapper_port = self._ports
        (folder / "rabbitmq.conf").write_text(_CONFIGURATION.format(port=port), "ascii")
        (folder / "enabled_plugins").write_text("[].", "ascii")
        environment = _environment(folder, node_port, mapper_port)
        if self._mapper is None:
            command = ["epmd", "-port", str(mapper_port), "-address", "127.0.0.1", "-relaxed_command_check"]
            self._mapper = await ServerProcess.start("epmd", command, environment, folder / "epmd.log")
        self._node = await ServerProcess.start("RabbitMQ", [_program()], environment, folder / "server.log")
        await self._node.until(lambda: greets(port, _PROTOCOL, _START), READY_WITHIN_S)

    async def go_down(self) -> None:
        # In good order: 3.10 forgets a quorum queue whose node is killed in the minutes after it was declared.
        if self._node is not None:
            await self._node.stop()

    async def stop(self) -> None:
        for process in (self._node, self._mapper):
            if process is not None:
                await process.stop()
        self._node = self._mapper = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _program() -> str:
    return next((program for program in _PROGRAMS if os.access(program, os.X_OK)), "")


def _environment(folder: Path, node_port: int, mapper_port: int) -> dict[str, str]:
    """Only what is named here: a RabbitMQ that is configured on this machine is another one."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "ERL_EPMD_PORT": str(mapper_port),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": f"crossdock{node_port}@localhost",
        "RABBITMQ_DIST_PORT": str(node_port),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _ERLANG,
    }

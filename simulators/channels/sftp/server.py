"""A provider's SFTP server: its address, its host keys, and the connections to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence

import asyncssh

from ..gate import BACKLOG, Gate
from .connection import Connection
from .depot import Depot
from .host_key import HostKey
from .visitor import Visitor

# Every client of the last ten years has one of these. ChaCha20 and UMAC are left out: OpenSSH would choose them first,
# and in Python they cost twice as much as AES and HMAC.
CIPHERS = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr")
MACS = ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512")


class SftpServer:
    """Serves one depot on the running event loop, at one address of the loopback interface.

    A client takes any one of `host_keys` that it understands, so there is at most one of each kind. `banner` is shown
    to people before they log in.
    """

    def __init__(
        self, depot: Depot, host_keys: Sequence[HostKey], port: int = 0, host: str = "127.0.0.1", *, banner: str = ""
    ) -> None:
        self.depot = depot
        self._banner = banner
        self._gate = Gate(self._serve, host, port)
        self._visitors: set[Visitor] = set()
        self.turned_away = 0
        self.present(host_keys)

    @property
    def host(self) -> str:
        return self._gate.host

    @property
    def port(self) -> int:
        return self._gate.port

    @property
    def url(self) -> str:
        return f"sftp://{self.host}:{self.port}"

    @property
    def known_hosts(self) -> str:
        """Lines for a client's `known_hosts`, one for each host key."""
        return "".join(f"[{self.host}]:{self.port} {key.public}\n" for key in self.host_keys)

    def present(self, host_keys: Sequence[HostKey]) -> None:
        """Show these keys to whoever connects from now on, as after a rotation, or with somebody in between."""
        self.host_keys = tuple(host_keys)
        self._options = asyncssh.SSHServerConnectionOptions(
            server_factory=self._visitor,
            server_host_keys=[key.private for key in host_keys],
            server_version="Crossdock",
            encryption_algs=list(CIPHERS),
            mac_algs=list(MACS),
            compression_algs=["none"],  # nothing small becomes large here
            gss_host=None,
            host_based_auth=False,
            agent_forwarding=False,
            allow_pty=False,
            encoding=None,
            line_editor=False,
            login_timeout=0,  # the limits have their own, on the world's clock
            keepalive_interval=0,
        )

    async def open(self) -> None:
        """Listen; a port of 0 is chosen by the system now and kept from then on.

        Raises: OSError when the address is taken.
        """
        await self._gate.open()

    def cut(self) -> None:
        """Stop listening and drop every connection: from now on callers are refused. The address stays taken."""
        self._gate.cut()
        self._drop("outage")

    def reopen(self) -> None:
        """Listen again at the old address, from a callback. Nothing when it is open."""
        self._gate.reopen()

    async def close(self) -> None:
        """Stop for good; the depot with it."""
        self._gate.close()
        connections = [visitor.closed() for visitor in self._visitors]
        self._drop("the server was closed")
        await asyncio.gather(*connections)
        self.depot.close()

    def _drop(self, why: str) -> None:
        for visitor in list(self._visitors):
            visitor.drop(why)

    async def _serve(self, listening: socket.socket) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(lambda: Connection(loop, self._options), sock=listening, backlog=BACKLOG)

    def _visitor(self) -> Visitor:
        return Visitor(self.depot, self._banner, self._arrived, self._visitors.discard)

    def _arrived(self, visitor: Visitor) -> None:
        self._visitors.add(visitor)
        if len(self._visitors) > self.depot.provider.limits.connections:
            self.turned_away += 1
            visitor.drop("too many connections")

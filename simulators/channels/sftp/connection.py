"""An SSH connection, with the bounds that asyncssh leaves to its user.

asyncssh reads a packet whole however long it says it is, and lets what is to be sent pile up when the other side does
not read. Both are bounded here. This leans on `_inpbuf`, which is not its public interface, and on
`SSHServerConnection` being the asyncio protocol: the lock file pins the version, and tests of hostile partners tell
when it moves.
"""

from __future__ import annotations

import asyncio

import asyncssh

# Of octets that can't be taken in yet: more than a partner may send before it has to wait for an answer. An SSH packet
# has some 35,000 octets at most (RFC 4253, 6.1), an OpenSSH one 256 KiB.
MAX_UNREAD = 4 * 1024 * 1024
MAX_UNREAD_BEFORE_LOGIN = 512 * 1024


class Connection(asyncssh.SSHServerConnection):
    """One connection of a partner."""

    def __init__(self, loop: asyncio.AbstractEventLoop, options: asyncssh.SSHServerConnectionOptions) -> None:
        super().__init__(loop, options)
        self.writable = asyncio.Event()
        self.writable.set()
        self.logged_in = False

    async def reload_config(self) -> None:
        """There are no configuration files to look into for each user."""

    def data_received(self, data: bytes, datatype: int | None = None) -> None:
        super().data_received(data, datatype)
        if len(self._inpbuf) > (MAX_UNREAD if self.logged_in else MAX_UNREAD_BEFORE_LOGIN):
            self.abort()

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

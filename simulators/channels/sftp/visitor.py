"""Whoever connects to a file server: from the first octet to the last, with or without a login."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import asyncssh

from ...clock import Timer
from .connection import Connection
from .depot import Depot
from .login import Login
from .ssh_session import SshSession
from .status import ConnectionCut, FileRefused


class Visitor(asyncssh.SSHServer):
    """One connection as asyncssh asks about it. `arrived` and `left` tell the server, which bounds their number."""

    def __init__(
        self, depot: Depot, banner: str, arrived: Callable[[Visitor], None], left: Callable[[Visitor], None]
    ) -> None:
        self._depot = depot
        self._clock = depot.provider.clock
        self._limits = depot.provider.limits
        self._banner = banner
        self._arrived = arrived
        self._left = left
        self._connection: Connection | None = None
        self._login: Login | None = None
        self._method = ""
        self._attempts = 0
        self._sessions: list[SshSession] = []
        self._timer: Timer | None = None
        self._active_s = 0.0

    # What asyncssh calls.

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        assert isinstance(conn, Connection)
        self._connection = conn
        self._timer = self._clock.after(self._limits.login_s, lambda: self.drop("no login in time"))
        self._arrived(self)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._login is not None:
            self._login.failed("the connection ended")
        self._left(self)

    def begin_auth(self, username: str) -> bool:
        if self._login is not None:
            self._login.failed("went on as another user")
        self._login = self._depot.login(username)
        if self._banner and self._connection is not None:
            self._connection.send_auth_banner(self._banner)
        return True

    def password_auth_supported(self) -> bool:
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        return await self._proved("password", lambda login: login.password(password))

    def public_key_auth_supported(self) -> bool:
        return True

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        algorithm, data = key.export_public_key("openssh").decode().split()[:2]
        return await self._proved("key", lambda login: login.key(algorithm, data))

    def auth_completed(self) -> None:
        assert self._connection is not None
        assert self._login is not None
        self._connection.logged_in = True
        self._login.succeeded(self._method)
        self._is_active()
        self._watch()

    def session_requested(self) -> Any:
        assert self._login is not None
        try:
            session = SshSession(self._depot.open_session(self._login), self._is_active)
        except FileRefused:
            return False
        self._sessions = [each for each in self._sessions if not each.is_over()] + [session]
        return session

    # Our own.

    def drop(self, why: str) -> None:
        """End it at once, without a word."""
        if self._login is not None:
            self._login.failed(why)
        for session in self._sessions:
            session.drop(why)
        if self._connection is not None:
            self._connection.abort()

    async def closed(self) -> None:
        """Until the connection is gone."""
        if self._connection is not None:
            await self._connection.wait_closed()

    async def _proved(self, method: str, prove: Any) -> bool:
        if self._login is None or self._connection is None:
            return False
        try:
            right = bool(await prove(self._login))
        except ConnectionCut as cut:
            self.drop(f"cut by {cut}")
            return False
        self._attempts += not right
        self._method = method
        if self._attempts >= self._limits.login_attempts:
            self._login.failed("too many attempts")
            self._connection.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, "Too many attempts to log in")
        return right

    def _is_active(self) -> None:
        self._active_s = self._clock.wire()

    def _watch(self) -> None:
        """Drop it when nothing was asked for long enough; look again when that could be."""
        if self._timer is not None:
            self._timer.cancel()
        left_s = self._active_s + self._limits.idle_s - self._clock.wire()
        if left_s <= 0:
            self.drop("idle for too long")
            return
        self._timer = self._clock.after(left_s, self._watch)

"""One login: who says it is whom, how it proves it, and what the journal keeps of that. Never a secret."""

from __future__ import annotations

from typing import Any

from ...journal import Kind
from .account import Account, nobody_has
from .path import shown
from .provider import Provider
from .status import FileRefused
from .step import Steps


class Login:
    """An exchange in the journal from the name of a user to the proof, or to the end of the connection.

    An unknown user is asked for a password like a known one: nobody learns from here which users there are.
    """

    def __init__(self, provider: Provider, user: str, account: Account | None, steps: Steps | None) -> None:
        self.user = user
        self.attempts = 0
        self._provider = provider
        self._account = account
        self._steps = steps
        self._admitted: bool | None = None
        self._over = False
        self._shown = shown(user.encode("utf-8", "surrogatepass"))
        self.exchange = provider.record.begun("login", self._shown)

    async def password(self, given: str) -> bool:
        """Whether it is let in with that. Raises: ConnectionCut when a fault has it."""
        self.attempts += 1
        if self._account is None:
            return nobody_has(given)
        return await self._admit(self._account.has_password(given))

    async def key(self, algorithm: str, data: str) -> bool:
        """Whether it is let in with that public key, once it has shown that it has the private one.

        Raises: ConnectionCut when a fault has it.
        """
        self.attempts += 1
        return self._account is not None and await self._admit(self._account.has_key(algorithm, data))

    def succeeded(self, method: str) -> None:
        self._end("ok", method=method)

    def failed(self, why: str) -> None:
        """Nothing when it is over."""
        self._end("fail", why=why, attempts=self.attempts)

    async def _admit(self, right: bool) -> bool:
        """Faults are asked once for a connection, and only about who would be let in."""
        if right and self._admitted is None and self._steps is not None:
            try:
                await self._steps.before(self._steps.message("login", "", inward=True), self.exchange)
                self._admitted = True
            except FileRefused:
                self._admitted = False
        return right and bool(self._admitted)

    def _end(self, kind: Kind, **detail: Any) -> None:
        if not self._over:
            self._over = True
            self._provider.record.ended(kind, "login", self._shown, self.exchange, **detail)

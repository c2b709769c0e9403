"""Worlds on real sockets: a listener per party, and one for the admin API, all on the running event loop."""

from __future__ import annotations

from collections.abc import Mapping

from .admin import AdminApp, FaultBook
from .channels.http.app import PartyApp
from .channels.http.listener import Listener
from .channels.http.post import HttpPost
from .channels.http.rate_limit import Quota, RateLimiter
from .webhook import Webhooks
from .world import World


class Host:
    """Serves one world. An async context manager: entering opens every socket, leaving closes them all.

    `ports` fixes the ports of some parties (0 or absent: the system chooses); `admin_token` None leaves the admin API
    off.
    Raises: OSError when a fixed port is taken.
    """

    def __init__(
        self,
        world: World,
        *,
        ports: Mapping[str, int] | None = None,
        quota: Quota | None = None,
        admin_token: str | None = None,
        faults: FaultBook | None = None,
    ) -> None:
        self.world = world
        ports = ports or {}
        self._post = HttpPost()
        webhooks = Webhooks(world.clock, self._post)
        world.outbox.transports[webhooks.channel] = webhooks
        world.on_reachable = self._reach
        self.listeners = {
            name: Listener(PartyApp(world, party, RateLimiter(quota) if quota else None), ports.get(name, 0))
            for name, party in world.parties.items()
        }
        self.admin: Listener | None = None
        if admin_token is not None:
            self.admin = Listener(AdminApp(world, admin_token, faults), ports.get("admin", 0))

    @property
    def addresses(self) -> dict[str, str]:
        """Party → base URL, without a path."""
        return {name: listener.url for name, listener in self.listeners.items()}

    async def __aenter__(self) -> Host:
        opened: list[Listener] = []
        try:
            for listener in (*self.listeners.values(), *([self.admin] if self.admin else [])):
                await listener.open()
                opened.append(listener)
        except OSError:
            for listener in opened:
                await listener.close()
            raise
        return self

    async def __aexit__(self, *exception: object) -> None:
        for listener in (*self.listeners.values(), *([self.admin] if self.admin else [])):
            await listener.close()
        await self.world.close()
        await self._post.close()
        self.world.journal.flush()

    def _reach(self, party: str, reachable: bool) -> None:
        listener = self.listeners[party]
        if reachable:
            listener.reopen()
        else:
            listener.cut()

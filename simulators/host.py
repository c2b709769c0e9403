"""Worlds on real sockets: a server per party, and one for the admin API, all on the running event loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .admin import AdminApp, FaultBook, Filler
from .admin_files import FileDesk
from .channels.http.app import PartyApp
from .channels.http.exchange import App
from .channels.http.listener import Listener
from .channels.http.post import HttpPost
from .channels.http.rate_limit import Quota, RateLimiter
from .webhook import Webhooks
from .world import World

if TYPE_CHECKING:
    from .channels.files.partner import FilePartner
    from .channels.files.site import FileSite
    from .channels.sftp.host_key import HostKey
    from .channels.sftp.storage import Storage

REST = "rest"
QUEUE = "queue"


class Site(Protocol):
    """Where a party is to be found: one server, whatever is spoken there."""

    @property
    def url(self) -> str:
        """Its address, without a path."""

    async def open(self) -> None:
        """Raises: OSError when a fixed port is taken."""

    def cut(self) -> None:
        """An outage begins: connections are dropped and refused."""

    def reopen(self) -> None:
        """It ends; the address is the same."""

    async def close(self) -> None:
        """For good."""


class Host:
    """Serves one world. An async context manager: entering opens every socket, leaving closes them all.

    `ports` fixes the ports of some parties (0 or absent: the system chooses); `admin_token` None leaves the admin API
    off. `partners` are those who exchange files with a party, and `channels` the way in which it does (x12, csv; REST
    where nothing is said); the files lie in its own of the `storages`, or in `folder`, in memory without either;
    `host_keys` are its servers'. Parties whose channel is `queue` are not served here but at a broker
    (channels/queue/host.py). `around` makes of each app the one that is served.
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
        filler: Filler | None = None,
        channels: Mapping[str, str] | None = None,
        partners: Mapping[str, FilePartner] | None = None,
        folder: Path | None = None,
        storages: Mapping[str, Storage] | None = None,
        host_keys: Mapping[str, HostKey] | None = None,
        around: Callable[[App], App] = lambda app: app,
    ) -> None:
        self.world = world
        ports = ports or {}
        self._post = HttpPost()
        webhooks = Webhooks(world.clock, self._post)
        world.outbox.transports[webhooks.channel] = webhooks
        world.on_reachable = self._reach
        world.on_host_key = lambda party, own: self.file_sites[party].show_host_key(own=own)
        self.listeners: dict[str, Listener] = {}
        self.file_sites: dict[str, FileSite] = {}
        for name, party in world.parties.items():
            channel = (channels or {}).get(name, REST)
            if channel == REST:
                limiter = RateLimiter(quota) if quota else None
                self.listeners[name] = Listener(around(PartyApp(world, party, limiter)), ports.get(name, 0))
            elif channel != QUEUE:
                from .channels.files.partner import partner_of
                from .channels.files.site import FileSite

                partner = (partners or {}).get(name) or partner_of(world.ids, name)
                own = folder / name if folder is not None else None
                self.file_sites[name] = FileSite(
                    world,
                    party,
                    partner,
                    channel,
                    port=ports.get(name, 0),
                    folder=own,
                    storage=(storages or {}).get(name),
                    host_key=(host_keys or {}).get(name),
                )
        self.admin: Listener | None = None
        if admin_token is not None:
            desk = FileDesk({name: site.storage for name, site in self.file_sites.items()})
            admin = AdminApp(world, admin_token, faults, filler, desk)
            self.admin = Listener(around(admin), ports.get("admin", 0))

    @property
    def sites(self) -> dict[str, Site]:
        """Party → where it is, of those that are served here."""
        found: dict[str, Site] = {**self.listeners, **self.file_sites}
        return {name: found[name] for name in self.world.parties if name in found}

    @property
    def addresses(self) -> dict[str, str]:
        """Party → base URL, without a path."""
        return {name: site.url for name, site in self.sites.items()}

    async def __aenter__(self) -> Host:
        opened: list[Site] = []
        try:
            for site in self._all():
                await site.open()
                opened.append(site)
        except OSError:
            for site in opened:
                await site.close()
            raise
        return self

    async def __aexit__(self, *exception: object) -> None:
        for site in self._all():
            await site.close()
        await self.world.close()
        await self._post.close()
        self.world.journal.flush()

    def _all(self) -> list[Site]:
        return [*self.sites.values(), *([self.admin] if self.admin else [])]

    def _reach(self, party: str, reachable: bool) -> None:
        site = self.sites.get(party)
        if site is None:
            return
        if reachable:
            site.reopen()
        else:
            site.cut()

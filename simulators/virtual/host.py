"""Worlds without sockets: every party is where its address says, for callers in the same process."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from ..channels.files.partner import FilePartner, partner_of
from ..channels.http.app import PartyApp
from ..channels.http.exchange import App
from ..host import REST
from ..interference import Post
from ..webhook import Webhooks
from ..world import World
from .file_site import FileSession, VirtualFileSite
from .http_site import Fields, HttpSite
from .wire import HOST, Wire

SCHEME = "http://"
# Where a party is to be found unless it is said otherwise; the others follow it.
FIRST_PORT = 8101
Authority: TypeAlias = tuple[str, int]


class VirtualHost:
    """Serves one world, as simulators/host.py does on sockets. Entered and left on a running `VirtualLoop`.

    `post` brings webhooks to the layer. `ports` fixes the ports of some parties; `partners` are those who exchange
    files with a party, and `channels` the way in which it does (x12, csv; REST where nothing is said).
    """

    def __init__(
        self,
        world: World,
        wire: Wire,
        post: Post,
        *,
        ports: Mapping[str, int] | None = None,
        channels: Mapping[str, str] | None = None,
        partners: Mapping[str, FilePartner] | None = None,
    ) -> None:
        self.world = world
        webhooks = Webhooks(world.clock, post)
        world.outbox.transports[webhooks.channel] = webhooks
        world.on_reachable = self._reach
        # Whichever key is shown: there is none to be checked here.
        world.on_host_key = lambda party, _own: self.file_sites[party].drop_everybody()
        self.http_sites: dict[str, HttpSite] = {}
        self.file_sites: dict[str, VirtualFileSite] = {}
        self._by_port: dict[int, str] = {}
        self._others: dict[int, HttpSite] = {}
        self._wire = wire
        fixed = {name: port for name, port in (ports or {}).items() if port}
        free = (port for port in itertools.count(FIRST_PORT) if port not in fixed.values())
        for name, party in world.parties.items():
            port = fixed.get(name) or next(free)
            self._by_port[port] = name
            channel = (channels or {}).get(name, REST)
            if channel == REST:
                self.http_sites[name] = HttpSite(PartyApp(world, party), f"{SCHEME}{HOST}:{port}", wire)
            else:
                partner = (partners or {}).get(name) or partner_of(world.ids, name)
                self.file_sites[name] = VirtualFileSite(world, party, partner, channel, port, wire)

    @property
    def sites(self) -> dict[str, HttpSite | VirtualFileSite]:
        """Party → where it is."""
        found: dict[str, HttpSite | VirtualFileSite] = {**self.http_sites, **self.file_sites}
        return {name: found[name] for name in self.world.parties}

    @property
    def addresses(self) -> dict[str, str]:
        """Party → base URL, without a path."""
        return {name: site.url for name, site in self.sites.items()}

    async def request(
        self, method: str, url: str, headers: Iterable[tuple[str, str]] = (), body: bytes = b""
    ) -> tuple[int, Fields, bytes]:
        """One HTTP request of the layer: status, header fields and body of the answer.

        Raises: ConnectionRefusedError when nobody listens there, ConnectionResetError when no answer will come. How
        long to wait for one is the caller's affair: it hangs up by being cancelled (asyncio.timeout).
        """
        authority, path, query = parts_of(url)
        port = authority[1] if authority[0] == HOST else 0
        site = self.http_sites.get(self._by_port.get(port, "")) or self._others.get(port)
        if site is None:
            raise ConnectionRefusedError(f"nobody listens at {url}; in virtual time there are only {self._shown()}")
        return await site.ask(method, path, query, headers, body)

    async def log_in(self, host: str, port: int, user: str, password: str) -> FileSession:
        """One SFTP session of the layer.

        Raises: ConnectionRefusedError when nobody listens there, PermissionError, ConnectionResetError.
        """
        site = self.file_sites.get(self._by_port.get(port, "")) if _local(host) == HOST else None
        if site is None:
            raise ConnectionRefusedError(
                f"no SFTP server at {host}:{port}; in virtual time there are only {self._shown()}"
            )
        return await site.log_in(user, password)

    def serve(self, app: App, port: int) -> str:
        """Have something served that is no party, and is always there; its address."""
        site = self._others[port] = HttpSite(app, f"{SCHEME}{HOST}:{port}", self._wire)
        site.reopen()
        return site.url

    async def __aenter__(self) -> VirtualHost:
        for site in self.sites.values():
            await site.open()
        return self

    async def __aexit__(self, *exception: object) -> None:
        for site in self.sites.values():
            await site.close()
        await self.world.close()
        self.world.journal.flush()

    def _shown(self) -> str:
        return ", ".join(self.addresses.values())

    def _reach(self, party: str, reachable: bool) -> None:
        site = self.sites[party]
        if reachable:
            site.reopen()
        else:
            site.cut()


def parts_of(url: str) -> tuple[Authority, str, str]:
    """Where a URL leads (host, port), its path, percent-encoded as it is, and its query.

    Any spelling of this machine is 127.0.0.1; a URL that is not plain HTTP leads nowhere (port 0).
    """
    if not url.startswith(SCHEME):
        return (url.partition("/")[0], 0), "/", ""
    authority, slash, rest = url[len(SCHEME) :].partition("/")
    host, _, port = authority.partition(":")
    path, _, query = f"{slash}{rest}".partition("?")
    return (_local(host), int(port) if port.isdigit() else 80), path or "/", query


def _local(host: str) -> str:
    return HOST if host in ("localhost", HOST) else host

"""What stands between the layer and the parties of a world: opened before the layer is told where they are, and asked
by the faults to do what they are about.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, cast
from urllib.parse import urlsplit

from ...simulators.interference import Message
from ...simulators.journal import Entry
from ...simulators.world import World
from .certificate_name import CertificateName
from .line import Line
from .place import IN_FRONT, PROXIED, Place
from .proxied import Ahead, Proxied
from .proxy import Listening, Proxy, ProxyFailed
from .proxy_words import Begin, Handshake
from .relay import HOST, Relay

PROXY_LOG = "proxy.log"
HAR_FILE = "traffic.har"

# Hands the layer other addresses than it has (party → URL; for those that are left out the true ones again).
Readdress = Callable[[Mapping[str, str]], Awaitable[None]]


@dataclass(slots=True)
class Wire:
    """`upstreams` is party → its own URL; `addresses` where the layer is to find those that something stands in front
    of. `folder` is the run's. `readdress` is None where the layer can't be told anew.
    """

    world: World
    upstreams: Mapping[str, str]
    folder: Path
    chance: Random
    readdress: Readdress | None = None
    addresses: dict[str, str] = field(default_factory=dict)
    relays: dict[str, Relay] = field(default_factory=dict)
    proxied: Proxied = field(init=False)
    proxy: Proxy | None = None
    authority: Path | None = None
    watchers: list[Callable[[Entry], None]] = field(default_factory=list)
    _record: bool = False
    _closing: bool = False
    _lasting: dict[int, Callable[[], None]] = field(default_factory=dict)
    _handshakes: dict[str, Callable[[Handshake], None]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.proxied = Proxied(self.world)

    async def open(
        self,
        needs: Mapping[str, Collection[Place]],
        own_ports: Mapping[str, int] | None = None,
        *,
        record: bool = False,
    ) -> None:
        """Put in front of each party what it needs. `own_ports` are those at which the layer must find a party;
        `record` has the proxy keep what passes, to write it at the end.

        Raises: ProxyFailed; OSError when a port is taken.
        """
        self._record = record
        wired = {party: set(places) for party, places in needs.items() if set(places) & IN_FRONT}
        proxied = [party for party, places in wired.items() if places & PROXIED]
        encrypted = [party for party in proxied if Place.TLS in wired[party]]
        behind = {party: _port_of(self.upstreams[party]) for party in wired}
        if proxied:
            behind |= await self._start_proxy({party: behind[party] for party in proxied}, encrypted=bool(encrypted))
        for party, port in behind.items():
            relay = Relay(HOST, port, self.chance, own_port=(own_ports or {}).get(party, 0))
            await relay.open()
            self.relays[party] = relay
            scheme = "https" if party in encrypted else urlsplit(self.upstreams[party]).scheme
            self.addresses[party] = f"{scheme}://{HOST}:{relay.port}"
        self.world.journal.subscribe(self.heard)
        self._follow_outages()

    async def close(self) -> None:
        """Take everything away. What has passed is written first, where it was kept."""
        self._closing = True
        for key in list(self._lasting):
            self.over(key)
        for relay in self.relays.values():
            relay.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.proxy is not None:
            if self._record:
                await self._dump(self.proxy)
            await self.proxy.stop()
        self._stack.close()

    def line(self, message: Message) -> Line | None:
        """The connection from the layer that a request came over; None when it came past the relay."""
        relay = self.relays.get(message.party)
        return relay.line(self._port(message)) if relay is not None else None

    def ahead(self, message: Message) -> Ahead | None:
        """What the proxy has to do on a request that has now come to its party; None when it lets it be."""
        return self.proxied.arrived(message, self._port(message)) if self.proxy is not None else None

    async def calm(self) -> None:
        """Wait until what was begun has been done."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    @property
    def busy(self) -> bool:
        """Whether something lasts, so that nobody's patience is to be measured yet."""
        return bool(self._lasting or self._tasks)

    def last(self, key: int, undo: Callable[[], None], for_s: float) -> None:
        """Something lasts for so many seconds, unless it is over before."""
        self._lasting[key] = undo
        self.world.clock.after(for_s, lambda: self.over(key))

    def over(self, key: int) -> None:
        """End what lasts under this key. Harmless when it has ended already."""
        if undo := self._lasting.pop(key, None):
            undo()

    def soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done that takes a moment. Should it fail, that is the harness's failure."""
        if self._closing:
            work.close()
            return

        async def do() -> None:
            try:
                await work
            except Exception as error:
                self.world.errors.append(f"on the wire: {type(error).__name__}: {error}")

        task = asyncio.get_running_loop().create_task(do())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def present(
        self, party: str, certificate: CertificateName, on_handshake: Callable[[Handshake], None] = lambda _word: None
    ) -> None:
        """Show another certificate in front of a party. Connections that are open are reset, so that all meet it."""
        self._handshakes[party] = on_handshake
        self.soon(self._present(party, certificate))

    def heard(self, entry: Entry) -> None:
        """Something has been written into the journal."""
        for watcher in tuple(self.watchers):
            watcher(entry)

    def handshake(self, word: Handshake) -> None:
        """A caller broke off its handshake with a party, or went on in spite of what it was shown."""
        if on_handshake := self._handshakes.get(word.party):
            on_handshake(word)

    async def _present(self, party: str, certificate: CertificateName) -> None:
        assert self.proxy is not None
        await self.proxy.present(party, certificate)
        self.relays[party].reset_all()

    async def _start_proxy(self, upstreams: dict[str, int], *, encrypted: bool) -> dict[str, int]:
        """Party → the port at which the proxy stands in front of it."""
        shown: dict[str, str] = {}
        if encrypted:
            from . import certificates  # and with it cryptography, which few runs need

            folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="crossdock-certificates-")))
            made = certificates.make(folder, HOST, datetime.fromtimestamp(self.world.clock.unix(), UTC))
            self.authority = made.authority
            shown = {name: str(file) for name, file in made.files.items()}
        listening = Listening(
            self.proxied.decide, self.proxied.struck, self.proxied.spared, self.handshake, self.world.errors.append
        )
        self.proxy = Proxy(listening, (self.folder / PROXY_LOG).resolve())
        await self.proxy.start(Begin(upstreams=upstreams, certificates=shown, record=self._record))
        return self.proxy.ports

    async def _dump(self, proxy: Proxy) -> None:
        try:
            await proxy.dump((self.folder / HAR_FILE).resolve())
        except ProxyFailed as error:
            self.world.errors.append(str(error))

    def _port(self, message: Message) -> int:
        """The port towards its party from which the relay passed a request on, 0 when it can't be told."""
        if message.connection is None:
            return 0
        address = cast("asyncio.BaseTransport", message.connection).get_extra_info("peername")
        port: int = address[1] if address else 0
        return self.proxy.callers.get(port, port) if self.proxy is not None else port

    def _follow_outages(self) -> None:
        """A party that refuses its callers is refused at its relay as well."""
        its_own = self.world.on_reachable

        def reach(party: str, reachable: bool) -> None:
            its_own(party, reachable)
            if relay := self.relays.get(party):
                if reachable:
                    relay.accept()
                else:
                    relay.refuse()
                    relay.reset_all()

        self.world.on_reachable = reach


def _port_of(url: str) -> int:
    port = urlsplit(url).port
    assert port is not None
    return port

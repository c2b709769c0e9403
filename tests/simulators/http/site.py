"""A world on real sockets whose clock moves only when told, and a caller that holds every answer to the contract."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import msgspec

from crossdock.simulators.channels.http.rate_limit import Quota
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.host import Host
from crossdock.simulators.ids import Ids
from crossdock.simulators.interference import Interference
from crossdock.simulators.journal import Entry
from crossdock.simulators.world import World
from crossdock.tests.simulators.http.contract_check import contract_of

ADMIN_TOKEN = "admin-token"
CLIENT, SECRET = "layer", "s3cret"
DEADLINE_S = 5.0
CASE = {"category": "integrationError", "subject": "a message cannot be processed"}


@dataclass(frozen=True)
class Reply:
    """An answer; header names in lower case, `json` None where the body is none."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body) if self.body else None

    @property
    def code(self) -> str:
        """The code of a problem document."""
        return str(self.json["code"])

    def pointers(self) -> list[str]:
        """What the errors of a problem document point at: fields and parameters."""
        return sorted(error.get("pointer", error.get("parameter")) for error in self.json["errors"])


@dataclass
class Site:
    """The world, its host, and a client of its own."""

    world: World
    host: Host
    clock: ManualClock
    session: aiohttp.ClientSession
    entries: list[Entry]
    tokens: dict[str, str] = field(default_factory=dict)

    def url(self, party: str = "crm") -> str:
        return self.host.addresses[party]

    async def token(self, party: str = "crm", *scopes: str) -> str:
        """A new access token, for all scopes when none is named."""
        asked = {"scope": " ".join(scopes)} if scopes else {}
        form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET, **asked}
        version = self.world.parties[party].versions.newest
        reply = await self.ask("POST", f"/{version}/oauth/token", party=party, data=form, authorized=False)
        assert reply.status == 200, reply.json
        return str(reply.json["access_token"])

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        party: str = "crm",
        headers: Mapping[str, str] | None = None,
        data: Any = None,
        authorized: bool = True,
        timeout_s: float = DEADLINE_S,
    ) -> Reply:
        """Call a party as its client, with `body` as JSON; the answer must be one that the contract names."""
        sent = dict(headers or {})
        if authorized and "Authorization" not in sent:
            if party not in self.tokens:
                self.tokens[party] = await self.token(party)
            sent["Authorization"] = f"Bearer {self.tokens[party]}"
        timeout = aiohttp.ClientTimeout(total=timeout_s)
        async with self.session.request(
            method, self.url(party) + path, json=body, data=data, headers=sent, timeout=timeout
        ) as response:
            found = {name.lower(): value for name, value in response.headers.items()}
            reply = Reply(response.status, found, await response.read())
        version = "v2" if path.startswith("/v2/") else "v1"
        contract_of(self.world.parties[party].kind, version).check(
            method, path, reply.status, reply.headers, reply.body
        )
        return reply

    async def open_case(self, **headers: str) -> Reply:
        """The plainest creation there is."""
        return await self.ask("POST", "/v1/cases", CASE, headers={k.replace("_", "-"): v for k, v in headers.items()})

    async def admin(self, method: str, path: str, body: Any = None, *, token: str = ADMIN_TOKEN, **given: Any) -> Reply:
        """Call the admin API."""
        assert self.host.admin is not None
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self.session.request(
            method, self.host.admin.url + path, json=body, headers=headers, **given
        ) as response:
            found = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status, found, await response.read())

    def journal(self, name: str = "", *kinds: str) -> list[Entry]:
        """Entries of this name (operation, event type) and these kinds; all when nothing is named."""
        return [entry for entry in self.entries if name in ("", entry.name) and (not kinds or entry.kind in kinds)]

    def state(self, party: str = "crm") -> dict[str, int]:
        """How many records of each kind the party has."""
        tables = self.world.parties[party].state.tables()
        return {kind.__name__: len(table) for kind, table in tables.items()}

    def interfere(self, interference: Interference) -> None:
        self.world.set_interference(interference)

    async def advance(self, seconds: float, step_s: float = 0.25) -> None:
        """Let time pass, in steps, with whatever comes of it."""
        steps = max(1, round(seconds / step_s))
        for _ in range(steps):
            self.clock.advance(timedelta(seconds=seconds / steps))
            await asyncio.sleep(0)

    async def until(self, condition: Callable[[], Any], what: str) -> Any:
        """Wait for the condition to be true, at most DEADLINE_S; what it gave."""
        deadline = asyncio.get_running_loop().time() + DEADLINE_S
        while not (found := condition()):
            assert asyncio.get_running_loop().time() < deadline, f"waited {DEADLINE_S:g} s in vain until {what}"
            await asyncio.sleep(0.001)
        return found


@asynccontextmanager
async def open_site(
    cast: Mapping[str, str], *, quota: Quota | None = None, ports: Mapping[str, int] | None = None
) -> AsyncIterator[Site]:
    """Open a world; when it is closed, nothing may have gone wrong in it."""
    clock = ManualClock(datetime.now(UTC).replace(microsecond=0))
    world = World("test", clock, Ids("T1", 1), cast=cast)
    entries: list[Entry] = []
    world.journal.subscribe(entries.append)
    for name, party in world.parties.items():
        kind = party.kind
        scopes = (f"{kind}.read", f"{kind}.write", f"{kind}.people", "events.read", "webhooks.manage")
        world.register_client(name, CLIENT, SECRET, scopes)
        world.register_client(name, "other", SECRET, scopes)
    async with (
        Host(world, ports=ports, quota=quota, admin_token=ADMIN_TOKEN) as host,
        aiohttp.ClientSession() as session,
    ):
        yield Site(world, host, clock, session, entries)
    assert world.errors == [], "the simulators made mistakes"

"""Our own simulators as providers: a party of a fresh world, served on a loop in a thread of its own.

The world is one that the examples of the contracts speak of, so that what they refer to is there. Its clock goes on a
little with each call and stands still while nobody calls, so that the same calls get the same answers.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import msgspec

from ...contracts.openapi import api
from ...simulators.channels.http.app import PartyApp
from ...simulators.channels.http.exchange import App, Reply, Request
from ...simulators.channels.http.listener import Listener
from ...simulators.channels.http.rate_limit import Quota, RateLimiter
from ...simulators.clock import ManualClock
from ...simulators.ids import Ids
from ...simulators.party import Cause, Party
from ...simulators.rules import Call
from ...simulators.world import World
from .provider import ClientCredentials, Provider

# The contracts' examples speak of the run 7K3F, so what a party makes in such a run is what they refer to.
MARK = "7K3F"
BETWEEN_CALLS = timedelta(minutes=30)
NEIGHBOUR = "neighbour"
CLIENT = ClientCredentials("layer", "s3cret")
KINDS = {"crm": "crm", "erp": "erp", "warehouse": "east"}
SEED = {
    "crm": ("createAccount", *["createOrder"] * 3, "createQuote", "createContact"),
    "erp": ("createItem", "createCustomer", "postStockMovement", *["createSalesOrder"] * 3),
    "warehouse": ("receiveGoods", *["createFulfilmentRequest"] * 3, "createReturn"),
}
BODIES = {
    "receiveGoods": {"sku": "SKU-1001", "quantity": {"value": "100", "uom": "EA"}, "item": {"sku": "SKU-1001"}},
}
PARAMS = {"createContact": {"accountId": f"ACC-{MARK}-000001"}}
QUOTA = Quota(per_second=1, burst=60)
# Long enough for any run.
TOKEN_LIFETIME_S = 1e9
Wrap = Callable[[App, Party], App]


class _Going:
    """exchange.App: the party, with a clock that goes on between calls. The same call again, at once, finds that no
    time has passed but what the wall clock says.
    """

    def __init__(self, app: App, clock: ManualClock) -> None:
        self._app = app
        self._clock = clock
        self._last: tuple[str, str, bytes] | None = None
        self._at = 0.0

    def respond(self, request: Request) -> Reply:
        now = asyncio.get_running_loop().time()
        call = (request.method, request.path, request.query)
        again = call == self._last and request.method == "GET"
        self._clock.advance(timedelta(seconds=now - self._at) if again else BETWEEN_CALLS)
        self._last, self._at = call, now
        return self._app.respond(request)

    def not_http(self, client: str) -> bytes:
        return self._app.not_http(client)

    def begin(self) -> None:
        self._app.begin()

    def end(self) -> None:
        self._app.end()


class OwnProvider:
    """A simulator of this kind, and who we are to it. `wrap` puts something between it and its callers."""

    def __init__(self, kind: str, seed: int, wrap: Wrap | None = None) -> None:
        name = KINDS[kind]
        clock = ManualClock()
        self.world = World("contract test", clock, Ids(MARK, seed), cast={name: kind, NEIGHBOUR: kind})
        self.party = self.world.parties[name]
        scopes = {scope for operation in api(kind).operations.values() for scope in operation.scopes or ()}
        for each in (name, NEIGHBOUR):
            self.world.register_client(each, CLIENT.id, CLIENT.secret, scopes)
            self.world.parties[each].access.lifetime_s = TOKEN_LIFETIME_S
        for operation in SEED[kind]:
            self._perform(operation)
        app: App = PartyApp(self.world, self.party, RateLimiter(QUOTA))
        self._app = _Going(wrap(app, self.party) if wrap else app, clock)

    def provider(self, url: str) -> Provider:
        """What a test has to know of it."""
        # Its time is over after the first call, which leaves it among the tokens that the party remembers.
        soon = 1.5 * BETWEEN_CALLS.total_seconds()
        expired = self.party.access.issue(CLIENT.id, CLIENT.secret, frozenset(), soon - TOKEN_LIFETIME_S)
        foreign = self.world.parties[NEIGHBOUR].access.issue(CLIENT.id, CLIENT.secret, frozenset(), 0)
        return Provider(
            kind=self.party.kind,
            url=f"{url}/v1",
            name=self.party.name,
            client=CLIENT,
            expired_token=expired.value,
            foreign_token=foreign.value,
        )

    @contextmanager
    def served(self) -> Iterator[Provider]:
        """The provider, reachable for as long as the context lasts."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, name=f"simulator {self.party.name}", daemon=True)
        thread.start()
        listener = Listener(self._app)
        asyncio.run_coroutine_threadsafe(listener.open(), loop).result()
        try:
            yield self.provider(listener.url)
        finally:
            asyncio.run_coroutine_threadsafe(self._close(listener), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def _close(self, listener: Listener) -> None:
        await listener.close()
        await self.world.close()

    def _perform(self, operation: str) -> None:
        body = BODIES.get(operation) or _example(api(self.party.kind).document, operation)
        typed = msgspec.convert(body, self.party.rules.operations[operation][1])
        self.party.perform(operation, Call(typed, PARAMS.get(operation, {}), CLIENT.id), Cause("people"))


def _example(document: dict[str, Any], operation: str) -> Any:
    """The first example of an operation's body."""
    described = next(
        method
        for item in document["paths"].values()
        for method in item.values()
        if isinstance(method, dict) and method.get("operationId") == operation
    )
    examples = described["requestBody"]["content"]["application/json"]["examples"]
    return next(iter(examples.values()))["value"]

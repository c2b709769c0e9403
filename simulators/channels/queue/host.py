"""The queue channel of one world: its broker, the events of its parties, and the requests that they take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack, suppress

from ....contracts.queues import Queue, commands
from ...party import Subscription
from ...world import World
from .backlog import Backlog
from .broker import Broker, BrokerError, broker_at, brokers
from .cloud_event import Mode
from .events import EventQueues
from .power import BROKER, Power
from .requests import RequestQueue
from .servers.server import BrokerServer, servers


class QueueHost:
    """Connects a world with a broker. An async context manager: entering opens everything, leaving removes every queue
    of this run, and the broker too where it is our own.

    With `keep` the queues stay where they are, for who goes on with the same mark. `port` is that of a broker of our
    own, 0 for any that is free.

    `broker` is a URL, or the name of a broker that is run privately ("nats"); `takers` are the parties that take
    requests from it, all that can by default. Make it after the world's other hosts: it listens to what they do when a
    party goes down. The broker goes down too where it is ours: the world is told so of the party `broker`.

    Raises: ValueError for a broker or a party that there is not; ServerError, BrokerError on entering.
    """

    def __init__(
        self,
        world: World,
        broker: str = "nats",
        *,
        takers: Iterable[str] | None = None,
        mode: Mode = "structured",
        client: str = "layer",
        port: int = 0,
        keep: bool = False,
    ) -> None:
        self.world = world
        self.client = client
        self.server: BrokerServer | None = None
        self.broker: Broker
        self.events: EventQueues
        self.requests: dict[str, list[RequestQueue]] = {}
        self._power: Power | None = None
        self._opened = AsyncExitStack()
        self._mode = mode
        self._given = broker
        self._port = port
        self._keep = keep
        self._takers = set(world.parties if takers is None else takers)
        if unknown := self._takers - world.parties.keys():
            raise ValueError(f"there is no party {', '.join(sorted(unknown))} in this world")
        check_broker(broker)

    @property
    def url(self) -> str:
        """Where the layer finds the broker, credentials included."""
        return self.broker.url

    @property
    def shown(self) -> str:
        """The broker as it was asked for, without what only its clients may know."""
        return broker_at(self._given).place if "://" in self._given else self._given

    @property
    def goes_down(self) -> bool:
        """Whether the broker can be taken down and brought up again."""
        return self.server is not None and self.server.restarts

    async def __aenter__(self) -> QueueHost:
        async with AsyncExitStack() as opened:
            url = self._given
            if "://" not in url:
                self.server = await opened.enter_async_context(servers[url](self._port))
                url = self.server.url
                self._power = Power(self.server, self.world.errors)
            self.broker = broker_at(url)
            await self.broker.connect()
            opened.push_async_callback(self.broker.close)
            self.events = EventQueues(self.world, self.broker, self._mode)
            opened.push_async_callback(self._end)
            await self._take_requests()
            backlog = Backlog(self.broker, self.queues)
            backlog.start()
            opened.push_async_callback(backlog.stop)
            self.world.also_busy.append(backlog.busy)
            self._opened = opened.pop_all()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._opened.aclose()

    async def settled(self) -> None:
        """Wait until the broker has gone down, or has come back, as it was told to."""
        if self._power is not None:
            await self._power.settled()

    async def subscribe(self, party: str, event_types: Iterable[str] = ()) -> Subscription:
        """Have a party's events published. Raises: Refusal `already-exists`, BrokerError."""
        return await self.events.subscribe(party, event_types, client=self.client)

    async def backlog(self) -> dict[str, int]:
        """How many messages wait in each queue of the run, those of dead letters included. Raises: BrokerError."""
        return {each.name: await self.broker.depth(each) for queue in self.queues() for each in queue.with_dead_letters}

    def queues(self) -> list[Queue]:
        """Every queue of the run but those of dead letters, which they name."""
        taken = [request.commands for requests in self.requests.values() for request in requests]
        both = [queue for each in taken for queue in (each.requests, each.replies)]
        return [*self.events.queues.values(), *both]

    def environment(self) -> Mapping[str, str]:
        """What a layer is told, as environment variables (docs/reference/queues.md)."""
        told = {"CROSSDOCK_BROKER": _kind(self.broker), "CROSSDOCK_BROKER_URL": self.url}
        for queue in self.queues():
            if exchange := self.broker.exchange(queue):
                told["CROSSDOCK_BROKER_EXCHANGE"] = exchange
        for party, queue in self.events.queues.items():
            told |= self._reading(party, queue)
        for party, requests in self.requests.items():
            for request in requests:
                told[f"{_variable(party, request.commands.requests)}_ADDRESS"] = request.commands.requests.address
                told |= self._reading(party, request.commands.replies)
        return told

    async def _end(self) -> None:
        await self.settled()
        for requests in self.requests.values():
            for request in requests:
                await request.stop()
        self.events.close()
        for queue in () if self._keep else self.queues():
            with suppress(BrokerError):  # a broker that is gone has no queue of ours any more
                await self.broker.remove(queue)

    async def _take_requests(self) -> None:
        mark = self.world.ids.run
        for name, party in self.world.parties.items():
            if name in self._takers and (taken := commands(party.kind, mark, name)):
                self.requests[name] = [
                    RequestQueue(self.world, party, self.broker, each, client=self.client) for each in taken
                ]
                for request in self.requests[name]:
                    await request.start()
        others = self.world.on_reachable

        def reach(party: str, reachable: bool) -> None:
            if party == BROKER and self._power is not None:
                self._power.switch(reachable)
                return
            others(party, reachable)
            for request in self.requests.get(party, ()):
                request.reach(reachable)

        def once_back(party: str, then: Callable[[], None]) -> None:
            if party == BROKER and self._power is not None:
                self._power.once_settled(then)
            else:
                then()

        self.world.on_reachable = reach
        self.world.once_back = once_back

    def _reading(self, party: str, queue: Queue) -> dict[str, str]:
        prefix = _variable(party, queue)
        name, group = self.broker.reading(queue)
        dead = {} if queue.dead_letters is None else {f"{prefix}_DEAD_LETTERS": queue.dead_letters.address}
        return {f"{prefix}_QUEUE": name, f"{prefix}_GROUP": group, **dead}


def check_broker(broker: str) -> None:
    """Raises: ValueError when it is neither the URL of a broker nor the name of one that can be run."""
    if "://" in broker:
        broker_at(broker)
    elif broker not in servers:
        raise ValueError(f"{servers.unknown(broker)}; or give the URL of one")


def _variable(party: str, queue: Queue) -> str:
    """CROSSDOCK_EAST_REPLIES for `crossdock.7K3F.east.replies`."""
    return f"CROSSDOCK_{party}_{queue.name.rpartition('.')[2]}".replace("-", "_").upper()


def _kind(broker: Broker) -> str:
    return next(name for name in brokers if brokers[name] is type(broker))

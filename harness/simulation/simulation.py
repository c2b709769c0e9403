"""A simulation from its order to its end: the world, what is in it, its servers, and the file that keeps it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ...contracts import objects
from ...scenarios.fault_book import FaultBook
from ...scenarios.seeding import data_file
from ...scenarios.seeding.countries import UnknownLocale
from ...scenarios.seeding.entering import enter
from ...scenarios.seeding.filler import Filler
from ...scenarios.seeding.orders import NothingToOrder
from ...scenarios.seeding.wish import fill
from ...scenarios.seeding.world_data import WorldData
from ...simulators.channels.http.rate_limit import Quota
from ...simulators.clock import A_DAY_A_SECOND, START, CompressedClock
from ...simulators.host import QUEUE, REST, Host
from ...simulators.ids import Ids
from ...simulators.party import Party
from ...simulators.version_upgrade import upgrade_version
from ...simulators.world import PARTIES, World
from ..access import SCOPES, Credentials, credentials, file_partner
from .broker import broker_facts, facts, opened
from .offer import Offer, PartyOffer
from .order import USUAL_SEED, Order, SimulationError
from .sftp_access import own_authorized_keys, own_host_key

if TYPE_CHECKING:
    from ...simulators.channels.queue.host import QueueHost
    from .kept import Kept

# What is counted for who looks on: in words, at which party, as what.
HELD = (
    ("accounts", "crm", objects.Account),
    ("orders", "crm", objects.Order),
    ("customers", "erp", objects.Customer),
    ("items", "erp", objects.Item),
    ("sales orders", "erp", objects.SalesOrder),
)


@asynccontextmanager
async def simulation(order: Order, errors: list[str]) -> AsyncIterator[Offer]:
    """Run what was ordered until the block is left. Everything is listening when it is entered. `errors` takes the
    simulators' own mistakes.

    Raises: SimulationError; StateFileError; OSError when a port is taken.
    """
    channels = dict(order.channels) or dict.fromkeys(PARTIES, REST)
    seed = order.seed if order.seed is not None else USUAL_SEED
    mark = f"S{seed}"
    with ExitStack() as stack:
        kept = None
        if order.state is not None:
            from .kept import Kept

            kept = Kept(order.state, order, channels, mark)
            stack.callback(kept.close)
            mark, seed, channels = kept.cast.mark, kept.cast.seed, dict(kept.cast.channels)
        world = _world(order, mark, seed, channels, kept)
        keys = _Keys(Ids(mark, f"{seed}/credentials"), channels, order, world)
        if kept is not None:
            kept.take_up(world)
        host = _host(world, order, channels, keys, kept, seed)
        async with AsyncExitStack() as at_broker:
            queues = await opened(at_broker, world, order, channels)
            if kept is None or kept.is_new:
                _fill(world, order, seed)
            if kept is not None:
                kept.go_on(host)
                kept.keep_all()
            _upgrade(world, order)
            _subscribe(world, host, order, keys)
            async with host, at_broker.pop_all():  # the broker is left before the world ends
                yield _offer(world, host, queues, order, seed, keys)
        errors += world.errors


def _world(order: Order, mark: str, seed: int, channels: Mapping[str, str], kept: Kept | None) -> World:
    position = kept.position if kept is not None else None
    clock = CompressedClock(
        asyncio.get_running_loop(),
        position.now if position else datetime.fromisoformat(START),
        A_DAY_A_SECOND * order.days_per_second,
        position.wire_s if position else 0.0,
    )
    oldest = {name: versions[0] for name, versions in order.versions.items()}
    return World("simulate", clock, Ids(mark, seed), cast={name: PARTIES[name] for name in channels}, versions=oldest)


class _Keys:
    """What everybody proves who they are with: the same at each start, and of a party whichever others are there.

    Raises: SimulationError when a key that was brought can't be read.
    """

    def __init__(self, ids: Ids, channels: Mapping[str, str], order: Order, world: World) -> None:
        shown, let_in = own_host_key(order.host_key), own_authorized_keys(order.authorized_keys)
        self.admin = ids.hex(16)
        self.own: dict[str, Credentials] = {}
        self.partners = {}
        self.host_keys = {}
        for name in PARTIES:
            drawn = Ids(ids.run, ids.hex(16))
            self.own[name] = credentials(drawn, None, name)
            if channels.get(name, REST) not in (REST, QUEUE):
                from ...simulators.channels.sftp.host_key import HostKey

                self.partners[name] = dataclasses.replace(
                    file_partner(drawn, None, name, world.parties[name].versions), keys=let_in
                )
                self.host_keys[name] = shown or HostKey.made(drawn)


def _host(world: World, order: Order, channels: Mapping[str, str], keys: _Keys, kept: Kept | None, seed: int) -> Host:
    rate = order.requests_per_second
    return Host(
        world,
        ports=order.ports(),
        quota=Quota(rate, max(1, int(rate * 2))) if rate else None,
        admin_token=keys.admin,
        faults=FaultBook(world),
        filler=Filler(world, seed),
        channels=channels,
        partners=keys.partners,
        storages=kept.storages if kept is not None else None,
        host_keys=keys.host_keys,
        around=lambda app: app if kept is None else kept.around(app, world),
    )


def _fill(world: World, order: Order, seed: int) -> None:
    """What the world begins with. Customers and items are as if they had been known for long: the feeds begin with the
    orders.

    Raises: SimulationError.
    """
    try:
        file = data_file.read(order.data) if order.data is not None else None
        data = file.data if file is not None else WorldData()
        problems = enter(world, replace(data, orders=()), quietly=True)
        fill(world, replace(order.wish, orders=0, under_way=0), seed, quietly=True)
        problems += enter(world, WorldData(orders=data.orders))
        if file is not None and problems:
            raise file.refused(problems)
        fill(world, replace(order.wish, customers=0, items=0), seed)
    except data_file.DataFileError as error:
        raise SimulationError(*error.problems) from error
    except (UnknownLocale, NothingToOrder) as error:
        raise SimulationError(str(error)) from error


def _introduce(world: World, host: Host, queues: QueueHost | None, name: str, keys: _Keys) -> PartyOffer:
    """What the layer is told of a party, which now knows it in turn: as a partner, and as the party's own people."""
    party = world.parties[name]
    url = host.addresses.get(name, "")
    if name in host.file_sites:
        told = dict(host.file_sites[name].told(url))
    elif name not in host.listeners:
        assert queues is not None, "who is not served here is to be found at the broker"
        url, told = queues.broker.place, {"CHANNEL": QUEUE}
    else:
        own = keys.own[name]
        scopes = SCOPES[party.kind] | {f"{party.kind}.people"}
        world.register_client(name, own.client_id, own.client_secret, scopes)
        told = {"URL": url, "CHANNEL": REST, "VERSION": party.versions.newest, **dict(own.items())}
    served = tuple((version, _ends(party, version)) for version in party.versions.served)
    return PartyOffer(name, party.kind, told["CHANNEL"], url, told | facts(queues, name), served)


def _ends(party: Party, version: str) -> str:
    """The moment after which a version is gone, "" for one that stays."""
    retirement = party.versions.retirements.get(version)
    return retirement.ends.isoformat(timespec="minutes") if retirement is not None else ""


def _upgrade(world: World, order: Order) -> None:
    """Have the older of two versions served beside the newer one, until its time is over."""
    for name, versions in order.versions.items():
        for version in versions[1:]:
            upgrade_version(world, world.parties[name], version, order.notice_days * 24)


def _subscribe(world: World, host: Host, order: Order, keys: _Keys) -> None:
    """Have events pushed to the layer, where it does not see to that itself. Raises: SimulationError."""
    for name, party in world.parties.items() if order.webhooks else ():
        url = order.webhooks.replace("{party}", name)
        own = keys.own[name]
        subscribed = any(each.url == url for each in party.subscriptions.values())
        if name in host.listeners and not subscribed:
            world.subscribe(name, url, client=own.client_id, secret=own.webhook_secret)


def _offer(world: World, host: Host, queues: QueueHost | None, order: Order, seed: int, keys: _Keys) -> Offer:
    assert host.admin is not None, "a simulation has an admin API"
    return Offer(
        parties=tuple(_introduce(world, host, queues, name, keys) for name in world.parties),
        admin_url=host.admin.url,
        admin_token=keys.admin,
        seed=seed,
        state=str(order.state or ""),
        holds=dict(_held(world)),
        subscribed=bool(order.webhooks),
        broker=broker_facts(queues),
    )


def _held(world: World) -> Iterator[tuple[str, int]]:
    """What there is, and how many."""
    for what, party, kind in HELD:
        if party in world.parties:
            yield what, len(world.parties[party].state.table(kind))

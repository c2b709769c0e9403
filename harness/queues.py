"""The broker of a run: which parties are to be found there, and what the layer is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from ..scenarios.scenario import Scenario, fault_of
from ..scenarios.wire.place import Place
from ..scenarios.wire_fault import WireFault
from ..simulators.host import QUEUE, REST
from ..simulators.world import CLOUD_ERP, World
from .target import ConfigError, Target, fill

if TYPE_CHECKING:
    from ..simulators.channels.queue.host import QueueHost


def tellers(target: Target, *, cut_over: bool = False) -> list[str]:
    """The parties whose events stand in queues: warehouses that speak so, and where the target wants it all others.
    `cut_over` as in `Target.cast`.
    """
    everybody = target.events.subscribe == QUEUE
    channels = {name: target.warehouses.get(name, REST) for name in target.cast(cut_over=cut_over)}
    return [name for name, channel in channels.items() if channel == QUEUE or (everybody and channel == REST)]


async def opened(
    stack: AsyncExitStack, world: World, target: Target, environment: Mapping[str, str]
) -> QueueHost | None:
    """Connect the world with its broker until the stack is closed; None where nobody speaks over one.

    Raises: ConfigError when the broker can't be reached or run here.
    """
    telling = tellers(target, cut_over=CLOUD_ERP in world.parties)
    if not telling:
        return None
    from ..simulators.channels.queue.broker import BrokerError
    from ..simulators.channels.queue.host import QueueHost
    from ..simulators.channels.queue.servers.server import ServerError

    where = f"{target.file}: broker"
    takers = [name for name, channel in target.warehouses.items() if channel == QUEUE]
    try:
        queues = QueueHost(world, fill(target.broker, environment, where), takers=takers)
        await stack.enter_async_context(queues)
        for name in telling:
            await queues.subscribe(name)
    except (BrokerError, ServerError, ValueError) as error:
        raise ConfigError(f"{where}: {error}") from error
    return queues


def unable(target: Target, scenario: Scenario) -> Iterator[str]:
    """Why a scenario can't be played with the target's broker, or because the target has one, in words."""
    for document in scenario.faults:
        fault = fault_of(document)
        if fault.on_broker and not _goes_down(target):
            yield f"{document['fault']} takes the broker down, and the target has none that Crossdock can restart"
        if not isinstance(fault, WireFault):
            continue
        party: str = getattr(fault, "party", "")
        if fault.place == Place.DELIVERY and party in tellers(target):
            yield f"{document['fault']} strikes webhooks, and what {party} tells stands in a queue"
        if fault.place != Place.DELIVERY and target.warehouses.get(party) == QUEUE:
            yield f"{document['fault']} strikes on the way to {party}, which is to be found at a broker"


def _goes_down(target: Target) -> bool:
    from ..simulators.channels.queue.servers.server import servers

    return bool(tellers(target)) and target.broker in servers and servers[target.broker].restarts

"""The broker of a simulation: where events are published, and where warehouses take requests that speak in queues."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from ...simulators.host import QUEUE, REST
from ...simulators.world import World
from .order import Order, SimulationError

if TYPE_CHECKING:
    from ...simulators.channels.queue.host import QueueHost

USUAL_BROKER = "nats"
ENVIRONMENT_PREFIX = "CROSSDOCK_"


def check(order: Order) -> None:
    """Refuse a broker that there is not, before anything is started. Raises: SimulationError."""
    if not order.queue:
        return
    from ...simulators.channels.queue.host import check_broker

    try:
        check_broker(order.queue)
    except ValueError as error:
        raise SimulationError(f"--queue: {error}") from error


async def opened(stack: AsyncExitStack, world: World, order: Order, channels: Mapping[str, str]) -> QueueHost | None:
    """Connect the world with its broker until the stack is closed; None where nobody is to be found at one.

    Whoever has an API has his events published too where --queue was given; who speaks in queues does so anyway. The
    queues of a world that is kept stay at a broker that stays itself, with what nobody has read.

    Raises: SimulationError when the broker can't be reached or run here.
    """
    takers = [name for name, channel in channels.items() if channel == QUEUE]
    told = [name for name, channel in channels.items() if channel == QUEUE or (order.queue and channel == REST)]
    if not told:
        return None
    from ...simulators.channels.queue.broker import BrokerError
    from ...simulators.channels.queue.host import QueueHost
    from ...simulators.channels.queue.servers.server import ServerError

    broker = order.queue or USUAL_BROKER
    try:
        queues = QueueHost(
            world, broker, takers=takers, port=order.ports().get("broker", 0), keep=order.state is not None
        )
        await stack.enter_async_context(queues)
        for name in told:
            await queues.subscribe(name)
    except (BrokerError, ServerError) as error:
        raise SimulationError(f"--queue {queues.shown}: {error}") from error
    return queues


def facts(queues: QueueHost | None, party: str) -> dict[str, str]:
    """What is told of a party's queues, named as the last parts of environment variables (EVENTS_QUEUE, …)."""
    prefix = f"{ENVIRONMENT_PREFIX}{party.upper()}_"
    told = {} if queues is None else queues.environment()
    return {name.removeprefix(prefix): value for name, value in told.items() if name.startswith(prefix)}


def broker_facts(queues: QueueHost | None) -> dict[str, str]:
    """What is told of the broker itself (BROKER, BROKER_URL, BROKER_EXCHANGE), nothing where there is none."""
    prefix = f"{ENVIRONMENT_PREFIX}BROKER"
    told = {} if queues is None else queues.environment()
    return {name.removeprefix(ENVIRONMENT_PREFIX): value for name, value in told.items() if name.startswith(prefix)}

"""Whether a layer hears of what happens: it listens where it says, and has subscribed or polls."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from ..simulators.world import World
from .layer_process import TargetUnreachable, listens
from .running_layer import RunningLayer
from .target import ConfigError, Target, fill


async def demand_listener(target: Target, values: Mapping[str, str]) -> None:
    """That somebody listens at the webhooks of a layer that runs elsewhere. Raises: TargetUnreachable."""
    if target.events.webhooks:
        url = fill(target.events.webhooks.replace("{party}", "crm"), values, f"{target.file}: events.webhooks")
        if problem := await listens(url):
            raise TargetUnreachable(
                f"nobody listens at {url} ({problem}): start the layer first, or correct events.webhooks in "
                f"{target.file}"
            )


async def heard(world: World, target: Target, layer: RunningLayer) -> None:
    """A layer that sees to its events itself must have registered a webhook with the CRM or read its feed before an
    order is placed, since it may poll one party and be pushed to by another; one that polls must have read the feed.

    Raises: ConfigError when the layer ended, TargetUnreachable when it did neither in time.
    """
    crm, subscribe = world.parties["crm"], target.events.subscribe
    if subscribe == "harness":
        return
    ready = target.start.ready if target.start else None
    deadline = world.clock.wire() + (ready.within_s if ready else 20.0)
    while not (crm.is_polled or (crm.subscriptions and subscribe != "poll")):
        process = layer.process
        if process is not None and process.exit_code is not None:
            raise ConfigError(f"the layer ended with exit code {process.exit_code}; its last words:\n{process.tail()}")
        if world.clock.wire() > deadline:
            raise TargetUnreachable(
                f"the layer runs but has not read the CRM's feed (GET /v1/events). If it wants webhooks, write "
                f"`subscribe: harness` or `subscribe: layer` in {target.file}"
                if subscribe == "poll"
                else "the layer is ready but neither registered a webhook with the CRM "
                "(POST /v1/webhook-subscriptions) nor read its feed (GET /v1/events). If Crossdock is to register, "
                f"write `subscribe: harness` in {target.file}; if the layer reads feeds only, `subscribe: poll`"
            )
        await asyncio.sleep(0.02)

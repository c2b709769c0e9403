"""Where a run in virtual time takes place: what is otherwise done with sockets and processes."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from ...simulators.channels.files.partner import FilePartner
from ...simulators.channels.http.exchange import App
from ...simulators.virtual.clock import VirtualClock
from ...simulators.virtual.host import VirtualHost
from ...simulators.virtual.wire import Wire
from ...simulators.world import World
from ..running_layer import RunningLayer, operations_of, scraper_of
from ..target import ConfigError, Target, fill
from .choice import hindrance
from .guard import Guard
from .layer_in_process import PORT, LayerInProcess
from .webhook_post import WebhookPost

# Where something is to be found that is no party.
OTHER_PORT = 8201


class VirtualStage:
    """Of one run, on the running VirtualLoop. The `seed` decides how long messages are under way, and the layer's
    chance.

    Raises: ConfigError when the target can't be run so.
    """

    port = PORT

    def __init__(self, target: Target, clock: VirtualClock, seed: str, log: Path) -> None:
        if target.start is None or (why := hindrance(target)):
            raise ConfigError(why)
        self._target, self._start = target, target.start
        self._clock = clock
        self._seed = seed
        self._log = log
        self._wire = Wire(f"{seed}/wire")
        self._post = WebhookPost(self._wire)
        self._guard = Guard(target.file, Path(target.file).parent / target.start.directory)

    def host(
        self,
        world: World,
        ports: Mapping[str, int],
        channels: Mapping[str, str],
        partners: Mapping[str, FilePartner],
    ) -> VirtualHost:
        self._host = VirtualHost(world, self._wire, self._post, ports=ports, channels=channels, partners=partners)
        return self._host

    def serve(self, app: App) -> str:
        """Have something else than a party served; its address. The host is there."""
        return self._host.serve(app, OTHER_PORT)

    async def start_layer(
        self, stack: AsyncExitStack, world: World, values: Mapping[str, str], given: Mapping[str, str]
    ) -> RunningLayer:
        """`values` fill the texts of target.yaml, `given` are the variables for the layer.

        Raises: ConfigError when it can't be started, TargetUnreachable when it doesn't get ready.
        """
        file, start = Path(self._target.file), self._start
        own = {
            name: fill(value, values, f"{file}: start.environment.{name}") for name, value in start.environment.items()
        }
        stack.enter_context(self._guard)
        layer = await LayerInProcess.start(
            start, file, {**values, **given, **own}, self._host, self._clock, self._seed, self._log
        )
        stack.push_async_callback(layer.stop)
        webhooks = self._target.events.webhooks.replace("{party}", "crm")
        layer.serve(self._post, fill(webhooks, values, f"{file}: events.webhooks"))
        if start.ready is not None:
            await layer.ready(fill(start.ready.url, values, f"{file}: start.ready.url"), start.ready.within_s)
        line = layer.line(self._wire)
        operations = operations_of(world, self._target, values, line)
        return RunningLayer(self._target, operations, None, scraper_of(world, self._target, values, line))

    async def watch(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the run's work. Raises: ConfigError when the layer does what there is not in virtual time."""
        await self._guard.watch(work)

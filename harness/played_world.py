"""One world of a run, with the layer in it: opened, played wave by wave, closed. What it leaves is in its folder."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from ..contracts.result import Finding, ScenarioResult, WorldResult
from ..scenarios.engine import Engine
from ..scenarios.plan import PlannedScenario
from ..scenarios.wire.proxy import ProxyFailed
from ..scenarios.wire.wire import Wire
from ..simulators.channels.http.listener import Listener
from ..simulators.clock import Clock
from ..simulators.host import QUEUE, REST, Host
from ..simulators.ids import Ids
from ..simulators.refusal import Refusal
from ..simulators.world import World
from .access import file_partner, host_keys, introduced, variable
from .dealing import Hand, Wave
from .fold import Fold
from .hearing import demand_listener, heard
from .judge import Judge, judge_scenario, loose, not_played, strays
from .layer_process import free_port
from .measure_meter import MeasureMeter
from .personal_data import personal_data
from .phases import Phases, Progress
from .queues import opened
from .run_order import RunOrder
from .running_layer import LOG, RunningLayer
from .secret_watch import search_log
from .service_meter import ServiceMeter
from .settle import Settling
from .target import ConfigError, fill
from .telemetry.busy import notice
from .telemetry.collector import ENDPOINT, Collector
from .telemetry.offered import Telemetry
from .telemetry.testimony import Testimony
from .wiring import AUTHORITY, Wiring
from .world_folders import JOURNAL, below

if TYPE_CHECKING:
    from types import TracebackType

    from ..simulators.channels.files.partner import FilePartner
    from ..simulators.virtual.host import VirtualHost
    from .telemetry.offered import Traces
    from .virtual.stage import VirtualStage


class PlayedWorld:
    """The `number`th world of a run, counted from 1. As a context manager it comes into being when it is entered, and
    its journal is closed when it is left; `layer` is there from `preflight` on, `results` grow wave by wave, and
    `findings` about what several scenarios of a wave have in common. `is_cut_short` where some were not played because
    the layer was gone.
    """

    def __init__(
        self, order: RunOrder, number: int, hand: Hand, clock: Clock, judge: Judge, progress: Progress
    ) -> None:
        self.order, self.number, self.hand = order, number, hand
        self.target = order.target
        self.clock, self.judge, self.progress = clock, judge, progress
        self.folder = order.folder / below(number)
        self.stage: VirtualStage | None = None
        self.phases = Phases(clock.wire, progress)
        self.results: list[ScenarioResult] = []
        self.findings: tuple[Finding, ...] = ()
        self.layer: RunningLayer | None = None
        self.wire: Wire | None = None
        self.dead_letters: int | None = None
        self.is_cut_short = False
        self._files = ExitStack()

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        sink = self._files.enter_context((self.folder / JOURNAL).open("wb", buffering=1 << 18))
        # Business keys of its own, so that in the result no two orders go by the same name.
        mark = self.order.plan.mark + ("" if self.number == 1 else str(self.number))
        # Who plays nothing wants to see the layer with all that it has to do with.
        played = self.hand.scenarios
        cast = self.target.cast(cut_over=not played or any(planned.scenario.cut_over for planned in played))
        ids, versions = Ids(mark, self.order.plan.seed), self.target.versions
        self.world = World("run", self.clock, ids, cast=cast, sink=sink, versions=versions)
        self.fold = Fold(self.world.secrets)
        self.world.journal.subscribe(self.fold.take)
        self.meter = ServiceMeter(self.fold.transactions)
        self.world.journal.subscribe(self.meter.take)
        self.testimony = Testimony(self.target.telemetry, self.fold.transactions)
        self.world.journal.subscribe(self.testimony.take)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.phases.end()
        self.world.journal.flush()
        self._files.close()

    async def preflight(self, stack: AsyncExitStack) -> tuple[RunningLayer, dict[str, str]]:
        """Simulators and layer are up and find each other: the layer, and what texts of the target may name.

        Raises: ConfigError, TargetUnreachable.
        """
        self.phases.begin("preflight", f"starting the simulators and {self.target.name}")
        values = await self._host(stack)
        self.layer = await self._start_layer(stack, values)
        await heard(self.world, self.target, self.layer)
        await self.layer.check()
        return self.layer, values

    def prepare(self, stack: AsyncExitStack) -> None:
        """All that it plays is there to be ordered, and its faults are armed. Raises: ConfigError."""
        assert self.layer is not None, "preflight comes first"
        self.phases.begin("plan", f"{sum(len(planned.orders) for planned in self.hand.scenarios)} orders")
        self.engine = Engine(self.world, wire=self.wire, layer=self.layer)
        stack.push_async_callback(self.engine.close)
        try:
            for planned in self.hand.scenarios:
                self.engine.prepare(planned)
        except (Refusal, ValueError) as error:
            raise ConfigError(f"the plan asks for what the simulators refuse: {error}") from error

    async def play(self, waves: Iterable[Wave]) -> None:
        """One wave after the other, as long as there is a layer."""
        assert self.layer is not None, "preflight comes first"
        for phase, wave in waves:
            if self.layer.is_gone:
                self.is_cut_short = True
                why = f"not played: {self.layer.how_it_ended}".partition("\n")[0].rstrip(":")
                self.results.extend(not_played(planned, [why], self.number) for planned in wave)
            else:
                await self._wave(phase, wave)

    def judge_the_rest(self, measures: MeasureMeter) -> tuple[Finding, ...]:
        """What belongs to no scenario; the layer has been stopped, so that its log is whole."""
        forbidden = personal_data(self.fold.trails.values()) if self.target.policies.logs != "any" else {}
        self.fold.conduct.leaks.extend(search_log(self.folder / LOG, self.world.secrets, forbidden))
        measures.see(self.fold.trails.values(), self.fold.stocks)
        stray = strays(self.judge, self.fold, self.engine.order_ids.values(), self.order.command, self.number)
        late = loose(self.judge.testimony(self.testimony), self.order.command, self.number)
        self.testimony.end_wave()
        return self.findings + stray + late

    def told(self) -> WorldResult:
        """Where it lies, for the result; the journal is whole."""
        where = below(self.number)
        return WorldResult(number=self.number, journal=f"{where}/{JOURNAL}", journal_link=self.world.journal.link)

    async def _wave(self, phase: str, wave: Sequence[PlannedScenario]) -> None:
        names = ", ".join(planned.scenario.scenario for planned in wave)
        self.phases.begin(phase, names)
        self.world.journal.append("note", "", "run", phase, detail={"scenarios": names})
        began = self.clock.wire()
        for planned in wave:
            await self.engine.announce(planned)
        for planned in wave:
            self.engine.strike(planned)
        assert self.layer is not None, "a wave needs a layer"
        settling = Settling(self.world, self.fold, self.judge, self.engine, self.target.deadlines, self.layer)
        settled = await settling.settle(wave, lambda done, total: self.progress.orders(done, total, settling.waits))
        for planned in wave:
            self.engine.end(planned.scenario.scenario)
        if self.wire is not None:
            await self.wire.calm()
        over = self.clock.wire()
        self.dead_letters = await self.layer.left_over()
        await self.layer.testify(self.testimony)
        told = self.judge.testimony(self.testimony)
        self.testimony.end_wave()
        self.phases.end(settling.tell(settled))
        for planned in wave:
            own = self.engine.placed(planned).values()
            took = max((settling.complete_at.get(order_id, over) for order_id in own), default=over) - began
            repeat = (
                f"crossdock run {planned.scenario.scenario} --target {self.target.file} --seed {self.order.plan.seed}"
            )
            alone = told if len(wave) == 1 else {}
            judged = judge_scenario(self.judge, planned, self.engine, self.fold, took, repeat, self.number, alone)
            self.results.append(judged)
        if len(wave) > 1:
            self.findings += loose(told, self.order.command, self.number)

    async def _host(self, stack: AsyncExitStack) -> dict[str, str]:
        fixed = self.target.parties
        unknown = sorted(set(fixed) - set(self.world.parties))
        if unknown:
            known = ", ".join(self.world.parties)
            raise ConfigError(f"{self.target.file}: parties.{unknown[0]}: there is no such party; there are {known}")
        played = [planned.scenario for planned in self.hand.scenarios]
        ports = {name: party.port for name, party in fixed.items()}
        channels = self.target.warehouses
        over_http = [name for name in self.world.parties if channels.get(name, REST) == REST]
        wiring = Wiring(played, over_http, ports, har=self.order.har)
        speaking_in_files = [name for name, channel in channels.items() if channel not in (REST, QUEUE)]
        partners = {
            name: file_partner(self.world.ids, fixed.get(name), name, self.world.parties[name].versions)
            for name in speaking_in_files
        }
        try:
            host = await self._opened(stack, wiring, partners)
        except ProxyFailed as error:
            raise ConfigError(str(error)) from error
        except OSError as error:
            raise ConfigError(
                f"{self.target.file}: parties: a port can't be opened ({error.strerror or error}): is another run, or "
                "another program, using it? Choose another port, or leave it out to have one chosen"
            ) from error
        self.queues = await opened(stack, self.world, self.target, self.order.environment)
        port = free_port() if self.stage is None else self.stage.port
        values = {"PORT": str(port), "RUN_DIR": str(self.folder.resolve()), "PYTHON": self.order.python}
        self.given: dict[str, str] = {}
        addresses = host.addresses
        if self.wire is not None:
            addresses = {**addresses, **self.wire.addresses}
            if self.wire.authority is not None:
                values["CA_FILE"] = self.given[AUTHORITY] = str(self.wire.authority)
        for name in self.world.parties:
            for key, value in self._told(host, name, addresses.get(name, "")):
                values[f"{variable(name)}_{key}"] = value
                self.given[f"CROSSDOCK_{variable(name)}_{key}"] = value
        if self.queues is not None:
            told = self.queues.environment()
            self.given |= told
            values |= {key.removeprefix("CROSSDOCK_"): value for key, value in told.items()}
        if self.stage is None and self.target.telemetry != Telemetry():
            noticing = asyncio.create_task(notice(self.world))
            stack.callback(noticing.cancel)
        if (traces := self.target.telemetry.traces) is not None:
            values["OTLP_ENDPOINT"] = self.given[ENDPOINT] = await self._collect(stack, traces, host, addresses)
            self.given["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf"
        return {**self.order.environment, **values}

    async def _collect(
        self, stack: AsyncExitStack, traces: Traces, host: Host | VirtualHost, addresses: Mapping[str, str]
    ) -> str:
        """Somebody is there to take the layer's spans: the address. Raises: ConfigError."""
        collector = Collector(self.world)
        known = (*host.addresses.items(), *addresses.items())
        collector.parties = {urlsplit(address).netloc: party for party, address in known}
        if self.stage is not None:
            return self.stage.serve(collector)
        listener = Listener(collector, traces.port)
        try:
            await listener.open()
        except OSError as error:
            problem = f"{self.target.file}: telemetry.traces.port: {traces.port} can't be opened: {error.strerror}"
            raise ConfigError(f"{problem}; leave it out to have one chosen") from error
        stack.push_async_callback(listener.close)
        return listener.url

    async def _opened(
        self, stack: AsyncExitStack, wiring: Wiring, partners: Mapping[str, FilePartner]
    ) -> Host | VirtualHost:
        """The parties are there to be called, and what stands in front of them. Raises: ProxyFailed, OSError."""
        channels = self.target.warehouses
        if self.stage is not None:
            return await stack.enter_async_context(self.stage.host(self.world, wiring.ports, channels, partners))
        folder = self.folder / "files"
        keys = host_keys(self.world.ids, self.target.parties)
        host = Host(self.world, ports=wiring.ports, channels=channels, partners=partners, folder=folder, host_keys=keys)
        await stack.enter_async_context(host)
        self.wire = await wiring.open(stack, host, self.folder, self.order.plan.seed)
        return host

    def _told(self, host: Host | VirtualHost, party: str, address: str) -> Iterable[tuple[str, str]]:
        """What the layer is told of a party, which now knows it in turn."""
        if party in host.file_sites:
            return host.file_sites[party].told(address)
        if self.target.warehouses.get(party) == QUEUE:
            return [("CHANNEL", QUEUE)]
        return [("URL", address), ("CHANNEL", REST), *introduced(self.world, self.target.parties.get(party), party)]

    async def _start_layer(self, stack: AsyncExitStack, values: Mapping[str, str]) -> RunningLayer:
        if self.target.events.subscribe == "harness":
            self._subscribe(values)
        if self.stage is not None:
            return await self.stage.start_layer(stack, self.world, values, self.given)
        if self.target.start is None:
            await demand_listener(self.target, values)
        layer = await RunningLayer.start(self.world, self.target, self.folder, values, self.given)
        stack.push_async_callback(layer.stop)
        if self.wire is not None:
            self.wire.readdress = layer.readdress
        return layer

    def _subscribe(self, values: Mapping[str, str]) -> None:
        file = Path(self.target.file)
        for name, party in self.world.parties.items():
            if self.target.warehouses.get(name, REST) != REST:
                continue
            url = fill(self.target.events.webhooks.replace("{party}", name), values, f"{file}: events.webhooks")
            client, secret = (values[f"{variable(name)}_{key}"] for key in ("CLIENT_ID", "WEBHOOK_SECRET"))
            try:
                self.world.subscribe(party.name, url, client=client, secret=secret)
            except Refusal as refusal:
                raise ConfigError(f"{file}: parties.{name}.webhook_secret: {refusal.detail}") from refusal
        self.given["CROSSDOCK_SUBSCRIBED"] = "1"

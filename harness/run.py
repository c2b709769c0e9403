# At most 410 lines, because the phases of a run share the world, the layer and all that can go wrong with either.
"""One run: preflight, plan, baseline, strike, settle, check (docs/explanation/how-a-run-goes.md).

Composed of parts that know nothing of each other; everything a run leaves behind is in its folder.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..contracts.result import Finding, Result, ScenarioResult, Statistics, TargetInfo
from ..scenarios import plan as planning
from ..scenarios.engine import Engine
from ..scenarios.plan import Plan, PlannedScenario
from ..scenarios.scenario import Scenario
from ..scenarios.wire.proxy import ProxyFailed
from ..scenarios.wire.wire import Wire
from ..simulators.clock import A_DAY_A_SECOND, START, CompressedClock
from ..simulators.host import QUEUE, REST, Host
from ..simulators.ids import Ids
from ..simulators.refusal import Refusal
from ..simulators.virtual.clock import VirtualClock
from ..simulators.world import World
from .access import file_partner, introduced
from .fold import Fold
from .hearing import demand_listener, heard
from .judge import Judge, judge_scenario, not_claimed, strays
from .lacking import lacking
from .layer_process import TargetUnreachable, free_port
from .measure_meter import MeasureMeter
from .personal_data import personal_data
from .phases import Phases, Progress, Silent
from .queues import opened
from .running_layer import LOG, RunningLayer
from .secret_watch import search_log, without_secrets
from .service_meter import ServiceMeter
from .settle import Settling
from .target import ConfigError, Target, fill
from .terms import terms_of
from .verdict import EXIT_CODES, Verdict, merge
from .wiring import AUTHORITY, Wiring

if TYPE_CHECKING:
    from ..simulators.channels.files.partner import FilePartner
    from ..simulators.virtual.host import VirtualHost
    from .virtual.stage import VirtualStage


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What is to be run, and where it goes. `started_at` and `version` come from the composition root; `har` has what
    passes over HTTP recorded. The run of a plan in virtual time belongs on a VirtualLoop.
    """

    target: Target
    plan: Plan
    folder: Path
    command: str
    started_at: datetime
    version: str
    python: str
    environment: Mapping[str, str] = field(default_factory=dict)
    har: bool = False


async def run(order: RunOrder, progress: Progress | None = None) -> Result:
    """Carry out a run and return its result; the journal, the plan and the layer's log are in the folder by then.

    Never raises for the target's sake: CONFIG_ERROR, NOT_EXERCISED and HARNESS_ERROR come with what to do about it.
    """
    return (await play(order, progress))[0]


async def play(order: RunOrder, progress: Progress | None = None) -> tuple[Result, World]:
    """As `run`; and the world as it was left."""
    playing = _Run(order, progress or Silent())
    return await playing.carry_out(), playing.world


@asynccontextmanager
async def standing(order: RunOrder) -> AsyncIterator[tuple[World, RunningLayer, Mapping[str, str]]]:
    """The world and the layer of an order after preflight, for whoever wants to do something else with them than the
    plan; and what texts of the target may name.

    Raises: ConfigError, TargetUnreachable.
    """
    playing = _Run(order, Silent())
    with playing.sink() as sink:
        playing.begin(sink)
        async with AsyncExitStack() as stack:
            layer, values = await playing.preflight(stack)
            yield playing.world, layer, values
        playing.world.journal.flush()


class _Run:
    def __init__(self, order: RunOrder, progress: Progress) -> None:
        self.order = order
        self.target = order.target
        self.progress = progress
        loop = asyncio.get_running_loop()
        clock = VirtualClock if order.plan.virtual else CompressedClock
        self.clock = clock(loop, datetime.fromisoformat(order.plan.start), order.plan.factor)
        self.stage: VirtualStage | None = None
        self.phases = Phases(self.clock.wire, progress)
        self.scenarios: list[ScenarioResult] = []
        self.errors: list[str] = []
        self.advice = ""
        self.findings: tuple[Finding, ...] = ()
        self.layer: RunningLayer | None = None
        self.wire: Wire | None = None
        self.judge = Judge(terms_of(self.target))
        self.measures = MeasureMeter(self.target.service_levels)
        self.dead_letters: int | None = None

    async def carry_out(self) -> Result:
        with self.sink() as sink:
            self.begin(sink)
            stopped: Verdict | None = None
            async with AsyncExitStack() as stack:
                try:
                    await self._on_stage(stack)
                except ConfigError as error:
                    stopped, self.advice = Verdict.CONFIG_ERROR, str(error)
                except TargetUnreachable as error:
                    stopped, self.advice = Verdict.NOT_EXERCISED, str(error)
                except Exception as error:
                    self._own_fault(error)
            if stopped is None and not self.errors:
                self._judge_the_rest()
            self.phases.end()
            self.world.journal.flush()
        return without_secrets(self._result(stopped), self.world.secrets)

    def sink(self) -> BinaryIO:
        """Where the journal goes; the folder is there, with the plan in it."""
        folder = self.order.folder
        folder.mkdir(parents=True, exist_ok=True)
        planning.write(self.order.plan, folder / "plan.yaml")
        return (folder / "journal.ndjson").open("wb", buffering=1 << 18)

    def begin(self, sink: BinaryIO) -> None:
        """The world comes into being, and those who listen to its journal."""
        ids = Ids(self.order.plan.mark, self.order.plan.seed)
        cast, versions = self.target.cast, self.target.versions
        self.world = World("run", self.clock, ids, cast=cast, sink=sink, versions=versions)
        self.fold = Fold(self.world.secrets)
        self.world.journal.subscribe(self.fold.take)
        self.meter = ServiceMeter(self.fold.transactions)
        self.world.journal.subscribe(self.meter.take)

    async def _on_stage(self, stack: AsyncExitStack) -> None:
        """Over sockets, or in virtual time."""
        if not isinstance(self.clock, VirtualClock):
            await self._go(stack)
            return
        from .virtual.stage import VirtualStage

        plan = self.order.plan
        self.stage = VirtualStage(
            self.target, self.clock, f"{plan.seed}/{plan.mark}/{plan.course}", self.order.folder / LOG
        )
        await self.stage.watch(self._go(stack))

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

    async def _go(self, stack: AsyncExitStack) -> None:
        layer, _ = await self.preflight(stack)
        self.phases.begin("plan", f"{sum(len(s.orders) for s in self.order.plan.scenarios)} orders")
        self.engine = Engine(self.world, wire=self.wire, layer=layer)
        stack.push_async_callback(self.engine.close)
        claimed = self._claimed()
        try:
            for planned in claimed:
                self.engine.prepare(planned)
        except (Refusal, ValueError) as error:
            raise ConfigError(f"the plan asks for what the simulators refuse: {error}") from error
        await self._waves(claimed)
        self.dead_letters = await layer.left_over()
        self.phases.begin("check", "every invariant over every order")

    def _judge_the_rest(self) -> None:
        """What belongs to no scenario; the layer has been stopped, so that its log is whole."""
        forbidden = personal_data(self.fold.trails.values()) if self.target.policies.logs != "any" else {}
        leaks = search_log(self.order.folder / LOG, self.world.secrets, forbidden)
        self.fold.conduct.leaks.extend(leaks)
        self.measures.see(self.fold.trails.values(), self.fold.stocks)
        standings, known = self.measures.standings(), self.engine.order_ids.values()
        self.findings = strays(self.judge, self.fold, standings, known, self.order.command)

    async def _host(self, stack: AsyncExitStack) -> dict[str, str]:
        fixed = self.target.parties
        unknown = sorted(set(fixed) - set(self.world.parties))
        if unknown:
            known = ", ".join(self.world.parties)
            raise ConfigError(f"{self.target.file}: parties.{unknown[0]}: there is no such party; there are {known}")
        played = [each.scenario for each in self.order.plan.scenarios if not self._lacks(each)]
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
        values = {"PORT": str(port), "RUN_DIR": str(self.order.folder.resolve()), "PYTHON": self.order.python}
        self.given: dict[str, str] = {}
        addresses = host.addresses
        if self.wire is not None:
            addresses = {**addresses, **self.wire.addresses}
            if self.wire.authority is not None:
                values["CA_FILE"] = self.given[AUTHORITY] = str(self.wire.authority)
        for name in self.world.parties:
            for key, value in self._told(host, name, addresses.get(name, "")):
                values[f"{name.upper()}_{key}"] = value
                self.given[f"CROSSDOCK_{name.upper()}_{key}"] = value
        if self.queues is not None:
            told = self.queues.environment()
            self.given |= told
            values |= {key.removeprefix("CROSSDOCK_"): value for key, value in told.items()}
        return {**self.order.environment, **values}

    async def _opened(
        self, stack: AsyncExitStack, wiring: Wiring, partners: Mapping[str, FilePartner]
    ) -> Host | VirtualHost:
        """The parties are there to be called, and what stands in front of them. Raises: ProxyFailed, OSError."""
        channels = self.target.warehouses
        if self.stage is not None:
            return await stack.enter_async_context(self.stage.host(self.world, wiring.ports, channels, partners))
        folder = self.order.folder / "files"
        host = Host(self.world, ports=wiring.ports, channels=channels, partners=partners, folder=folder)
        await stack.enter_async_context(host)
        self.wire = await wiring.open(stack, host, self.order.folder, self.order.plan.seed)
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
        layer = await RunningLayer.start(self.world, self.target, self.order.folder, values, self.given)
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
            client = values[f"{name.upper()}_CLIENT_ID"]
            try:
                self.world.subscribe(party.name, url, client=client, secret=values[f"{name.upper()}_WEBHOOK_SECRET"])
            except Refusal as refusal:
                raise ConfigError(f"{file}: parties.{name}.webhook_secret: {refusal.detail}") from refusal
        self.given["CROSSDOCK_SUBSCRIBED"] = "1"

    def _claimed(self) -> list[PlannedScenario]:
        claimed = []
        for planned in self.order.plan.scenarios:
            if reasons := self._lacks(planned):
                self.scenarios.append(not_claimed(planned, reasons))
            else:
                claimed.append(planned)
        return claimed

    def _lacks(self, planned: PlannedScenario) -> list[str]:
        """Why the scenario can't be played with this target."""
        return lacking(self.target, planned.scenario, virtual=self.order.plan.virtual)

    async def _waves(self, claimed: Sequence[PlannedScenario]) -> None:
        """The baseline alone, then all that may share the world at once, then each that must be alone; last those that
        leave the world another one.
        """
        baseline = [planned for planned in claimed if "baseline" in planned.scenario.tags]
        rest = [planned for planned in claimed if planned not in baseline]
        together = [planned for planned in rest if not planned.scenario.exclusive]
        alone = sorted((each for each in rest if each.scenario.exclusive), key=lambda each: each.scenario.for_good)
        if baseline:
            await self._wave("baseline", baseline)
        if together:
            await self._wave("strike", together)
        for planned in alone:
            await self._wave("strike", [planned])

    async def _wave(self, phase: str, wave: Sequence[PlannedScenario]) -> None:
        names = ", ".join(planned.scenario.scenario for planned in wave)
        self.phases.begin(phase, names)
        self.world.journal.append("note", "", "run", phase, detail={"scenarios": names})
        began = self.clock.wire()
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
        self.phases.end(settling.tell(settled))
        for planned in wave:
            own = self.engine.placed(planned).values()
            took = max((settling.complete_at.get(order_id, over) for order_id in own), default=over) - began
            repeat = (
                f"crossdock run {planned.scenario.scenario} --target {self.target.file} --seed {self.order.plan.seed}"
            )
            self.scenarios.append(judge_scenario(self.judge, planned, self.engine, self.fold, took, repeat))

    def _own_fault(self, error: Exception) -> None:
        """A bug of ours: its trace goes into a file for whoever mends it, a sentence into the result."""
        trace = self.order.folder / "harness-error.txt"
        trace.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        self.errors.append(f"the harness failed: {type(error).__name__}: {error}")
        self.advice = f"this is a fault of Crossdock, not of the target: please report it with {trace}"

    def _result(self, stopped: Verdict | None) -> Result:
        verdicts = [Verdict(scenario.verdict) for scenario in self.scenarios if scenario.checks]
        if stopped is not None:
            verdicts.append(stopped)
        if self.findings:
            verdicts.append(Verdict.FAIL)
        self.errors.extend(self.world.errors)
        self.errors.extend(self.judge.errors.values())
        # Where the harness itself failed, a finding may be its own doing: then there is no verdict on the target.
        verdict = Verdict.HARNESS_ERROR if self.errors else merge(verdicts)
        self.advice = self.advice or (self.layer.how_it_ended if self.layer is not None else "")
        order_of_plan = {planned.scenario.scenario: place for place, planned in enumerate(self.order.plan.scenarios)}
        return Result(
            crossdock=self.order.version,
            run_id=self.order.folder.name,
            started_at=self.order.started_at.astimezone(UTC),
            duration_s=round(self.clock.wire(), 3),
            command=self.order.command,
            seed=self.order.plan.seed,
            verdict=verdict.value,
            exit_code=EXIT_CODES[verdict],
            target=TargetInfo(name=self.target.name, file=self.target.file, capabilities=self.target.capabilities),
            phases=tuple(self.phases.done),
            scenarios=tuple(sorted(self.scenarios, key=lambda scenario: order_of_plan[scenario.id])),
            findings=self.findings,
            errors=tuple(self.errors),
            advice=self.advice,
            statistics=Statistics(
                orders=len(self.fold.trails),
                exchanges=self.fold.exchanges,
                deliveries=self.fold.deliveries,
                journal_entries=self.fold.entries,
                faults_fired=sum(self.fold.fired.values()),
            ),
            service_levels=self.measures.beside(self.meter.levels(self.target.service_levels), self.dead_letters),
            journal_link=self.world.journal.link,
        )


def plan_for(
    scenarios: Sequence[Scenario],
    seed: int,
    mark: str,
    factor: float = A_DAY_A_SECOND,
    orders: int | None = None,
) -> Plan:
    """The plan of a run, beginning on a Monday morning."""
    return planning.draw(scenarios, seed, mark, factor, START, orders)

"""One run: preflight, plan, baseline, strike, settle, check (docs/explanation/how-a-run-goes.md).

Composed of parts that know nothing of each other; everything a run leaves behind is in its folder.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from ..contracts.result import Finding, PhaseResult, Result, ScenarioResult, Statistics, TargetInfo
from ..scenarios import plan as planning
from ..scenarios.engine import Engine
from ..scenarios.needs import unmet
from ..scenarios.plan import Plan, PlannedScenario
from ..scenarios.scenario import Scenario
from ..scenarios.wire.proxy import ProxyFailed
from ..scenarios.wire.wire import Wire
from ..simulators.clock import A_DAY_A_SECOND, START, CompressedClock
from ..simulators.host import QUEUE, REST, Host
from ..simulators.ids import Ids
from ..simulators.refusal import Refusal
from ..simulators.world import World
from .access import SCOPES, credentials, file_partner
from .fold import Fold
from .invariant import Terms
from .judge import Judge, judge_scenario, not_claimed, strays
from .layer_process import TargetUnreachable, free_port, listens
from .queues import opened, unable
from .running_layer import RunningLayer
from .settle import Settling
from .target import ConfigError, Target, fill
from .verdict import EXIT_CODES, Verdict, merge
from .wiring import AUTHORITY, Wiring, unreachable


class Progress(Protocol):
    """Who wants to know how far the run is."""

    def phase(self, name: str, detail: str = "") -> None: ...

    def orders(self, done: int, total: int, waiting: Sequence[str]) -> None: ...


class Silent:
    """Nobody does."""

    def phase(self, name: str, detail: str = "") -> None:
        pass

    def orders(self, done: int, total: int, waiting: Sequence[str]) -> None:
        pass


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What is to be run, and where it goes. `started_at` and `version` come from the composition root; `har` has what
    passes over HTTP recorded.
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


@dataclass(slots=True)
class _Phases:
    clock: Callable[[], float]
    progress: Progress
    done: list[PhaseResult] = field(default_factory=list)
    _name: str = ""
    _began: float = 0.0

    def begin(self, name: str, detail: str = "") -> None:
        self.end()
        self._name, self._began = name, self.clock()
        self.progress.phase(name, detail)

    def end(self, note: str = "") -> None:
        if self._name:
            took = round(self.clock() - self._began, 3)
            self.done.append(PhaseResult(name=self._name, began_s=round(self._began, 3), took_s=took, note=note))
            self._name = ""


async def run(order: RunOrder, progress: Progress | None = None) -> Result:
    """Carry out a run and return its result; the journal, the plan and the layer's log are in the folder by then.

    Never raises for the target's sake: what stands in the way of a verdict is in the result (CONFIG_ERROR,
    NOT_EXERCISED, HARNESS_ERROR) with what to do about it.
    """
    return await _Run(order, progress or Silent()).carry_out()


class _Run:
    def __init__(self, order: RunOrder, progress: Progress) -> None:
        self.order = order
        self.target = order.target
        self.progress = progress
        loop = asyncio.get_running_loop()
        self.clock = CompressedClock(loop, datetime.fromisoformat(order.plan.start), order.plan.factor)
        self.phases = _Phases(self.clock.wire, progress)
        self.scenarios: list[ScenarioResult] = []
        self.errors: list[str] = []
        self.advice = ""
        self.findings: tuple[Finding, ...] = ()
        self.layer: RunningLayer | None = None
        self.wire: Wire | None = None
        self.judge = Judge(
            Terms(
                capabilities=frozenset(self.target.capabilities),
                item_places=self.target.item_places,
                billing=self.target.policies.billing,
                cases=self.target.policies.cases,
            )
        )

    async def carry_out(self) -> Result:
        folder = self.order.folder
        folder.mkdir(parents=True, exist_ok=True)
        planning.write(self.order.plan, folder / "plan.yaml")
        with (folder / "journal.ndjson").open("wb", buffering=1 << 18) as sink:
            ids = Ids(self.order.plan.mark, self.order.plan.seed)
            self.world = World("run", self.clock, ids, cast=self.target.cast, sink=sink)
            self.fold = Fold()
            self.world.journal.subscribe(self.fold.take)
            stopped: Verdict | None = None
            async with AsyncExitStack() as stack:
                try:
                    await self._go(stack)
                except ConfigError as error:
                    stopped, self.advice = Verdict.CONFIG_ERROR, str(error)
                except TargetUnreachable as error:
                    stopped, self.advice = Verdict.NOT_EXERCISED, str(error)
                except Exception as error:
                    self._own_fault(error)
                self.phases.end()
            self.world.journal.flush()
        return self._result(stopped)

    async def _go(self, stack: AsyncExitStack) -> None:
        self.phases.begin("preflight", f"starting the simulators and {self.target.name}")
        values = await self._host(stack)
        self.layer = await self._start_layer(stack, values)
        await self._subscribed(values)
        self.phases.begin("plan", f"{sum(len(s.orders) for s in self.order.plan.scenarios)} orders")
        self.engine = Engine(self.world, self.wire)
        claimed = self._claimed()
        try:
            for planned in claimed:
                self.engine.prepare(planned)
        except (Refusal, ValueError) as error:
            raise ConfigError(f"the plan asks for what the simulators refuse: {error}") from error
        await self._waves(claimed)
        self.phases.begin("check", "every invariant over every order")
        self.findings = strays(self.judge, self.fold, self.engine.order_ids.values())

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
        partners = {name: file_partner(self.world.ids, fixed.get(name), name) for name in speaking_in_files}
        folder = self.order.folder / "files"
        host = Host(self.world, ports=wiring.ports, channels=channels, partners=partners, folder=folder)
        try:
            await stack.enter_async_context(host)
            self.wire = await wiring.open(stack, host, self.order.folder, self.order.plan.seed)
        except ProxyFailed as error:
            raise ConfigError(str(error)) from error
        except OSError as error:
            raise ConfigError(
                f"{self.target.file}: parties: a port can't be opened ({error.strerror or error}): is another run, or "
                "another program, using it? Choose another port, or leave it out to have one chosen"
            ) from error
        self.queues = await opened(stack, self.world, self.target, self.order.environment)
        values = {"PORT": str(free_port()), "RUN_DIR": str(self.order.folder.resolve()), "PYTHON": self.order.python}
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

    def _told(self, host: Host, party: str, address: str) -> Iterable[tuple[str, str]]:
        """What the layer is told of a party, which now knows it in turn."""
        if party in host.file_sites:
            return host.file_sites[party].told(address)
        if party not in host.listeners:
            return [("CHANNEL", QUEUE)]
        own = credentials(self.world.ids, self.target.parties.get(party), party)
        kind = self.world.parties[party].kind
        self.world.register_client(party, own.client_id, own.client_secret, SCOPES[kind])
        return [("URL", address), ("CHANNEL", REST), *own.items()]

    async def _start_layer(self, stack: AsyncExitStack, values: Mapping[str, str]) -> RunningLayer | None:
        file = Path(self.target.file)
        events = self.target.events
        if events.subscribe == "harness":
            for name, party in self.world.parties.items():
                if self.target.warehouses.get(name, REST) != REST:
                    continue
                url = fill(events.webhooks.replace("{party}", name), values, f"{file}: events.webhooks")
                client = values[f"{name.upper()}_CLIENT_ID"]
                try:
                    self.world.subscribe(
                        party.name, url, client=client, secret=values[f"{name.upper()}_WEBHOOK_SECRET"]
                    )
                except Refusal as refusal:
                    raise ConfigError(f"{file}: parties.{name}.webhook_secret: {refusal.detail}") from refusal
            self.given["CROSSDOCK_SUBSCRIBED"] = "1"
        if self.target.start is None:
            await self._runs_elsewhere(values)
            return None
        log = self.order.folder / "target.log"
        layer = RunningLayer(self.target.start, file, values, self.given, log)
        stack.push_async_callback(layer.stop)
        await layer.launch()
        if self.wire is not None:
            self.wire.readdress = layer.readdress
        return layer

    async def _runs_elsewhere(self, values: Mapping[str, str]) -> None:
        if self.target.events.webhooks:
            url = fill(
                self.target.events.webhooks.replace("{party}", "crm"), values, f"{self.target.file}: events.webhooks"
            )
            if problem := await listens(url):
                raise TargetUnreachable(
                    f"nobody listens at {url} ({problem}): start the layer first, or correct events.webhooks in "
                    f"{self.target.file}"
                )

    async def _subscribed(self, values: Mapping[str, str]) -> None:
        """A layer that registers its own webhooks must have done so for the CRM before an order is placed."""
        if self.target.events.subscribe != "layer":
            return
        ready = self.target.start.ready if self.target.start else None
        deadline = self.clock.wire() + (ready.within_s if ready else 20.0)
        while not self.world.parties["crm"].subscriptions:
            if self.layer is not None and self.layer.exit_code is not None:
                raise ConfigError(
                    f"the layer ended with exit code {self.layer.exit_code}; its last words:\n{self.layer.tail()}"
                )
            if self.clock.wire() > deadline:
                raise TargetUnreachable(
                    "the layer is ready but registered no webhook with the CRM (POST /v1/webhook-subscriptions). "
                    f"If the harness is to do that, write `subscribe: harness` in {self.target.file}; "
                    "if it polls, `subscribe: poll`"
                )
            await asyncio.sleep(0.02)

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
        missing = [word for word in planned.scenario.requires if word not in self.target.capabilities]
        reasons = [f"the target does not claim {', '.join(missing)}"] if missing else []
        reasons += [*unmet(planned.scenario, self.target.warehouses), *unable(self.target, planned.scenario)]
        return reasons + unreachable(planned.scenario, started=self.target.start is not None)

    async def _waves(self, claimed: Sequence[PlannedScenario]) -> None:
        """The baseline alone, then all that may share the world at once, then each that must be alone."""
        baseline = [planned for planned in claimed if "baseline" in planned.scenario.tags]
        rest = [planned for planned in claimed if planned not in baseline]
        together = [planned for planned in rest if not planned.scenario.exclusive]
        alone = [planned for planned in rest if planned.scenario.exclusive]
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
        settling = Settling(self.world, self.fold, self.judge, self.engine, self.target.deadlines, self._alive)
        settled = await settling.settle(wave, lambda done, total: self.progress.orders(done, total, settling.waits))
        for planned in wave:
            self.engine.faults.heal(planned.scenario.scenario)
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

    def _alive(self) -> bool:
        return self.layer is None or self.layer.exit_code is None

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
        layer = self.layer
        if layer is not None and layer.trouble:
            self.advice = layer.trouble
        elif layer is not None and layer.exit_code not in (None, 0, -15) and not self.advice:
            self.advice = f"the layer ended by itself with exit code {layer.exit_code}; its last words:\n{layer.tail()}"
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

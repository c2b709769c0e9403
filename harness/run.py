"""One run: preflight, plan, baseline, strike, settle, check (docs/explanation/how-a-run-goes.md).

Composed of parts that know nothing of each other; everything a run leaves behind is in its folder.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from datetime import UTC, datetime

from ..contracts.result import Finding, Result, ScenarioResult, Statistics, TargetInfo
from ..scenarios import plan as planning
from ..scenarios.plan import Plan
from ..scenarios.scenario import Scenario
from ..simulators.clock import A_DAY_A_SECOND, START, CompressedClock
from ..simulators.virtual.clock import VirtualClock
from ..simulators.world import World
from .dealing import Hand, deal
from .judge import Judge, measured, not_played
from .lacking import lacking, shared_regions
from .layer_process import TargetUnreachable
from .measure_meter import MeasureMeter
from .phases import Progress, Silent, Together
from .played_world import PlayedWorld
from .run_order import RunOrder
from .running_layer import LOG, RunningLayer
from .secret_watch import without_secrets
from .target import ConfigError
from .telemetry.levels import claim_levels
from .terms import terms_of
from .verdict import EXIT_CODES, Verdict, merge


async def run(order: RunOrder, progress: Progress | None = None) -> Result:
    """Carry out a run and return its result; the journal, the plan and the layer's log are in the folder by then.

    Never raises for the target's sake: CONFIG_ERROR, NOT_EXERCISED and HARNESS_ERROR come with what to do about it.
    """
    return (await play(order, progress))[0]


async def play(order: RunOrder, progress: Progress | None = None) -> tuple[Result, World]:
    """As `run`; and the world as it was left, the first where there are several."""
    playing = _Run(order, progress or Silent())
    return await playing.carry_out(), playing.first.world


@asynccontextmanager
async def standing(order: RunOrder) -> AsyncIterator[tuple[World, RunningLayer, Mapping[str, str]]]:
    """The world and the layer of an order after preflight, for whoever wants to do something else with them than the
    plan; and what texts of the target may name.

    Raises: ConfigError, TargetUnreachable.
    """
    playing = _Run(order, Silent())
    playing.write_plan()
    with playing.first as first:
        async with AsyncExitStack() as stack:
            layer, values = await first.preflight(stack)
            yield first.world, layer, values


class _Run:
    """The worlds of a run, dealt what they play; the first begins, and the others join it for what must be alone."""

    def __init__(self, order: RunOrder, progress: Progress) -> None:
        self.order = order
        self.target = order.target
        loop = asyncio.get_running_loop()
        clock = VirtualClock if order.plan.virtual else CompressedClock
        self.clock = clock(loop, datetime.fromisoformat(order.plan.start), order.plan.factor)
        self.unclaimed: list[ScenarioResult] = []
        self.judge = Judge(terms_of(self.target))
        self.measures = MeasureMeter(self.target.service_levels)
        shared = Together(progress)
        self.worlds = [
            PlayedWorld(order, number, hand, self.clock, self.judge, shared.of(number))
            for number, hand in enumerate(self._dealt(), 1)
        ]
        self.first, *self.others = self.worlds
        self.errors: list[str] = []
        self.advice = ""
        self.findings: tuple[Finding, ...] = ()

    async def carry_out(self) -> Result:
        self.write_plan()
        with ExitStack() as open_worlds:
            for world in self.worlds:
                open_worlds.enter_context(world)
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
        result = self._result(stopped)
        for world in self.worlds:
            result = without_secrets(result, world.world.secrets)
        return result

    def write_plan(self) -> None:
        """The folder is there, with the plan in it."""
        self.order.folder.mkdir(parents=True, exist_ok=True)
        planning.write(self.order.plan, self.order.folder / "plan.yaml")

    def _dealt(self) -> list[Hand]:
        claimed = []
        for planned in self.order.plan.scenarios:
            reasons = lacking(self.target, planned.scenario, virtual=self.order.plan.virtual)
            if reasons := [*reasons, *shared_regions(planned, self.order.plan.scenarios)]:
                self.unclaimed.append(not_played(planned, reasons))
            else:
                claimed.append(planned)
        return deal(claimed, self.order.worlds)

    async def _on_stage(self, stack: AsyncExitStack) -> None:
        """Over sockets, or in virtual time."""
        if not isinstance(self.clock, VirtualClock):
            await self._go(stack)
            return
        from .virtual.stage import VirtualStage

        plan = self.order.plan
        stage = VirtualStage(self.target, self.clock, f"{plan.seed}/{plan.mark}/{plan.course}", self.order.folder / LOG)
        self.first.stage = stage
        await stage.watch(self._go(stack))

    async def _go(self, stack: AsyncExitStack) -> None:
        await self.first.preflight(stack)
        self.first.prepare(stack)
        await self.first.play(self.first.hand.shared)
        # Nothing is struck while a layer is starting: that takes the processor from those that are to be in time.
        all_stand = asyncio.Barrier(len(self.worlds))
        try:
            async with asyncio.TaskGroup() as group:
                for world in self.others:
                    group.create_task(self._join(world, all_stand))
                await all_stand.wait()
                await self.first.play(self.first.hand.alone)
        except ExceptionGroup as ended:
            raise _first_of(ended) from None
        self.first.phases.begin("check", "every invariant over every order")

    async def _join(self, world: PlayedWorld, all_stand: asyncio.Barrier) -> None:
        """A world that is there only for what must be alone: its layer is stopped when that has been played."""
        async with AsyncExitStack() as stack:
            try:
                await world.preflight(stack)
            except (ConfigError, TargetUnreachable) as error:
                file = self.target.file
                raise type(error)(
                    f"the first of {len(self.worlds)} layers went well, and number {world.number} could not be started "
                    f"beside it; if it can't run more than once at a time, take start.at_once out of {file}: {error}"
                ) from error
            world.prepare(stack)
            await all_stand.wait()
            await world.play(world.hand.alone)
            world.phases.end()

    def _judge_the_rest(self) -> None:
        """What belongs to no scenario; the layers have been stopped, so that their logs are whole."""
        findings = [finding for world in self.worlds for finding in world.judge_the_rest(self.measures)]
        findings += measured(self.judge, self.measures.standings(), self.order.command)
        self.findings = tuple(findings)
        for world in self.others:
            self.first.meter.take_in(world.meter)

    def _own_fault(self, error: Exception) -> None:
        """A bug of ours: its trace goes into a file for whoever mends it, a sentence into the result."""
        trace = self.order.folder / "harness-error.txt"
        trace.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        self.errors.append(f"the harness failed: {type(error).__name__}: {error}")
        self.advice = f"this is a fault of Crossdock, not of the target: please report it with {trace}"

    def _result(self, stopped: Verdict | None) -> Result:
        scenarios = self.unclaimed + [result for world in self.worlds for result in world.results]
        verdicts = [Verdict(scenario.verdict) for scenario in scenarios if scenario.checks]
        if stopped is not None:
            verdicts.append(stopped)
        if any(world.is_cut_short for world in self.worlds):
            verdicts.append(Verdict.NOT_EXERCISED)
        if self.findings:
            verdicts.append(Verdict.FAIL)
        self.errors.extend(error for world in self.worlds for error in world.world.errors)
        self.errors.extend(self.judge.errors.values())
        # Where the harness itself failed, a finding may be its own doing: then there is no verdict on the target.
        verdict = Verdict.HARNESS_ERROR if self.errors else merge(verdicts)
        ends = (world.layer.how_it_ended for world in self.worlds if world.layer is not None)
        self.advice = self.advice or next(filter(None, ends), "")
        folds = [world.fold for world in self.worlds]
        phases = [phase for world in self.worlds for phase in world.phases.done]
        levels = self.first.meter.levels(self.target.service_levels)
        claims = claim_levels([world.testimony for world in self.worlds])
        left = [world.dead_letters for world in self.worlds if world.dead_letters is not None]
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
            phases=tuple(sorted(phases, key=lambda phase: phase.began_s)),
            scenarios=tuple(sorted(scenarios, key=lambda scenario: order_of_plan[scenario.id])),
            findings=self.findings,
            errors=tuple(self.errors),
            advice=self.advice,
            statistics=Statistics(
                orders=sum(len(fold.trails) for fold in folds),
                exchanges=sum(fold.exchanges for fold in folds),
                deliveries=sum(fold.deliveries for fold in folds),
                journal_entries=sum(fold.entries for fold in folds),
                faults_fired=sum(sum(fold.fired.values()) for fold in folds),
            ),
            service_levels=self.measures.beside(levels, sum(left) if left else None, claims),
            journal_link=self.first.world.journal.link,
            worlds=tuple(world.told() for world in self.others),
        )


def _first_of(group: ExceptionGroup[Exception]) -> Exception:
    """What ended the worlds: one is enough to say what to change."""
    error: Exception = group
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def plan_for(
    scenarios: Sequence[Scenario],
    seed: int,
    mark: str,
    factor: float = A_DAY_A_SECOND,
    orders: int | None = None,
) -> Plan:
    """The plan of a run, beginning on a Monday morning."""
    return planning.draw(scenarios, seed, mark, factor, START, orders)

"""The layer of a run, as scenarios reach it: its process, where Crossdock started it, and its own operations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from ..scenarios.erp_table import ErpRow
from ..scenarios.layer import PARTY, DeadLetter, Downtime, NotAnswered, Offer
from ..simulators.world import World
from .access import variable
from .layer_life import LayerLife
from .layer_line import HttpLine, Line
from .layer_operations import LayerOperations
from .layer_process import LayerProcess
from .target import ConfigError, Recovery, Target, fill
from .telemetry.flush import Flush
from .telemetry.scrape import Scraper
from .telemetry.testimony import Testimony

LOG = "target.log"


def recovery_of(target: Target, values: Mapping[str, str]) -> Recovery:
    """The addresses of the layer's operations. Raises: ConfigError."""
    addresses = {
        name: fill(url, values, f"{target.file}: recovery.{name}")
        for name, url in msgspec.structs.asdict(target.recovery).items()
    }
    return Recovery(**addresses)


def scraper_of(world: World, target: Target, values: Mapping[str, str], line: Line) -> Scraper | None:
    """Asks for the layer's metrics; None where it offers none. Raises: ConfigError."""
    metrics = target.telemetry.metrics
    if not metrics.url:
        return None
    url = fill(metrics.url, values, f"{target.file}: telemetry.metrics.url")
    own = fill(metrics.token, values, f"{target.file}: telemetry.metrics.token")
    return Scraper(world, metrics, url, line, _kept(world, own) or operator_token(target, values))


def operator_token(target: Target, values: Mapping[str, str]) -> str:
    """What the layer's own operations want, "" where they want none. Raises: ConfigError."""
    return fill(target.operator.token, values, f"{target.file}: operator.token")


def _kept(world: World, token: str) -> str:
    """A token of ours at the layer is a secret like any other: evidence and log must not show it."""
    world.secrets.learn(token, "operator token", PARTY)
    return token


def operations_of(world: World, target: Target, values: Mapping[str, str], line: Line | None = None) -> LayerOperations:
    """The layer's operations, at the addresses that its file names. Raises: ConfigError."""
    erps = fill(target.erps, values, f"{target.file}: erps")
    token = _kept(world, operator_token(target, values))
    return LayerOperations(world, recovery_of(target, values), erps, line, token)


class RunningLayer:
    """Implements `Layer`. `life` is None for a layer whose process is not ours to end: because it runs elsewhere, or in
    this one. `scraper` is None for one that shows no metrics.
    """

    def __init__(
        self, target: Target, operations: LayerOperations, life: LayerLife | None, scraper: Scraper | None = None
    ) -> None:
        self.offers: frozenset[Offer] = target.offers if life is not None else target.offers - {"process"}
        self.life = life
        self._target, self._operations, self._scraper = target, operations, scraper
        traces = target.telemetry.traces
        self._flush = None if traces is None else Flush(operations.clock, traces)

    @classmethod
    async def start(
        cls, world: World, target: Target, folder: Path, values: Mapping[str, str], given: Mapping[str, str]
    ) -> RunningLayer:
        """Start the layer, where that is ours to do, and wait until it is ready. `values` are what texts of the target
        may name, `given` is what it finds in its environment beside them.

        Raises: ConfigError, TargetUnreachable.
        """
        file = Path(target.file)
        line = HttpLine()
        operations = operations_of(world, target, values, line)
        scraper = scraper_of(world, target, values, line)
        start, log = target.start, folder / LOG
        if start is None:
            return cls(target, operations, None, scraper)

        async def launch(addresses: Mapping[str, str], *, again: bool = True) -> LayerProcess:
            moved = {**values, **{f"{variable(party)}_URL": url for party, url in addresses.items()}}
            told = {**given, **{f"CROSSDOCK_{variable(party)}_URL": url for party, url in addresses.items()}}
            process = await LayerProcess.start(start, file, moved, told, log, again=again)
            if start.ready is not None and not addresses:
                try:
                    await process.ready(fill(start.ready.url, values, f"{file}: start.ready.url"), start.ready.within_s)
                except BaseException:
                    await process.stop()
                    raise
            return process

        return cls(target, operations, LayerLife(world, launch, await launch({}, again=False)), scraper)

    @property
    def process(self) -> LayerProcess | None:
        return self.life.process if self.life is not None else None

    @property
    def is_away(self) -> bool:
        return self.life is not None and self.life.is_away

    @property
    def is_alive(self) -> bool:
        """Whether it is there or on its way, as far as we can tell."""
        return self.life is None or self.life.is_alive

    @property
    def is_gone(self) -> bool:
        """Whether it ended in a way from which it does not come back."""
        return not self.is_away and bool(self.how_it_ended)

    @property
    def lost(self) -> str:
        """Why it never came back, "" while it did."""
        return self.life.lost if self.life is not None else ""

    @property
    def how_it_ended(self) -> str:
        """What to say of one that is no longer there though nobody stopped it, "" when all is well."""
        if self.lost:
            return f"the layer was started again and did not come back: {self.lost}"
        process = self.process
        if process is None or not process.ended_by_itself:
            return ""
        return f"the layer ended by itself with exit code {process.exit_code}; its last words:\n{process.tail()}"

    def take_down(self, downtime: Downtime) -> None:
        if self.life is not None:
            self.life.take_down(downtime)

    async def readdress(self, addresses: Mapping[str, str]) -> None:
        """Stop it and start it again with other addresses of some parties (party → URL)."""
        if self.life is not None:
            await self.life.readdress(addresses)

    async def dead_letters(self, order_id: str = "") -> Sequence[DeadLetter]:
        return await self._operations.dead_letters(order_id)

    async def left_over(self) -> int | None:
        """How many messages are set aside, by the layer's list; None where that can't be asked, or the layer has no
        answer. Where its health tells another number, the list is read once more: something may have come between.
        """
        recovery = self._target.recovery
        if not recovery.dead_letters or self.is_away or not self.is_alive:
            return None
        try:
            listed = sum(letter.is_set_aside for letter in await self.dead_letters())
            if recovery.health and await self._told_by_health() not in (None, listed):
                listed = sum(letter.is_set_aside for letter in await self.dead_letters())
        except NotAnswered:
            return None
        return listed

    async def _told_by_health(self) -> int | None:
        try:
            return await self._operations.health()
        except NotAnswered:  # it is not well, and says so
            return None

    async def testify(self, testimony: Testimony) -> None:
        """Have it say how it stands, now that all is quiet; nothing where it tells nothing, or is not there."""
        if self.is_away or not self.is_alive:
            return
        if self._scraper is not None:
            await self._scraper.until_it_agrees(testimony)
        if self._flush is not None:
            await self._flush.over(testimony)

    async def replay(self, letter: DeadLetter) -> DeadLetter:
        return await self._operations.replay(letter)

    async def drain(self, within_s: float) -> int:
        return await self._operations.drain(within_s)

    async def set_erps(self, rows: Sequence[ErpRow]) -> None:
        await self._operations.set_erps(rows)

    async def check(self) -> None:
        """See that what can be asked without changing anything answers as the contract has it.

        Raises: ConfigError naming what to correct.
        """
        recovery, operations = self._target.recovery, self._operations
        asked: list[tuple[str, str, Callable[[], Awaitable[object]]]] = [
            ("health", recovery.health, operations.health),
            ("dead_letters", recovery.dead_letters, operations.dead_letters),
        ]
        for name, url, ask in asked:
            try:
                await ask() if url else None
            except NotAnswered as error:
                raise ConfigError(
                    f"{self._target.file}: recovery.{name}: {error}. What it must answer stands in "
                    "contracts/layer/v1/openapi.yaml; correct the address, or leave it out if the layer has no such "
                    "operation"
                ) from error
        if self._scraper is not None:
            await self._check_metrics(self._scraper)

    async def _check_metrics(self, scraper: Scraper) -> None:
        """Raises: ConfigError."""
        where = f"{self._target.file}: telemetry.metrics"
        try:
            wrong = await scraper.check()
        except NotAnswered as error:
            raise ConfigError(
                f"{where}.url: {error}. Correct the address, or leave telemetry.metrics out if the layer has none"
            ) from error
        if wrong:
            raise ConfigError(*(f"{where}.claims: {problem}" for problem in wrong))

    async def stop(self) -> None:
        await self._operations.close()
        if self.life is not None:
            await self.life.stop()

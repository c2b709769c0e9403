"""Plays scenarios with layers, each in a process of its own, so many at once as there are cores.

A play is one `crossdock run`, as anybody could give it: what one layer leaves in a process can't help or hurt the next,
and one that hangs can be ended. What a layer can play in virtual time is played so, the rest over sockets.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ...contracts.repeats import all_findings
from ...contracts.result import Result
from ...scenarios.scenario import Scenario
from ..lacking import lacking
from ..target import ConfigError, Target
from ..virtual.choice import is_virtual
from .variant import BASELINE, Variant

SOCKETS, VIRTUAL = "sockets", "virtual"
DAYS_PER_SECOND = 2
LINES_TOLD = 3
# What a run may take to end what it has started, once it is told to.
ENDS_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class Play:
    """Some scenarios, played with a layer in one run."""

    variant: Variant
    scenarios: tuple[str, ...]
    how: str
    seed: int
    folder: Path

    def arguments(self) -> list[str]:
        """Of `crossdock run`."""
        time = ["--virtual"] if self.how == VIRTUAL else ["--sockets", "--days-per-second", str(DAYS_PER_SECOND)]
        file = self.variant.target.file
        return [*self.scenarios, "--target", file, "--seed", str(self.seed), *time, "--out", str(self.folder)]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a layer: the results of all its plays, and what kept a play from one (`troubles`, sentences)."""

    variant: Variant
    results: tuple[Result, ...] = ()
    how: Mapping[str, str] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()

    @property
    def spoke(self) -> set[str]:
        """The invariants that found something."""
        return {finding.invariant for result in self.results for finding in all_findings(result)}


class NoResult(Exception):
    """A play that left no result; says why, in a sentence."""


@dataclass(slots=True)
class Players:
    """`python` is the command that `crossdock` begins with; `within_s` how long a play may take; `told` hears of each
    layer that is done.
    """

    python: Sequence[str]
    folder: Path
    at_once: int
    within_s: float
    told: Callable[[Played], None] = lambda played: None

    async def play(self, parts: Mapping[str, tuple[Variant, Sequence[Scenario]]], seed: int) -> list[Played]:
        """Every layer with its scenarios, those first that take longest: over sockets."""
        gate = asyncio.Semaphore(self.at_once)
        order = sorted(parts, key=lambda name: VIRTUAL in (how_played(*parts[name]).values()))
        done = await asyncio.gather(*(self._layer(*parts[name], seed, gate) for name in order))
        return [each for name in parts for each in done if each.variant.id == name]

    async def _layer(
        self, variant: Variant, scenarios: Sequence[Scenario], seed: int, gate: asyncio.Semaphore
    ) -> Played:
        """With one seed after the other until all that the bug breaks has been found, or it has been tried enough."""
        how = how_played(variant, scenarios)
        played = Played(variant, how=how)
        for number in range(variant.bug.tries if variant.bug else 1):
            for way in (VIRTUAL, SOCKETS):
                if names := tuple(name for name, its_way in how.items() if its_way == way):
                    folder = self.folder / variant.id / f"{way}-{seed + number}"
                    async with gate:
                        played = await self._one(played, Play(variant, names, way, seed + number, folder))
            if variant.bug is not None and played.spoke.issuperset(variant.bug.breaks):
                break
        self.told(played)
        return played

    async def _one(self, played: Played, play: Play) -> Played:
        try:
            result = await self._run(play)
        except NoResult as error:
            return Played(played.variant, played.results, played.how, (*played.troubles, str(error)))
        return Played(played.variant, (*played.results, result), played.how, played.troubles)

    async def _run(self, play: Play) -> Result:
        """Raises: NoResult."""
        play.folder.mkdir(parents=True, exist_ok=True)
        process = await asyncio.create_subprocess_exec(
            *(*self.python, "run", *play.arguments()),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(self.within_s):
                _, said = await process.communicate()
        except TimeoutError:
            raise NoResult(f"the run did not end within {self.within_s:g} s: {play.folder}") from None
        finally:
            await _ended(process)
        try:
            return msgspec.json.decode((play.folder / "result.json").read_bytes(), type=Result)
        except (OSError, msgspec.MsgspecError):
            last = " · ".join(said.decode("utf-8", "replace").strip().splitlines()[-LINES_TOLD:])
            raise NoResult(f"the run ended with exit code {process.returncode} and no result: {last}") from None


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Told to end, so that it ends its layer as well; killed where it does not."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(ENDS_WITHIN_S):
            await process.wait()
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def in_bounds(variant: Variant, scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Those that cost little: what can be played in virtual time, and with a layer that has a bug what brings that bug
    to light. A healthy layer that plays over sockets only has nobody to stand in for it, and plays them all.
    """
    how = how_played(variant, scenarios)
    if variant.bug is None and VIRTUAL not in how.values():
        return list(scenarios)
    own = (BASELINE, *(variant.bug.scenarios if variant.bug else ()))
    return [each for each in scenarios if how.get(each.scenario) != SOCKETS or each.scenario in own]


def how_played(variant: Variant, scenarios: Sequence[Scenario]) -> dict[str, str]:
    """Scenario → how it can be played with the layer; without those that can't be at all."""
    start, virtually = variant.target.start, may_be_virtual(variant.target)
    how: dict[str, str] = {}
    for scenario in scenarios:
        if virtually and not lacking(variant.target, scenario, virtual=True):
            how[scenario.scenario] = VIRTUAL
        elif (start is None or start.command) and not lacking(variant.target, scenario, virtual=False):
            how[scenario.scenario] = SOCKETS
    return how


def may_be_virtual(target: Target) -> bool:
    """Whether it can be run in virtual time at all."""
    try:
        return is_virtual(target, asked=True)
    except ConfigError:
        return False

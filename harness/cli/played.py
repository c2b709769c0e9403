"""Scenarios played once for somebody who is no command line: what came of it, in words too."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...contracts.result import Result
from ...reports import write_all
from ...reports.plain import plain
from ...scenarios.scenario import Scenario
from ...simulators.world import World
from .. import run as running
from ..lacking import lacking
from ..target import Target
from ..virtual.choice import is_virtual
from .composition import fresh_mark, mark_of, new_folder
from .run import drawn, made_for, order_for


@dataclass(frozen=True, slots=True)
class Played:
    """The result, the world as it was left, and where the report lies."""

    result: Result
    world: World
    report: Path

    @property
    def words(self) -> str:
        """The run as a pipe shows it: findings, evidence, how to repeat it, where the report is."""
        return plain(self.result, str(self.report))


class NotClaimed(Exception):
    """The target does not claim what any of the scenarios needs, so there is nothing to play."""


def play(
    target: Target, scenarios: list[Scenario], words: Sequence[str], *, seed: int, days_per_second: float
) -> Played:
    """Play scenarios against a target, in the way that it can be run, in a folder of their own below `.crossdock`.
    `words` is what the user called them.

    Raises: NotClaimed; ConfigError when the target can't be run in any way.
    """
    virtual = is_virtual(target, None)
    reasons = [lacking(target, scenario, virtual=virtual) for scenario in scenarios]
    if all(reasons):
        raise NotClaimed("; ".join(dict.fromkeys(reason for each in reasons for reason in each)))
    mark = mark_of(seed) if virtual else fresh_mark()
    plan = drawn(target, scenarios, seed=seed, mark=mark, orders=None, days_per_second=days_per_second)
    folder = new_folder(fresh_mark(), None)
    command = ["crossdock", "run", *words, "--target", target.file, "--seed", str(seed)]
    order = replace(order_for(target, made_for(plan, target, virtual=virtual), folder), command=shlex.join(command))
    with asyncio.Runner(loop_factory=_loop_factory(virtual=virtual)) as runner:
        result, world = runner.run(running.play(order))
    return Played(result, world, write_all(result, folder))


def _loop_factory(*, virtual: bool) -> Callable[[], asyncio.AbstractEventLoop]:
    """Never the policy's own loop: it is for whoever runs the tests."""
    if virtual:
        from ...simulators.virtual.loop import VirtualLoop

        return VirtualLoop
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop

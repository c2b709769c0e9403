"""Which findings a short report tells: one of every scenario before a second of any, up to a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from ..contracts.result import Finding, Result, ScenarioResult
from .folding import folded
from .notation import by_urgency


@dataclass(frozen=True, slots=True)
class Told:
    """A finding and the scenario that it belongs to; None when it is about the run as a whole."""

    finding: Finding
    scenario: ScenarioResult | None


def short_list(result: Result, limit: int) -> tuple[list[Told], int]:
    """At most `limit` findings, in the order of the scenarios, and how many are left out."""
    groups = list(_groups(result))
    by_turns = [told for told in chain.from_iterable(zip_longest(*groups)) if told is not None]
    chosen = {id(told) for told in by_turns[:limit]}
    listed = [told for group in groups for told in group if id(told) in chosen]
    return listed, max(0, len(by_turns) - limit)


def _groups(result: Result) -> Iterator[list[Told]]:
    for scenario in by_urgency(result):
        yield [Told(each.finding, scenario) for each in folded(scenario.findings)]
    yield [Told(each.finding, None) for each in folded(result.findings)]

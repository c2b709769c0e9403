"""A plan that was run several times: how often each finding came. Its schema is contracts/harness/v1/repeats.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from .finding_kind import kind_of
from .result import Finding, Result, VerdictName

SCHEMA = "https://contracts.crossdock.example/harness/v1/repeats.json"
How = Literal["reproduces", "flaky"]


class Recurrence(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A finding, or others of its kind about the same order, and the runs (from 1) in which it came."""

    invariant: str
    kind: str
    scenario: str
    order: str
    summary: str
    runs: tuple[int, ...]
    of: int

    @property
    def how(self) -> How:
        return "reproduces" if len(self.runs) == self.of else "flaky"


class Repeats(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The document. `verdicts` are those of the runs in order, `folders` where each of them is."""

    schema: str = SCHEMA
    command: str
    verdict: VerdictName
    exit_code: int
    verdicts: tuple[VerdictName, ...]
    folders: tuple[str, ...]
    recurrences: tuple[Recurrence, ...]


def recurrences(results: Sequence[Result]) -> tuple[Recurrence, ...]:
    """Every finding of some runs, the most frequent first."""
    came: dict[tuple[str, str, str], tuple[Finding, list[int]]] = {}
    for number, result in enumerate(results, 1):
        for finding in all_findings(result):
            _, runs = came.setdefault((finding.scenario, kind_of(finding), finding.order), (finding, []))
            if number not in runs:
                runs.append(number)
    found = [
        Recurrence(
            invariant=finding.invariant,
            kind=kind,
            scenario=scenario,
            order=order,
            summary=finding.summary,
            runs=tuple(runs),
            of=len(results),
        )
        for (scenario, kind, order), (finding, runs) in came.items()
    ]
    return tuple(sorted(found, key=lambda each: -len(each.runs)))


def all_findings(result: Result) -> list[Finding]:
    """Those of its scenarios, and those that belong to none."""
    return [*(finding for scenario in result.scenarios for finding in scenario.findings), *result.findings]

"""A finished run judged anew from its journal: the findings, and how they lie to those of its result.

What only the plan, the layer's log or the run as a whole can tell is not judged: orders that are twins, a wave that a
scenario had to itself, what was promised of the measures, and the extra expectations of a scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from ..contracts.result import Finding, Result
from .invariant import Invariant
from .journal_check import check
from .judge import Judge
from .target import Target
from .terms import terms_of
from .world_folders import NoJournal

BEYOND = ("twins", "wave", "measured")


@dataclass(frozen=True, slots=True)
class Rechecked:
    """`fresh` are findings that the result does not have; `lost` those of the result, by invariant and key, that the
    journal does not bear out. `partly` are the invariants of which something is not judged. `errors` are failures of
    invariants themselves.
    """

    entries: int
    orders: int
    invariants: int
    findings: tuple[Finding, ...]
    fresh: tuple[Finding, ...]
    lost: tuple[Finding, ...]
    partly: tuple[str, ...]
    errors: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """1 for findings; 3 where an invariant failed, so that nothing else is proven."""
        return 1 if self.findings else 3 if self.errors else 0


def recheck(folder: Path, result: Result, target: Target) -> Rechecked:
    """Judge the journals in the folder of a run by all invariants, under the terms of the target.

    Raises: NoJournal, JournalDamaged.
    """
    judge = Judge(terms_of(target))
    found: list[Finding] = []
    entries = orders = 0
    errors: dict[str, str] = {}
    for number, (name, link) in result.journals.items():
        if not (folder / name).is_file():
            raise NoJournal(f"{folder} holds no {name}: there is nothing to judge anew")
        checked = check(folder / name, judge, link or None)
        found += (replace(each, world=number) for outcome in checked.outcomes.values() for each in outcome.findings)
        entries, orders, errors = entries + checked.entries, orders + checked.orders, errors | checked.errors
    partly = tuple(law.id for law in judge.laws.values() if _goes_beyond(law))
    before = {_named(finding): finding for finding in _findings(result) if finding.invariant in judge.laws}
    now = {_named(finding) for finding in found}
    return Rechecked(
        entries=entries,
        orders=orders,
        invariants=len(judge.laws),
        findings=tuple(found),
        fresh=tuple(finding for finding in found if _named(finding) not in before),
        lost=tuple(before[name] for name in before if name not in now and name[0] not in partly),
        partly=partly,
        errors=tuple(errors.values()),
    )


def _goes_beyond(law: Invariant) -> bool:
    return any(law.judges(hook) for hook in BEYOND)


def _findings(result: Result) -> Iterator[Finding]:
    yield from result.findings
    for scenario in result.scenarios:
        yield from scenario.findings


def _named(finding: Finding) -> tuple[str, str, str, int]:
    return finding.invariant, finding.key, finding.order_id, finding.world

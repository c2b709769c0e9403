"""What has changed between two runs, or sets of them. Its schema is contracts/harness/v1/runs-compared.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from .finding_kind import kind_of
from .repeats import all_findings
from .result import Finding, Result

SCHEMA = "https://contracts.crossdock.example/harness/v1/runs-compared.json"
State = Literal["new", "still", "flaky", "untested", "fixed"]
STATES: dict[State, str] = {
    "new": "new failures",
    "still": "still failing",
    "flaky": "flaky: not in every run",
    "untested": "not tested any more",
    "fixed": "fixed",
}
_Identity = tuple[str, str, str]


class Change(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A finding on one side or on both. It came in `before` of the `before_of` runs that put it to the test, and in
    `now` of `now_of`.
    """

    state: State
    invariant: str
    kind: str
    scenario: str
    order: str
    summary: str
    before: int
    before_of: int
    now: int
    now_of: int


class Comparison(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The document. `before` and `now` name the runs."""

    schema: str = SCHEMA
    before: tuple[str, ...]
    now: tuple[str, ...]
    changes: tuple[Change, ...]

    def of(self, state: State) -> tuple[Change, ...]:
        """The changes of one sort."""
        return tuple(change for change in self.changes if change.state == state)


def compare(before: Sequence[Result], now: Sequence[Result]) -> Comparison:
    """What became of every finding. Findings are the same when they are of one kind, about one order of a scenario."""
    had, has = _found(before), _found(now)
    changes = [_change(identity, had, has, before, now) for identity in {**has, **had}]
    order = list(STATES)
    return Comparison(
        before=tuple(result.run_id for result in before),
        now=tuple(result.run_id for result in now),
        changes=tuple(sorted(changes, key=lambda change: order.index(change.state))),
    )


def _change(
    identity: _Identity,
    had: dict[_Identity, list[Finding]],
    has: dict[_Identity, list[Finding]],
    before: Sequence[Result],
    now: Sequence[Result],
) -> Change:
    scenario, kind, order = identity
    finding = (has.get(identity) or had[identity])[0]
    counts = len(had.get(identity, ())), _tested(scenario, before), len(has.get(identity, ())), _tested(scenario, now)
    return Change(
        state=_state(*counts),
        invariant=finding.invariant,
        kind=kind,
        scenario=scenario,
        order=order,
        summary=finding.summary,
        before=counts[0],
        before_of=counts[1],
        now=counts[2],
        now_of=counts[3],
    )


def _state(before: int, before_of: int, now: int, now_of: int) -> State:
    if not now_of:
        return "untested"
    if 0 < before < before_of or 0 < now < now_of:
        return "flaky"
    if not before:
        return "new"
    return "still" if now else "fixed"


def _found(results: Sequence[Result]) -> dict[_Identity, list[Finding]]:
    """Each finding once for every run in which it came."""
    found: dict[_Identity, list[Finding]] = {}
    for result in results:
        own = {(each.scenario, kind_of(each), each.order): each for each in reversed(all_findings(result))}
        for identity, finding in own.items():
            found.setdefault(identity, []).append(finding)
    return found


def _tested(scenario: str, results: Sequence[Result]) -> int:
    """How many of the runs would have shown a finding of the scenario, or one of none, if there was any."""
    return sum(
        result.verdict != "CONFIG_ERROR"
        and (not scenario or any(own.id == scenario and own.checks for own in result.scenarios))
        for result in results
    )

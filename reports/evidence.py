"""Which steps of which order's timeline a finding rests on.

A finding names journal numbers; a timeline step carries the number of its exchange. A step that the harness highlighted
for the finding's invariant belongs to it too. What no kept timeline shows stays a number to look up in the journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from ..contracts.result import Finding, OrderResult, TimelineStep


@dataclass(frozen=True, slots=True)
class Evidence:
    """One step: the place of its order in the scenario, its place in that timeline, and its mark ("1a")."""

    order: int
    index: int
    mark: str
    step: TimelineStep


def evidence_of(
    number: int, finding: Finding, orders: Sequence[OrderResult]
) -> tuple[tuple[Evidence, ...], tuple[int, ...]]:
    """The steps of finding `number`, in the order of the timelines, and the journal numbers that no timeline has."""
    wanted = set(finding.exchanges)
    its_own = [place for place, order in enumerate(orders) if _is_about(finding, order)] or range(len(orders))
    found: list[tuple[int, int, TimelineStep]] = []
    for place in its_own:
        for index, step in enumerate(orders[place].timeline):
            if step.seq in wanted or (step.highlight and finding.invariant in step.invariants):
                found.append((place, index, step))
    evidence = tuple(
        Evidence(place, index, f"{number}{_letters(position)}", step)
        for position, (place, index, step) in enumerate(found)
    )
    shown = {item.step.seq for item in evidence}
    return evidence, tuple(seq for seq in finding.exchanges if seq not in shown)


def _is_about(finding: Finding, order: OrderResult) -> bool:
    if finding.order_id:
        return finding.order_id == order.order_id
    return bool(finding.order) and finding.order == order.name


def _letters(position: int) -> str:
    """a … z, aa … as the columns of a spreadsheet."""
    rest, last = divmod(position, len(ascii_lowercase))
    return (_letters(rest - 1) if rest else "") + ascii_lowercase[last]

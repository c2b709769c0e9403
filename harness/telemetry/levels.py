"""What the layer said of itself over a whole run, as the result has it."""

from __future__ import annotations

from collections.abc import Iterable

from ...contracts.result import ClaimLevel
from ..verdict import Verdict
from .testimony import Level, Testimony


def claim_levels(testimonies: Iterable[Testimony]) -> tuple[ClaimLevel, ...]:
    """Of all worlds together, in the order of target.yaml."""
    first, *others = (testimony.levels() for testimony in testimonies)
    for levels in others:
        for level, other in zip(first, levels, strict=True):
            level.take_in(other)
    return tuple(_level(each) for each in first)


def _level(level: Level) -> ClaimLevel:
    verdict = Verdict.FAIL if level.contradicted else Verdict.PASS if level.judged else Verdict.NOT_EXERCISED
    return ClaimLevel(
        claim=level.told.name,
        title=level.title,
        metric=level.told.metric,
        verdict=verdict.value,
        said=level.said,
        seen_least=level.least,
        seen_most=level.most,
    )

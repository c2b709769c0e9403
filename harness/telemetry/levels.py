"""What the layer said of itself over a whole run, as the result has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...contracts.result import ClaimLevel
from ..verdict import Verdict
from .spans_told import SpansTold
from .testimony import Level, Testimony


def claim_levels(testimonies: Iterable[Testimony]) -> tuple[ClaimLevel, ...]:
    """Of all worlds together, in the order of target.yaml."""
    worlds = [*testimonies]
    first, *others = (testimony.levels() for testimony in worlds)
    for levels in others:
        for level, other in zip(first, levels, strict=True):
            level.take_in(other)
    told = [testimony.spans for testimony in worlds if testimony.spans is not None]
    return (*(_level(each) for each in first), *([_spans(told)] if told else []))


def _spans(worlds: Sequence[SpansTold]) -> ClaimLevel:
    judged, contradicted = (sum(getattr(each, name) for each in worlds) for name in ("judged", "contradicted"))
    verdict = Verdict.FAIL if contradicted else Verdict.PASS if judged else Verdict.NOT_EXERCISED
    return ClaimLevel(
        claim="spans",
        title="calls that a span tells of, of those that are marked as sampled",
        metric="OTLP traces",
        verdict=verdict.value,
        said=float(sum(each.told for each in worlds)),
        seen_least=sum(each.sampled for each in worlds),
        seen_most=sum(each.sampled for each in worlds),
    )


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

"""How the measures of a run read, the same in every format."""

from __future__ import annotations

from dataclasses import dataclass

from ..contracts.result import MeasureLevel, Result, VerdictName
from .notation import LABELS, count, one_line


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in words; `verdict` is that of its promises, the worst of them, None where there are none."""

    name: str
    title: str
    measured: str
    promised: str
    verdict: VerdictName | None


def measure_rows(result: Result) -> list[MeasureRow]:
    """All of them, and what the layer had set aside in the end."""
    rows = [_row(level) for level in result.service_levels.measures]
    left = result.service_levels.dead_letters
    if left is not None:
        told = f"{count(left, 'message')} in the layer's list of dead letters at the end"
        rows.append(MeasureRow("set-aside", "messages that the layer had set aside in the end", told, "", None))
    return rows


def short_rows(result: Result) -> list[MeasureRow]:
    """For where there is little room: what is promised, what is counted for the whole world, and how much of what the
    layer says of itself is so.
    """
    rows = [row for row in measure_rows(result) if row.verdict is not None or "/" not in row.name]
    judged = [claim for claim in result.service_levels.claims if claim.verdict != "NOT_EXERCISED"]
    if judged:
        true = sum(claim.verdict == "PASS" for claim in judged)
        said = f"{true} of {count(len(judged), 'metric')} of the layer say what was seen"
        title = "what the layer says of itself"
        rows.append(MeasureRow("telemetry", title, said, "", "PASS" if true == len(judged) else "FAIL"))
    return rows


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What a metric of the layer says, and what was seen, in words."""

    claim: str
    metric: str
    said: str
    seen: str
    verdict: VerdictName


def claim_rows(result: Result) -> list[ClaimRow]:
    """In the order of target.yaml."""
    return [
        ClaimRow(
            one_line(claim.claim),
            one_line(claim.metric),
            "nothing" if claim.said is None else f"{claim.said:,.10g}",
            _seen(claim.seen_least, claim.seen_most),
            claim.verdict,
        )
        for claim in result.service_levels.claims
    ]


def _seen(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        bounds = [f"at least {least:,}"] if least is not None else [f"at most {most:,}"] if most is not None else []
        return "".join(bounds) or "nobody can tell"
    return f"{most:,}" if least == most else f"{least:,} to {most:,}"


def _row(level: MeasureLevel) -> MeasureRow:
    name = f"{level.measure}/{level.about}" if level.about else level.measure
    verdicts = [goal.verdict for goal in level.goals]
    worst: VerdictName | None = next((each for each in ("FAIL", "NOT_EXERCISED", "PASS") if each in verdicts), None)
    promised = "; ".join(
        goal.name + ("" if goal.verdict == "PASS" else f" ({LABELS[goal.verdict].lower()})") for goal in level.goals
    )
    return MeasureRow(one_line(name), one_line(level.title), _measured(level), promised, worst)


def _measured(level: MeasureLevel) -> str:
    calm = level.count - level.disturbed
    if not calm:
        said = ""
    elif level.kind == "span":
        said = f"p50 {hours(level.p50_h)}, p95 {hours(level.p95_h)}, longest {hours(level.longest_h)}, of {calm:,}"
    else:
        said = f"{100 * level.good / calm:.1f} %: {level.good:,} of {calm:,}"
    disturbed = f"{count(level.disturbed, 'other')} disturbed by faults" if level.disturbed else ""
    return "; ".join(filter(None, (said, disturbed)))


def hours(value: float) -> str:
    """Business hours as people say them: `12 min`, `3.5 h`, `2.1 d`."""
    if value < 1:
        return f"{value * 60:.0f} min"
    return f"{value:.1f} h" if value < 48 else f"{value / 24:.1f} d"

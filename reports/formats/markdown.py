"""markdown: a comment for a pull request: the verdict, the table, and what failed in a few lines."""

from __future__ import annotations

from ...contracts.result import Finding, Result, ScenarioResult
from ..format import formats
from ..markdown_text import code, text
from ..measure_words import MeasureRow, short_rows
from ..notation import (
    LABELS,
    SYMBOLS,
    by_urgency,
    count,
    duration,
    headline,
    next_step,
    reproduction,
    tally_sentence,
    whose,
)
from ..short_list import short_list

_FINDINGS_SHOWN = 5


@formats.register("markdown")
def markdown(result: Result) -> str:
    """Short GitHub-flavoured Markdown. All text of the result is escaped; more than five findings are only counted."""
    counts = (
        f"{_capital(tally_sentence(result))}. Seed {result.seed}, {duration(result.duration_s)}, "
        f"{result.statistics.orders:,} orders, {result.statistics.faults_fired:,} faults struck."
    )
    lines = [
        f"### {SYMBOLS[result.verdict]} {LABELS[result.verdict]}: {text(headline(result))}",
        "",
        counts,
        "",
    ]
    if result.errors:
        lines += [f"- {text(error)}" for error in result.errors] + [""]
    if result.scenarios:
        lines += ["| verdict | scenario | faults | invariants (exercised) |", "| --- | --- | --- | --- |"]
        lines += [_row(scenario) for scenario in by_urgency(result)] + [""]
    if rows := short_rows(result):
        lines += ["| service level | measured | promised |", "| --- | --- | --- |"]
        lines += [f"| {text(row.name)} | {text(row.measured)} | {_promised(row)} |" for row in rows] + [""]
    listed, more = short_list(result, _FINDINGS_SHOWN)
    for number, told in enumerate(listed, 1):
        lines += _finding(number, told.finding, told.scenario, result)
    if more:
        lines += [f"… and {count(more, 'more finding')}, in report.html.", ""]
    lines += [f"**Next:** {text(next_step(result))} Repeat the run: {code(result.command)}", ""]
    return "\n".join(lines)


def _row(scenario: ScenarioResult) -> str:
    faults = ", ".join(
        f"{text(fault.id)} ×{fault.fired}" if fault.fired else f"{text(fault.id)} never struck"
        for fault in scenario.faults
    )
    checks = " ".join(
        f"**{SYMBOLS[check.verdict]} {text(check.invariant)}** {check.exercised}"
        if check.verdict == "FAIL"
        else f"{text(check.invariant)} {check.exercised}"
        for check in scenario.checks
    )
    reason = f"<br>{text(scenario.reason)}" if scenario.reason else ""
    title = f"{text(scenario.title)} {code(scenario.id)}{reason}"
    return f"| {SYMBOLS[scenario.verdict]} {LABELS[scenario.verdict]} | {title} | {faults or '–'} | {checks or '–'} |"


def _finding(number: int, finding: Finding, scenario: ScenarioResult | None, result: Result) -> list[str]:
    about = f" · {text(whose(finding))}" if whose(finding) else ""
    lines = [
        f"**{number}. {text(finding.invariant)}: {text(finding.summary)}**{about}",
        "",
        f"- expected: {text(finding.expected)}",
        f"- actual: {text(finding.actual)}",
    ]
    if finding.because:
        lines.append(f"- because: {text(finding.because[-1])}")
    if finding.consequence:
        lines.append(f"- if this went live: {text(finding.consequence)}")
    return [*lines, f"- repeat: {code(reproduction(finding, scenario, result))}", ""]


def _promised(row: MeasureRow) -> str:
    return "–" if row.verdict is None else f"{SYMBOLS[row.verdict]} {text(row.promised)}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

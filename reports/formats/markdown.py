"""markdown: a comment for a pull request: the verdict, the table, and what failed in a few lines."""

from __future__ import annotations

import re

from ...contracts.result import Finding, Result, ScenarioResult
from ..format import formats
from ..notation import (
    LABELS,
    SYMBOLS,
    by_urgency,
    count,
    duration,
    headline,
    next_step,
    one_line,
    reproduction,
    tally_sentence,
    whose,
)
from ..short_list import short_list

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!])")
# Behind these a word joiner, so that nobody is called and no issue is linked by what a system under test returned.
_CALLS = re.compile(r"(@|#)(?=\w)")
_NAME = re.compile(r"`([^`]+)`")
_FINDINGS_SHOWN = 5


@formats.register("markdown")
def markdown(result: Result) -> str:
    """Short GitHub-flavoured Markdown. All text of the result is escaped; more than five findings are only counted."""
    counts = (
        f"{_capital(tally_sentence(result))}. Seed {result.seed}, {duration(result.duration_s)}, "
        f"{result.statistics.orders:,} orders, {result.statistics.faults_fired:,} faults struck."
    )
    lines = [
        f"### {SYMBOLS[result.verdict]} {LABELS[result.verdict]}: {shown(headline(result))}",
        "",
        counts,
        "",
    ]
    if result.errors:
        lines += [f"- {shown(error)}" for error in result.errors] + [""]
    if result.scenarios:
        lines += ["| verdict | scenario | faults | invariants (exercised) |", "| --- | --- | --- | --- |"]
        lines += [_row(scenario) for scenario in by_urgency(result)] + [""]
    listed, more = short_list(result, _FINDINGS_SHOWN)
    for number, told in enumerate(listed, 1):
        lines += _finding(number, told.finding, told.scenario, result)
    if more:
        lines += [f"… and {count(more, 'more finding')}, in report.html.", ""]
    lines += [f"**Next:** {shown(next_step(result))} Repeat the run: {_code(result.command)}", ""]
    return "\n".join(lines)


def _row(scenario: ScenarioResult) -> str:
    faults = ", ".join(
        f"{shown(fault.id)} ×{fault.fired}" if fault.fired else f"{shown(fault.id)} never struck"
        for fault in scenario.faults
    )
    checks = " ".join(
        f"**{SYMBOLS[check.verdict]} {shown(check.invariant)}** {check.exercised}"
        if check.verdict == "FAIL"
        else f"{shown(check.invariant)} {check.exercised}"
        for check in scenario.checks
    )
    reason = f"<br>{shown(scenario.reason)}" if scenario.reason else ""
    title = f"{shown(scenario.title)} {_code(scenario.id)}{reason}"
    return f"| {SYMBOLS[scenario.verdict]} {LABELS[scenario.verdict]} | {title} | {faults or '–'} | {checks or '–'} |"


def _finding(number: int, finding: Finding, scenario: ScenarioResult | None, result: Result) -> list[str]:
    about = f" · {shown(whose(finding))}" if whose(finding) else ""
    lines = [
        f"**{number}. {shown(finding.invariant)}: {shown(finding.summary)}**{about}",
        "",
        f"- expected: {shown(finding.expected)}",
        f"- actual: {shown(finding.actual)}",
    ]
    if finding.because:
        lines.append(f"- because: {shown(finding.because[-1])}")
    return [*lines, f"- repeat: {_code(reproduction(finding, scenario, result))}", ""]


def shown(text: str) -> str:
    """The text escaped, but for `names` in it, which stay code."""
    parts = _NAME.split(one_line(text))
    return "".join(_code(part) if place % 2 else _escaped(part) for place, part in enumerate(parts))


def _escaped(text: str) -> str:
    return _CALLS.sub("\\1\N{WORD JOINER}", _SPECIAL.sub(r"\\\1", text))


def _code(text: str) -> str:
    """A code span around anything, also inside a table: the fence is longer than any run of backticks in it."""
    line = one_line(text).replace("|", r"\|")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence, space = "`" * (longest + 1), " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

"""A finding argued in plain text: for a CI's failure body, a log, a message to a colleague."""

from __future__ import annotations

from ..contracts.result import Finding, Result, ScenarioResult
from .notation import printable, reproduction, whose


def argument(finding: Finding, scenario: ScenarioResult | None, result: Result) -> str:
    """What was promised, what came, why that follows, and how to see it again; a few indented lines."""
    about = whose(finding)
    lines = [f"{finding.invariant}: {finding.summary}" + (f" · {about}" if about else "")]
    lines += _entry("expected", finding.expected) + _entry("actual", finding.actual)
    if finding.because:
        lines.append("  because")
        last = len(finding.because) - 1
        lines += [f"    {'∴' if place == last else '·'} {say}" for place, say in enumerate(finding.because)]
    if finding.consequence:
        lines += _entry("leads to", finding.consequence)
    if finding.clause:
        lines += _entry("breaks", finding.clause)
    if finding.exchanges:
        journal, _ = result.journals.get(finding.world, (result.journal, ""))
        lines += _entry("evidence", f"{journal} " + ", ".join(map(str, finding.exchanges)))
    lines += _entry("repeat", reproduction(finding, scenario, result))
    return printable("\n".join(lines))


def _entry(name: str, text: str) -> list[str]:
    first, *more = text.splitlines() or [""]
    return [f"  {name:<10}{first}", *(f"  {'':<10}{line}" for line in more)]

"""terminal: how much of each contract was driven, and the whole parts that were not."""

from __future__ import annotations

from ...contracts.coverage_result import CoverageResult
from ..coverage_format import PLURALS, coverage_formats
from ..notation import count, one_line

WHOLE = ("operation", "event")


@coverage_formats.register("terminal")
def terminal(result: CoverageResult) -> str:
    """A line for each contract and kind of point; then the operations and events that never came."""
    lines: list[str] = []
    for contract in result.contracts():
        lines.append(one_line(contract))
        for kind in result.kinds(contract):
            seen, there = result.counts(contract, kind)
            lines.append(f"  {PLURALS[kind]:<20} {seen:>6} of {there:<6} {percent(seen, there):>4}")
        parts = [part for part in result.parts if part.contract == contract]
        never = [name for part in parts if part.kind in WHOLE for name in part.unseen]
        if never:
            lines.append(f"  never driven: {one_line(', '.join(never))}")
        untouched = [part.part for part in parts if part.kind in ("segment", "column") and not part.seen]
        if untouched:
            lines.append(f"  never exchanged: {one_line(', '.join(untouched))}")
        lines.append("")
    lines += [f"in no contract: {one_line(what)}, {count(times, 'time')}" for what, times in result.beside.items()]
    lines.append("next: `--format html --output coverage.html` names every field, value, segment and column")
    return "\n".join(lines) + "\n"


def percent(seen: int, there: int) -> str:
    """Rounded down, so that 100 % means all."""
    return f"{seen * 100 // there} %" if there else "–"

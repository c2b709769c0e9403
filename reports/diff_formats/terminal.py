"""terminal: the changes, the worst first, with both places, and what they come to."""

from __future__ import annotations

from ...contracts.diff_result import ChangeFinding, DiffResult
from ..diff_format import diff_formats
from ..diff_words import LEVELS, MEANING, headline, hits, met_by, next_step, tally
from ..notation import count, one_line


@diff_formats.register("terminal")
def terminal(result: DiffResult) -> str:
    """Each change with what it means and where it is met. Those that break nobody get a line each."""
    lines: list[str] = []
    for level in LEVELS:
        found = result.counting(level)
        if found:
            lines.append(f"{level}: {MEANING[level]}")
            lines += [line for change in found for line in _change(change, result)]
            lines.append("")
    others = [document for document in result.documents if not document.compared and document.kind]
    lines += [f"not compared: {one_line(each.new or each.old)} ({each.kind})" for each in others]
    compared = sum(document.compared for document in result.documents)
    lines.append(f"{one_line(result.old)} → {one_line(result.new)}: {count(compared, 'document')} compared")
    lines += [
        f"{'FAIL' if result.exit_code else 'PASS'}: {headline(result)}: {tally(result)}",
        f"next: {next_step(result)}",
    ]
    return "\n".join(lines) + "\n"


def _change(change: ChangeFinding, result: DiffResult) -> list[str]:
    lines = [f"  {one_line(change.what)}  [{change.rule}]"]
    if change.level == "compatible":
        return lines
    lines.append(f"      {one_line(change.why)}")
    lines += [f"      met by {one_line(where)}" for where in [met_by(change)] if where]
    if change.hits:
        lines.append(f"      hits {one_line(hits(change))}")
    elif result.consumers:
        lines.append(f"      hits none of {one_line(', '.join(result.consumers))}")
    for word, place in (("old", change.old), ("new", change.new)):
        lines.append(
            f"      {word} {one_line(place.file)}:{place.line}:{place.column}  {one_line(place.pointer) or '/'}"
        )
    return lines

"""markdown: a comment for a pull request: what breaks, whom, and where; the rest to unfold."""

from __future__ import annotations

from ...contracts.diff_result import ChangeFinding, DiffResult, LevelName
from ..diff_format import diff_formats
from ..diff_words import MEANING, headline, hits, met_by, next_step, tally
from ..markdown_text import code, text

_SYMBOLS = {"breaking": "✕", "dangerous": "△", "compatible": "✓"}
_SHOWN = 25  # of a level; a comment that is longer is not read


@diff_formats.register("markdown")
def markdown(result: DiffResult) -> str:
    """Short GitHub-flavoured Markdown; everything that comes from documents is escaped."""
    symbol = next((_SYMBOLS[level] for level in ("breaking", "dangerous") if result.counting(level)), "✓")
    lines = [
        f"### {symbol} Contracts: {text(headline(result))}",
        "",
        f"{code(result.old)} → {code(result.new)}: {tally(result)}.",
        "",
    ]
    for level in ("breaking", "dangerous"):
        lines += _table(result, level)
    lines += _folded("compatible", [change.what for change in result.counting("compatible")])
    waived = [f"{change.what} ({change.rule}): {change.waived}" for change in result.changes if change.waived]
    lines += _folded("waived", waived)
    lines += [f"**Next:** {text(next_step(result))}.", ""]
    return "\n".join(lines)


def _table(result: DiffResult, level: LevelName) -> list[str]:
    found = result.counting(level)
    if not found:
        return []
    head = [f"**{level.capitalize()}** ({MEANING[level]})", "", "| what | where | who |", "| --- | --- | --- |"]
    rows = [_row(change, result) for change in found[:_SHOWN]]
    more = [f"| … and {len(found) - _SHOWN} more | | |"] if len(found) > _SHOWN else []
    return [*head, *rows, *more, ""]


def _row(change: ChangeFinding, result: DiffResult) -> str:
    where = code(f"{change.new.file}:{change.new.line}")
    who = [text(change.why)]
    if met_by(change):
        who.append(f"Met by {text(met_by(change))}.")
    if change.hits:
        who.append(f"**Hits {text(hits(change))}.**")
    elif result.consumers:
        who.append(f"Hits none of {text(', '.join(result.consumers))}.")
    return f"| {text(change.what)}<br>{code(change.rule)} | {where} | {' '.join(who)} |"


def _folded(title: str, said: list[str]) -> list[str]:
    if not said:
        return []
    listed = [f"- {text(each)}" for each in said[:_SHOWN]]
    more = [f"- … and {len(said) - _SHOWN} more"] if len(said) > _SHOWN else []
    return [f"<details><summary>{len(said)} {title}</summary>", "", *listed, *more, "", "</details>", ""]

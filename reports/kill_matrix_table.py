"""The kill matrix on a terminal or in a pipe: a row for each layer, a column for each invariant, within 120 columns.

Imports rich, so import this only where something is about to be printed.
"""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.text import Text

from ..contracts.kill_matrix import KillMatrix, Row
from .notation import duration, printable

KILLED, BESIDE, SILENT, NOTHING = "●", "+", "○", "·"
_PLAIN = {KILLED: "x", SILENT: "o", NOTHING: "."}
_STYLES = {KILLED: "bold green", BESIDE: "yellow", SILENT: "bold red", NOTHING: "dim"}
SHOWN = 4
HEALTHY, KILLS, ALONE = "healthy layers", "variants it kills", "nobody else does"
LEGEND = f"{KILLED} breaks it and is caught by it   {BESIDE} spoke beside   {SILENT} breaks it, but it was silent"


def render(document: KillMatrix, console: Console) -> None:
    """Print it. Where the output has no Unicode, the marks are letters."""
    unicode = console.encoding.lower().startswith("utf")
    for line in lines(document):
        line.plain = line.plain if unicode else _letters(line.plain)
        console.print(line, soft_wrap=True, highlight=False)


def lines(document: KillMatrix) -> list[Text]:
    """The table, its legend, and in sentences what is wrong and what else there is to know."""
    names = [column.id for column in document.invariants]
    width = max(len(text) for row in document.variants for text in (_short(row), row.family or HEALTHY, KILLS))
    found: list[Text] = []
    for family, rows in groupby(document.variants, key=lambda row: row.family):
        found += [Text(f"{family or HEALTHY}".ljust(width + 2) + " ".join(names), style="bold")]
        found += [_row(row, document.matrix[row.id], names, width) for row in rows]
        found += [Text("")]
    kills = " ".join(str(len(column.kills)).rjust(2) for column in document.invariants)
    alone = " ".join(str(len(column.alone)).rjust(2) for column in document.invariants)
    found += [Text(KILLS.ljust(width + 2) + kills), Text(ALONE.ljust(width + 2) + alone)]
    found += [Text(""), Text(LEGEND, style="dim"), Text("")]
    found += _noise(document) if document.whole else []
    found += [Text(f"problem: {printable(problem)}", style="red") for problem in document.problems]
    found += [Text(f"note: {printable(note)}", style="dim") for note in document.notes]
    return [*found, Text(summary(document), style="bold")]


def _noise(document: KillMatrix) -> list[Text]:
    """What spoke with the whole library where no bug.yaml says so: a line for each layer and invariant."""
    noise = [(row, name, document.matrix[row.id][name]) for row in document.variants for name in row.beside]
    if not noise:
        return [Text("with the whole library nothing spoke but what each bug.yaml names"), Text("")]
    width = max(len(_short(row)) for row, _, _ in noise)
    head = [Text(f"{'beyond its bug.yaml'.ljust(width + 2)}spoke in", style="bold")]
    told = [Text(f"{_short(row).ljust(width + 2)}{name}    {_some(scenarios)}") for row, name, scenarios in noise]
    return [*head, *told, Text("")]


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def mark(row: Row, spoke: bool, name: str) -> str:
    """One cell."""
    if name in row.breaks:
        return KILLED if spoke else SILENT
    return BESIDE if spoke else NOTHING


def summary(document: KillMatrix) -> str:
    """The verdict in a line."""
    broken = [row for row in document.variants if row.breaks]
    healthy = [row for row in document.variants if not row.breaks]
    caught = sum(row.verdict == "PASS" for row in broken)
    passed = sum(row.verdict == "PASS" for row in healthy)
    parts = [f"{caught} of {len(broken)} bugs found by what they break"] if broken else []
    parts += [f"{passed} of {len(healthy)} healthy layers pass"] if healthy else []
    return f"{document.verdict}: {', '.join(parts)} in {duration(document.took_s)}"


def _row(row: Row, spoke: dict[str, tuple[str, ...]], names: list[str], width: int) -> Text:
    text = Text(_short(row).ljust(width + 2), style="" if row.verdict == "PASS" else "bold red")
    for name in names:
        sign = mark(row, name in spoke, name)
        text.append(f" {sign} ", style=_STYLES[sign])
    text.rstrip()
    return text


def _short(row: Row) -> str:
    return printable(row.id.removeprefix(f"{row.family}/"))


def _letters(text: str) -> str:
    for sign, letter in _PLAIN.items():
        text = text.replace(sign, letter)
    return text

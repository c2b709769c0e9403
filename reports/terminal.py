"""What `crossdock run` leaves on a terminal: the verdict, the table, every failure explained, and what to do next.

Imports rich, so import this only where something is about to be printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.box import ROUNDED, SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..contracts.result import CheckResult, FaultResult, Finding, Result, VerdictName
from .difference import Run, differences
from .measure_words import MeasureRow, short_rows
from .notation import (
    LABELS,
    SYMBOLS,
    by_urgency,
    count,
    duration,
    headline,
    journal_of,
    next_step,
    one_line,
    printable,
    reproduction,
    tally_sentence,
    whose,
)
from .plain import in_encoding, plain
from .short_list import short_list

FINDINGS_SHOWN = 5
_STYLES: dict[VerdictName, str] = {
    "PASS": "green",
    "FAIL": "bold red",
    "NOT_EXERCISED": "dim",
    "CONFIG_ERROR": "yellow",
    "HARNESS_ERROR": "magenta",
}


def render_terminal(result: Result, console: Console, report: str = "") -> None:
    """Print the run. `report` is the path of report.html, "" when there is none.

    Into a pipe, and where the output has no Unicode, it prints plain lines instead (reports/plain.py). With NO_COLOR
    the layout stays and no escape sequence is sent, not even for bold.
    """
    unicode = console.encoding.lower().startswith("utf")
    if not console.is_terminal or not unicode:
        text = in_encoding(plain(result, report), console.encoding)
        console.print(text, end="", markup=False, highlight=False, emoji=False, soft_wrap=True)
        return
    if console.no_color:
        console = Console(
            file=console.file, width=console.width, force_terminal=True, color_system=None, legacy_windows=False
        )
    console.print(*_report(result, report), sep="\n", highlight=False, crop=False)


def render(result: Result, report: Path | str = "") -> None:
    """Print the run to standard output."""
    render_terminal(result, Console(), str(report))


def verdict_table(result: Result) -> RenderableType:
    """A row for each scenario, the worst first: its verdict, the faults that struck, the checks and how often they were
    exercised. Those that held are only counted: a reader looks for the others.
    """
    table = Table(box=SIMPLE_HEAD, border_style="dim", header_style="dim", expand=True, pad_edge=False)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Scenario", ratio=4)
    table.add_column("Faults", no_wrap=True)
    table.add_column("Checks × exercised", ratio=3)
    table.add_column("Took", justify="right", no_wrap=True)
    for scenario in by_urgency(result):
        name = Text(one_line(scenario.id), style="bold")
        if scenario.verdict != "PASS":
            name.append(f"\n{one_line(scenario.reason or scenario.title)}", style="not bold dim")
        table.add_row(
            _verdict(scenario.verdict),
            name,
            Text("\n").join(map(_fault, scenario.faults)) if scenario.faults else Text("–", style="dim"),
            _checks(scenario.checks),
            duration(scenario.took_s) if scenario.took_s else "–",
        )
    return table


def measure_table(rows: Sequence[MeasureRow]) -> RenderableType:
    """A row for each service level: what was measured, and what is promised of it."""
    table = Table(box=SIMPLE_HEAD, border_style="dim", header_style="dim", expand=True, pad_edge=False)
    table.add_column("Service level", no_wrap=True)
    table.add_column("Measured", ratio=3)
    table.add_column("Promised", ratio=2)
    for row in rows:
        promised = Text("–", style="dim")
        if row.verdict is not None:
            promised = Text(f"{SYMBOLS[row.verdict]} {row.promised}", style=_STYLES[row.verdict])
        table.add_row(Text(row.name), Text(row.measured), promised)
    return table


def failure(finding: Finding, repeat: str = "") -> RenderableType:
    """A finding as an argument: expected and actual with their difference, why, what follows, how to repeat it.

    `repeat` is the command to print when the finding has none of its own.
    """
    expected, actual = differences(printable(finding.expected), printable(finding.actual))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    grid.add_row("expected", _runs(expected, "bold green underline"))
    grid.add_row("actual", _runs(actual, "bold red underline"))
    if finding.because:
        grid.add_row("", "")
        grid.add_row("because", _because(finding.because))
    grid.add_row("", "")
    rows = (
        ("leads to", finding.consequence),
        ("breaks", finding.clause),
        ("evidence", f"{journal_of(finding)} {', '.join(map(str, finding.exchanges))}" if finding.exchanges else ""),
    )
    for name, text in rows:
        if text:
            grid.add_row(name, Text(printable(text)))
    title = Text(" · ").join(
        Text(part) for part in (one_line(finding.invariant), one_line(finding.scenario), whose(finding)) if part
    )
    argued = Panel(
        Group(Text(printable(finding.summary), style="bold"), Text(""), grid),
        title=Text.assemble(f"{SYMBOLS['FAIL']} ", title),
        title_align="left",
        border_style="red",
        box=ROUNDED,
        padding=(1, 2),
    )
    # Below the frame, because a command inside one cannot be copied.
    return Group(argued, _closing("   repeat", finding.reproduce or repeat, "cyan"), Text(""))


def _because(sentences: tuple[str, ...]) -> RenderableType:
    chain = Table.grid(padding=(0, 1, 0, 0))
    for sentence in sentences[:-1]:
        chain.add_row(Text("·", style="dim"), Text(printable(sentence)))
    chain.add_row(Text("∴", style="bold red"), Text(printable(sentences[-1]), style="bold"))
    return chain


def _report(result: Result, report: str) -> list[RenderableType]:
    facts = (
        tally_sentence(result),
        f"seed {result.seed}",
        duration(result.duration_s),
        count(result.statistics.orders, "order"),
    )
    style = _STYLES[result.verdict]
    parts: list[RenderableType] = [
        Text(""),
        Text.assemble(_stamp(result.verdict), " ", (headline(result), "bold")),
        Text(" · ".join(facts), style="dim"),
        Text(""),
    ]
    if result.scenarios:
        parts += [verdict_table(result), Text("")]
    if rows := short_rows(result):
        parts += [measure_table(rows), Text("")]
    listed, more = short_list(result, FINDINGS_SHOWN)
    parts += [failure(told.finding, reproduction(told.finding, told.scenario, result)) for told in listed]
    if more:
        parts.append(Text(f"… and {count(more, 'more finding')}, in the report\n", style="dim"))
    if result.errors:
        said = Text("\n\n").join(Text(printable(error)) for error in result.errors)
        title = Text(f"{SYMBOLS[result.verdict]} what went wrong")
        parts.append(Panel(said, title=title, title_align="left", border_style=style, box=ROUNDED, padding=(1, 2)))
    parts += [Text(""), Text.assemble(("next    ", "dim"), next_step(result))]
    parts.append(_closing("repeat", result.command, "cyan"))
    if report:
        parts.append(_closing("report", report, "bold"))
    return parts


def _closing(name: str, text: str, style: str) -> Text:
    """A line that is left to the terminal to wrap: what people copy must stay in one piece."""
    return Text.assemble((f"{name}  ", "dim"), (one_line(text), style), no_wrap=True, overflow="ignore")


def _stamp(verdict: VerdictName) -> Text:
    return Text(f" {SYMBOLS[verdict]} {LABELS[verdict]} ", style=f"{_STYLES[verdict]} reverse")


def _verdict(verdict: VerdictName) -> Text:
    return Text(f"{SYMBOLS[verdict]} {LABELS[verdict]}", style=_STYLES[verdict])


def _fault(fault: FaultResult) -> Text:
    name = one_line(fault.id)
    if not fault.fired:
        return Text(f"○ {name} ×0", style="yellow")
    return Text.assemble(name, (f" ×{fault.fired}", "dim"))


def _checks(checks: tuple[CheckResult, ...]) -> Text:
    said = [
        Text.assemble(
            (f"{SYMBOLS[check.verdict]}{one_line(check.invariant)}", _STYLES[check.verdict]),
            (f"×{check.exercised}", "dim"),
        )
        for check in checks
        if check.verdict not in ("PASS", "NOT_EXERCISED") or (check.verdict == "NOT_EXERCISED" and check.required)
    ]
    held = [check.exercised for check in checks if check.verdict == "PASS"]
    idle = sum(check.verdict == "NOT_EXERCISED" and not check.required for check in checks)
    if held:
        said.append(Text.assemble(f"{len(held)} held", (f" ×{sum(held)}", "dim")))
    if idle:
        said.append(Text(f"{idle} idle", style="dim"))
    return Text("  ").join(said)


def _runs(runs: list[Run], style: str) -> Text:
    return Text.assemble(*((run.text, style if run.differs else "") for run in runs))

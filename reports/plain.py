"""A run in plain lines, for pipes and logs: nothing to decode, a verdict at the beginning of each line to grep for."""

from __future__ import annotations

from ..contracts.result import Result
from .argument import argument
from .measure_words import short_rows
from .notation import by_urgency, count, duration, headline, next_step, one_line, printable, tally_sentence
from .short_list import short_list

# The first ones say what is wrong, the hundredth says it again.
FINDINGS_SHOWN = 10
_LIKENESS = {"∴": "=>", "·": "-", "×": "x", "→": "->", "…": "...", "–": "-", "≠": "!=", "’": "'", "“": '"', "”": '"'}


def plain(result: Result, report: str = "") -> str:
    """The run in lines; `report` is the path of report.html, "" when there is none."""
    widest = max((len(scenario.id) for scenario in result.scenarios), default=0)
    lines = []
    for scenario in by_urgency(result):
        took = duration(scenario.took_s) if scenario.took_s else "-"
        line = f"{scenario.verdict:<13}  {one_line(scenario.id):<{widest}}  {took:>8}  {one_line(scenario.reason)}"
        lines.append(line.rstrip())
    rows = short_rows(result)
    lines += [""] * bool(rows)
    lines += [f"{row.name}: {row.measured}{f'; promised {row.promised}' * bool(row.promised)}" for row in rows]
    listed, more = short_list(result, FINDINGS_SHOWN)
    lines += [f"\n{argument(told.finding, told.scenario, result)}" for told in listed]
    if more:
        lines.append(f"\n… and {count(more, 'more finding')}, in the report")
    lines += [f"\nerror: {printable(error)}" for error in result.errors]
    lines += [
        "",
        f"{result.verdict}: {headline(result)}",
        f"{tally_sentence(result)}; seed {result.seed}, {duration(result.duration_s)}",
        f"next: {next_step(result)}",
        f"repeat: {one_line(result.command)}",
    ]
    if report:
        lines.append(f"report: {report}")
    return "\n".join(lines).lstrip("\n") + "\n"


def in_encoding(text: str, encoding: str) -> str:
    """The text for an output that knows less than Unicode: with a likeness where there is one, else with `?`."""
    return "".join(character if character.isascii() else _shown(character, encoding) for character in text)


def _shown(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return _LIKENESS.get(character, "?")
    return character

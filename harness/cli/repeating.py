"""A plan run several times: how often does each finding come?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from ...contracts.repeats import Recurrence, Repeats, recurrences
from ...contracts.result import Result
from ...reports import write_all
from ..verdict import EXIT_CODES, Verdict, merge
from .composition import command_line, fresh_mark

if TYPE_CHECKING:
    from ...scenarios.plan import Plan

DOCUMENT = "repeats.json"


def courses(plan: Plan, times: int) -> list[Plan]:
    """The same plan so many times. In virtual time each takes another course, since the same one would only repeat
    itself; over sockets each has business keys of its own, which no earlier run has left behind anywhere.
    """
    from ...scenarios.plan import remarked

    if plan.virtual:
        return [msgspec.structs.replace(plan, course=plan.course + number) for number in range(times)]
    return [remarked(plan, fresh_mark()) for _ in range(times)]


def summed_up(results: Sequence[Result], folders: Sequence[Path], folder: Path, as_json: bool) -> int:
    """Write the reports of each run and what they come to, show it, and return the exit code: that of the worst."""
    for result, own in zip(results, folders, strict=True):
        write_all(result, own)
    verdict = merge(Verdict(result.verdict) for result in results)
    document = Repeats(
        command=command_line(),
        verdict=verdict.value,
        exit_code=EXIT_CODES[verdict],
        verdicts=tuple(result.verdict for result in results),
        folders=tuple(str(own) for own in folders),
        recurrences=recurrences(results),
    )
    text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
    (folder / DOCUMENT).write_text(text + "\n", encoding="utf-8")
    click.echo(text if as_json else "\n".join(told(document)))
    return document.exit_code


def told(document: Repeats) -> list[str]:
    """What the runs come to, in lines."""
    runs = len(document.verdicts)
    lines = [
        f"{verdict:<15}run {number}: {folder}"
        for number, (verdict, folder) in enumerate(zip(document.verdicts, document.folders, strict=True), 1)
    ]
    lines += ["", *map(_told, document.recurrences)]
    failed = sum(verdict == "FAIL" for verdict in document.verdicts)
    others = {verdict for verdict in document.verdicts if verdict not in ("PASS", "FAIL")}
    said = f"{failed} of {runs} runs failed" if failed else f"{runs} runs, none failed"
    return [*lines, f"{document.verdict}: {said}{', others were ' + ', '.join(sorted(others)) if others else ''}"]


def _told(found: Recurrence) -> str:
    where = f" in runs {', '.join(map(str, found.runs))}" if found.how == "flaky" else ""
    order = f", order {found.order}" if found.order else ""
    return (
        f"{found.how} {len(found.runs)}/{found.of}{where}: {found.invariant} in {found.scenario}{order}: "
        f"{found.summary}"
    )

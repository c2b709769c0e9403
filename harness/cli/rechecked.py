"""crossdock report --recheck: a finished run judged anew, in lines to read or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from ...contracts.result import Result
from ...reports.notation import count, one_line, printable
from ...simulators.hash_chain import JournalDamaged
from ..recheck import Rechecked, recheck
from ..target import ConfigError, load
from ..world_folders import NoJournal
from .composition import spare_the_collector

FORMS = ("terminal", "json")


def recheck_run(folder: Path, result: Result, form: str) -> tuple[str, int]:
    """What came of it, and the exit code.

    Raises: click.UsageError where the journal or the target's description is not there, or is damaged.
    """
    if form not in FORMS:
        raise click.UsageError(f"--recheck can't be told as {form}: choose one of {', '.join(FORMS)}")
    spare_the_collector()
    try:
        rechecked = recheck(folder, result, load(Path(result.target.file)))
    except (ConfigError, NoJournal, JournalDamaged) as error:
        raise click.UsageError(str(error)) from error
    return (_json if form == "json" else _words)(rechecked), rechecked.exit_code


def _words(found: Rechecked) -> str:
    lines = [f"{each.invariant}  {_about(each.order_id)}{one_line(each.summary)}" for each in found.findings]
    lines += [f"not judged: {one_line(error)}" for error in found.errors]
    lines += [f"not in the run's result: {each.invariant} {one_line(each.summary)}" for each in found.fresh]
    lines += [
        f"only in the run's result (the plan or the layer's log told of it): {each.invariant} {one_line(each.summary)}"
        for each in found.lost
    ]
    if not found.fresh and not found.lost:
        lines.append("the same findings as in the run's result")
    lines.append(f"only in part, since the plan and the run as a whole tell the rest: {', '.join(found.partly)}")
    verdict = {0: "PASS", 1: "FAIL", 3: "HARNESS_ERROR"}[found.exit_code]
    lines.append(
        f"{verdict}: {count(len(found.findings), 'finding')} of {count(found.invariants, 'invariant')} over "
        f"{count(found.orders, 'order')} and {found.entries:,} entries of the journal"
    )
    return "\n".join(map(printable, lines))


def _about(order_id: str) -> str:
    return f"order {order_id}: " if order_id else ""


def _json(found: Rechecked) -> str:
    return json.dumps(msgspec.to_builtins(found), indent=2)

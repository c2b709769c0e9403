"""Puts the result document together (contracts/kill_matrix.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...contracts.kill_matrix import KillMatrix
from ..verdict import EXIT_CODES, Verdict, merge
from .judgement import columns, notes, problems, row, spoken, strikes
from .playing import Played


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How the selftest was called. `complete`: with all layers; `whole`: with all scenarios."""

    crossdock: str
    command: str
    started_at: datetime
    took_s: float
    seed: int
    complete: bool
    whole: bool


def judged(
    played: Sequence[Played], titles: Mapping[str, str], scenarios: Sequence[str], around: Circumstances
) -> KillMatrix:
    """`titles` are the invariants in the order of their columns, `scenarios` those that were played."""
    matrix = {each.variant.id: spoken(each, tuple(titles)) for each in played}
    rows = [row(each, matrix[each.variant.id], whole=around.whole) for each in played]
    held = columns(rows, matrix, titles)
    struck = strikes(rows, matrix, scenarios)
    wrong = list(problems(rows, held, complete=around.complete))
    verdict = merge([*(Verdict(each.verdict) for each in rows), *(verdict for verdict, _ in wrong)])
    return KillMatrix(
        crossdock=around.crossdock,
        command=around.command,
        started_at=around.started_at,
        took_s=around.took_s,
        seed=around.seed,
        complete=around.complete,
        whole=around.whole,
        verdict=verdict.value,
        exit_code=EXIT_CODES[verdict],
        variants=tuple(rows),
        invariants=held,
        scenarios=struck,
        matrix=matrix,
        problems=tuple(sentence for _, sentence in wrong),
        notes=tuple(notes(rows, held, struck, complete=around.complete)),
    )

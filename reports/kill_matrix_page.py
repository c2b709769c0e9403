"""The kill matrix as a page, docs/reference/kill-matrix.md: which bug is found by which invariant, and where."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..contracts.kill_matrix import KillMatrix, Row
from .markdown_text import text

KILLED, BESIDE, SILENT = "●", "+", "○"
_HEAD = """# The kill matrix

Who checks the checks? Each layer below a folder `broken_…` of [`examples/`](../../examples) has one realistic bug, and
its `bug.yaml` names the invariants that the bug breaks. `crossdock selftest` plays every layer and fails when a bug
survives, when an invariant that it breaks is silent, when an invariant finds no bug at all, and when a healthy layer is
blamed for anything. No check can know what it looks at: a run reads `target.yaml` only.

This page was written by such a run:

"""
_LEGEND = f"{KILLED} breaks it and is caught by it, {BESIDE} spoke beside, {SILENT} breaks it, but it was silent."


def page(document: KillMatrix) -> str:
    """The whole page, in Markdown."""
    return "\n".join(
        [_HEAD + _told(document), *_matrix(document), *_bugs(document), *_invariants(document), *_rest(document)]
    )


def _told(document: KillMatrix) -> str:
    layers = f"{len(document.variants)} layers"
    return (
        f"    {document.command}\n\n"
        f"{document.started_at:%d %B %Y}, Crossdock {document.crossdock}, seed {document.seed}, {layers}, "
        f"{document.took_s:.0f} s: {document.verdict}. {_LEGEND}\n"
    )


def _matrix(document: KillMatrix) -> Iterator[str]:
    names = [column.id for column in document.invariants]
    for family, rows in groupby(document.variants, key=lambda row: row.family):
        yield f"## {family or 'Healthy layers'}\n"
        yield f"| layer | {' | '.join(names)} |"
        yield f"| --- |{' :-: |' * len(names)}"
        for row in rows:
            spoke = document.matrix[row.id]
            yield f"| `{_name(row)}` | {' | '.join(_mark(row, name in spoke, name) for name in names)} |"
        yield ""


def _mark(row: Row, spoke: bool, name: str) -> str:
    if name in row.breaks:
        return KILLED if spoke else SILENT
    return BESIDE if spoke else ""


def _bugs(document: KillMatrix) -> Iterator[str]:
    yield "## Where each bug is found\n"
    yield "| layer | what it is | found by |"
    yield "| --- | --- | --- |"
    for row in document.variants:
        if row.breaks:
            spoke = document.matrix[row.id]
            by = "; ".join(f"{name} in {', '.join(f'`{each}`' for each in spoke[name])}" for name in spoke)
            yield f"| `{_name(row)}` | {text(row.title)} | {by or 'nothing'} |"
    yield ""


def _invariants(document: KillMatrix) -> Iterator[str]:
    yield "## What each invariant finds\n"
    yield "| invariant | finds | of these nobody else |"
    yield "| --- | --- | --- |"
    for column in document.invariants:
        yield f"| {column.id} · {text(column.title)} | {len(column.kills)} | {len(column.alone)} |"
    yield ""


def _rest(document: KillMatrix) -> Iterator[str]:
    for title, sentences in (("Problems", document.problems), ("Notes", document.notes)):
        if sentences:
            yield f"## {title}\n"
            yield from (f"- {text(sentence)}" for sentence in sentences)
            yield ""


def _name(row: Row) -> str:
    return row.id.removeprefix(f"{row.family}/")

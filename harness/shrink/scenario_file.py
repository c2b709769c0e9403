"""Writes a shrunk scenario as a file that can be run, kept and read."""

from __future__ import annotations

from pathlib import Path

from ...contracts import yaml_document
from ...contracts.result import Finding
from ..invariant import invariants
from .document import Document

# As the scenarios of the library are written: what it is, what there is, what happens, what must hold.
ORDER = (
    "scenario",
    "title",
    "story",
    "requires",
    "source",
    "channels",
    "twins",
    "cut_over",
    "orders",
    "warehouse",
    "actions",
    "faults",
    "then",
)


def write(document: Document, folder: Path, finding: Finding, told: str) -> Path:
    """Write `<id>.yaml` into the folder, with what it shows as a comment; `told` says where it comes from."""
    path = folder / f"{document['scenario']}.yaml"
    # What a scenario expects besides the invariants shows only while it says so.
    then = {"invariants": [finding.invariant]} if finding.invariant in invariants else document["then"]
    written = {**document, "story": document["story"].strip(), "then": then}
    body = yaml_document.write({name: written[name] for name in ORDER if name in written})
    comment = "".join(f"# {' '.join(line.split())}\n" for line in (*_shows(finding), told))
    path.write_text(comment + body, encoding="utf-8")
    return path


def _shows(finding: Finding) -> list[str]:
    return [
        f"Shows {finding.invariant}: {finding.summary}",
        f"expected: {finding.expected}",
        f"actual: {finding.actual}",
        *(f"- {sentence}" for sentence in finding.because),
    ]

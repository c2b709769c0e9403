"""What a layer must do with a file that a warehouse has put out for it."""

from __future__ import annotations

from dataclasses import dataclass

FILES = "docs/reference/warehouse-files.md"


@dataclass(frozen=True, slots=True)
class FileRule:
    """`title` is the rule in a line, `clause` where it stands."""

    id: str
    title: str
    clause: str


RULES = {
    rule.id: rule
    for rule in (
        FileRule("file-taken", "A file that keeps its guide or layout is accepted, and acted upon", FILES),
        FileRule(
            "file-refused",
            "What breaks its envelope is refused with the code of the standard, and has no effect",
            "X12.20 (AK5, AK9), X12.5 (TA1), docs/reference/csv.md (header and trailer record)",
        ),
        FileRule(
            "file-told",
            "What breaks its guide or layout is refused or told to people, never silently dropped",
            "docs/reference/invariants.md, E3",
        ),
        FileRule(
            "file-not-guessed", "What stands wrong in a file is not made up for", "docs/reference/invariants.md, F1"
        ),
        FileRule(
            "file-acknowledged",
            "The 997 names the group that is meant, and its counts agree; no 997 answers a 997",
            "X12.20 (AK1, AK9)",
        ),
        FileRule("file-lives-on", "What comes after wrong files is taken as ever", "docs/reference/invariants.md, R3"),
    )
}

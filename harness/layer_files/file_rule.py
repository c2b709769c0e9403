"""What a layer must do with a file that a warehouse has put out for it."""

from __future__ import annotations

from ..stated_rule import StatedRule

FILES = "docs/reference/warehouse-files.md"


RULES = {
    rule.id: rule
    for rule in (
        StatedRule(
            "file-taken",
            "A file that keeps its guide or layout is accepted, and acted upon",
            FILES,
            "Partners change their translators; whoever reads by habit stops then.",
            "A 945 whose separators are others than last week lies there for ever.",
        ),
        StatedRule(
            "file-refused",
            "What breaks its envelope is refused with the code of the standard, and has no effect",
            "X12.20 (AK5, AK9), X12.5 (TA1), docs/reference/csv.md (header and trailer record)",
            "Where a count is wrong something was lost on the way, and nobody knows what.",
            "SE01 says 20 of 19 segments, and the shipment is confirmed to the ERP.",
        ),
        StatedRule(
            "file-told",
            "What breaks its guide or layout is refused or told to people, never silently dropped",
            "docs/reference/invariants.md, E3",
            "Nobody asks for a document that nobody misses: the goods are gone, and are never billed.",
            "A row with an unknown status is passed over, and no dead letter and no case says so.",
        ),
        StatedRule(
            "file-not-guessed",
            "What stands wrong in a file is not made up for",
            "docs/reference/invariants.md, F1",
            "What is made up looks like the truth from then on.",
            "A date that there is not becomes today.",
        ),
        StatedRule(
            "file-acknowledged",
            "The 997 names the group that is meant, and its counts agree; no 997 answers a 997",
            "X12.20 (AK1, AK9)",
            "The partner sends again, or never again, by what these counts say.",
            "AK904 counts two sets accepted where one was received.",
        ),
        StatedRule(
            "file-lives-on",
            "What comes after wrong files is taken as ever",
            "docs/reference/invariants.md, R3",
            "One wrong file must not hold up the orders of everybody else.",
            "After the first 945 that it can't read, the layer looks into the folder no more.",
        ),
    )
}

"""An established tool as the anchor: what oasdiff calls breaking, and what we make of it."""

from pathlib import Path

import pytest

from crossdock.contracts.comparison.change_rule import change_rules
from crossdock.tests.contracts.comparison.documents import compared
from crossdock.tests.contracts.comparison.pairs import LESS_SEVERE, Theirs, theirs

TABLE = theirs()
COVERED = [row for row in TABLE if row.ours]
APPLYING = [row for row in TABLE if not row.not_here]


@pytest.mark.parametrize("row", COVERED, ids=lambda row: row.id)
def test_what_oasdiff_calls_breaking_is_told_by_the_rule_that_is_named(row: Theirs, tmp_path: Path) -> None:
    result = compared(tmp_path, *row.pair.documents())
    found = {change.rule: change for change in result.changes}
    assert row.ours in found, f"told instead: {sorted(found)}"
    expected = ("breaking",) if row.level == "ERR" and row.ours not in LESS_SEVERE else ("breaking", "dangerous")
    assert found[row.ours].level in expected


def test_nine_of_ten_of_the_rules_that_apply_are_covered() -> None:
    assert len(TABLE) == 243
    assert all(bool(row.ours) or len(row.not_here) > 40 for row in TABLE)
    assert len(COVERED) >= 0.9 * len(APPLYING)
    assert len(APPLYING) >= 0.9 * len(TABLE), "what is left out must stay the exception"


def test_the_rules_that_are_named_are_there() -> None:
    assert {row.ours for row in COVERED} <= set(change_rules)
    assert set(LESS_SEVERE) <= {row.ours for row in COVERED}

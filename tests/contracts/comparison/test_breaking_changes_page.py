"""docs/reference/breaking-changes.md says what the rules say. After a change: UPDATE_GOLDEN=1 pytest on this file."""

import os

from crossdock.contracts.comparison.change_rule import change_rules
from crossdock.tests.contracts.comparison.breaking_changes_page import PAGE, page
from crossdock.tests.contracts.comparison.pairs import theirs


def test_the_page_says_what_the_rules_and_the_table_say() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(page(), "utf-8")
    text = PAGE.read_text("utf-8")
    assert text == page()
    assert text.count("\n### ") == len(change_rules)
    assert all(f"\n| {row.id} | " in text for row in theirs())

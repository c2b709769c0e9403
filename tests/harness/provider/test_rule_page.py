"""docs/reference/provider-rules.md is what rules and defects say. After a change: UPDATE_GOLDEN=1 pytest this file."""

import os

from crossdock.tests.harness.provider.rule_page import PAGE, page


def test_the_page_is_what_the_rules_and_the_planted_defects_say() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()

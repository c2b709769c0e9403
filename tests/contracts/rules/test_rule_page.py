"""docs/reference/contract-rules.md is what the registry says. After a change: UPDATE_GOLDEN=1 pytest on this file."""

import os
from pathlib import Path

from crossdock.contracts.rule import rules
from crossdock.contracts.rule_page import rule_page

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "contract-rules.md"


def test_the_page_says_what_the_registry_says() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(rule_page(), "utf-8")
    assert PAGE.read_text("utf-8") == rule_page()
    assert PAGE.read_text("utf-8").count("\n### ") == len(rules)

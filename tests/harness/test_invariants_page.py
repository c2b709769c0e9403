"""docs/reference/invariants.md says what the registry says."""

import re
from pathlib import Path

import pytest

from crossdock.harness.invariant import ORDER, invariants

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "invariants.md"
SECTIONS = {
    heading.partition(" · ")[0]: (heading.partition(" · ")[2], text)
    for heading, _, text in (section.partition("\n") for section in PAGE.read_text("utf-8").split("\n## ")[1:])
}


def test_the_page_has_each_invariant_once_in_the_usual_order() -> None:
    assert list(SECTIONS) == list(ORDER)
    assert set(SECTIONS) == set(invariants)


@pytest.mark.parametrize("invariant", invariants)
def test_a_section_agrees_with_the_registry(invariant: str) -> None:
    title, text = SECTIONS[invariant]
    law = invariants[invariant]
    assert title == law.title
    assert re.search(r"^\*Says so:\* (.+)$", text, re.MULTILINE)[1] == law.clause  # type: ignore[index]
    assert re.search(r"^\*Example\.\* .{20,}", text, re.MULTILINE), f"{invariant}: give an example"
    assert re.search(r"^\*Not held against the layer:\* .{40,}", text, re.MULTILINE), (
        f"{invariant}: say what is not held"
    )


@pytest.mark.parametrize("invariant", invariants)
def test_a_section_speaks_of_invariants_that_there_are(invariant: str) -> None:
    assert set(re.findall(r"\b[A-Z][0-9]\b", SECTIONS[invariant][1])) <= set(invariants)

"""Where two texts differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.reports.difference import Run, differences


def marked(runs: list[Run]) -> list[str]:
    return [run.text for run in runs if run.differs]


@pytest.mark.parametrize(
    ("expected", "actual", "left", "right"),
    [
        ("7 EA billed", "10 EA billed", ["7"], ["10"]),
        ("12.50 USD", "12.05 USD", ["12.50"], ["12.05"]),
        ("one invoice for SH-1", "two invoices for SH-1", ["one", "invoice"], ["two", "invoices"]),
        ("shipped at 2026-03-02T09:00:00Z", "shipped at 2026-03-02T10:00:00Z", ["2026-03-02T09:00:00Z"], None),
        ("the same", "the same", [], []),
        ("no case", "no case open", [], [" open"]),
    ],
)
def test_whole_words_are_marked(expected: str, actual: str, left: list[str], right: list[str] | None) -> None:
    found = differences(expected, actual)

    assert marked(found[0]) == left
    assert right is None or marked(found[1]) == right


def test_texts_with_nothing_in_common_are_not_marked_at_all() -> None:
    found = differences("one sales order for O-1", "nothing, and nobody said why")

    assert (marked(found[0]), marked(found[1])) == ([], [])


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_runs_are_the_text_again(expected: str, actual: str) -> None:
    left, right = differences(expected, actual)

    assert "".join(run.text for run in left) == expected
    assert "".join(run.text for run in right) == actual

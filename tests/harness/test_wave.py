"""Calls that failed one after the other, by party."""

import pytest

from crossdock.tests.harness.histories import ASKED, fold
from crossdock.tests.harness.recovering_styles import BUSY


def streaks(text: str) -> list[tuple[str, int]]:
    return [(party, len(failures)) for party, failures in fold(f"{ASKED} | {text}").wave.failing()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{BUSY} | {BUSY}", []),  # too few to speak of
        (f"{BUSY} | {BUSY} | {BUSY}", [("erp", 3)]),
        (f"{BUSY} | {BUSY} | {BUSY} | ask erp createCase | {BUSY}", [("erp", 3)]),
        (f"{BUSY} | {BUSY} | ask erp createCase | {BUSY}", []),
        (f"{BUSY} | {BUSY} | ask east createCase | {BUSY}", [("erp", 3)]),
        (f"{BUSY} | {BUSY} | withhold erp createInvoice no-answer", [("erp", 3)]),
        (f"{BUSY} | {BUSY} | fail erp createInvoice 429", []),  # it is there, and says so
        (f"{BUSY} | {BUSY} | {BUSY} | fail erp createInvoice 404", [("erp", 3)]),
        ("fail crm updateOrderStatus 500 | fail erp createCase 502 | " * 3, [("crm", 3), ("erp", 3)]),
    ],
)
def test_a_streak_ends_with_the_first_answer_that_shows_a_party_well(text: str, found: list[tuple[str, int]]) -> None:
    assert sorted(streaks(text.rstrip("| "))) == found


def test_what_the_layer_answers_itself_is_no_failure_of_a_party() -> None:
    text = "ship S1 R1 1:10!" + " | deliver shipment.shipped S1 fail" * 4
    assert streaks(text) == []

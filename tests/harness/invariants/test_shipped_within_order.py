"""Q2: no more is shipped than was released, no more released than ordered."""

import pytest

from crossdock.tests.harness.histories import ASKED, TAKEN, finders, finding, judged
from crossdock.tests.harness.styles import HEALTHY

EXERCISED = {
    # Each line of which something left, and each line of each request.
    "everything is told as it happens": 2,
    "two warehouses ship a line each": 4,
    "two warehouses share a line": 3,
    "the rest is backordered and follows": 3,
    "the first warehouse is cancelled before the ERP reroutes": 3,
    "cancelled before the release": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_left_and_what_was_asked_for(style: str, exercised: int) -> None:
    assert judged("Q2", HEALTHY[style]).exercised == exercised


def test_a_request_that_was_shipped_twice_is_found_with_both_shipments() -> None:
    text = f"{TAKEN} | request R1 east F1 * | request R2 east F1 * | ship S1 R1 1:10! * | ship S2 R2 1:10! *"
    found = finding("Q2", text)
    assert found.key == "Q2/CO-A/1"
    assert (found.expected, found.actual) == ("at most 10 EA", "20 EA in 2 shipments")
    assert found.because[1] == "east sent 10 (S1, journal 15)."


def test_both_warehouses_shipping_the_same_is_found() -> None:
    text = f"{ASKED} | request R2 west F1 | ship S1 R1 1:10! | ship S2 R2 1:10! *"
    assert finding("Q2", text).key == "Q2/CO-A/1"


def test_a_request_for_more_than_was_released_is_found_before_anything_leaves() -> None:
    found = finding("Q2", f"{TAKEN} | request R1 east F1 1:12 *")
    assert found.key == "Q2/CO-A/east/R1/1"
    assert (found.expected, found.actual) == ("at most 10", "12")


def test_a_line_that_was_not_released_is_found() -> None:
    found = finding("Q2", "order 1:10 2:4 | erp SO1 | release F1 east 1:10 * | request R1 east F1 1:10 2:4 *")
    assert found.summary == "east was asked for 4 of line 2 for F1, 0 were released"


@pytest.mark.parametrize(
    "text",
    [
        "erp SO1 1:10 of CO-X",
        f"{ASKED} | ship S1 R1 1:12!",  # the warehouse's own mistake
        f"{ASKED} | ship S1 R1 1:4 | ship S2 R1 1:6!",
        f"{TAKEN} | request R1 east F9 1:50",  # without a release it is E2's affair
        f"{TAKEN} | release F1 west 1:12 | request R1 west F1",  # the newest revision asks for more
        f"{ASKED} | ship S1 R1 1:0! in T1",
    ],
)
def test_says_nothing_where_it_cannot_know_or_others_speak(text: str) -> None:
    assert not judged("Q2", text).findings


def test_a_fulfilment_that_was_asked_for_twice_is_found_by_nobody_but_e1_and_q2() -> None:
    story = (
        f"stock east 1:40 | {TAKEN} | request R1 east F1 | request R2 east F1 | status released | ship S1 R1 1:10!"
        " | ship S2 R2 1:10! | confirm S1 | invoice I1 S1 1:10 | fail erp confirmShipment 409 | milestone T1 delivered"
        " | shown T1 delivered | status delivered 1:10 | milestone T2 delivered"
    )
    assert finders(story) == {"E1", "Q2"}

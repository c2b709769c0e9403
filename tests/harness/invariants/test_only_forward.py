"""S1: what customer service sees only moves forward."""

import itertools

import pytest

from crossdock.contracts.objects import OrderStatus
from crossdock.harness.invariants.only_forward import AHEAD
from crossdock.tests.harness.histories import ASKED, AUTHORIZED, BILLED, CREDITED, DELIVERED, finders, finding, judged
from crossdock.tests.harness.styles import FAILED, HEALTHY, SPLIT

EXERCISED = {
    # Each status told, each milestone shown.
    "everything is told as it happens": 6,
    "it polls, and skips what it never saw": 2,
    "it tells the CRM the same status again and again": 6,
    "a parcel fails and is delivered after all": 9,
    "the order was never told to the layer": 0,
}
TWO_PARCELS = (
    f"{ASKED} | ship S1 R1 1:10! in T1,T2 | milestone T1 delivered | shown T1 delivered | milestone T2 label_created"
    " | shown T2 label_created"
)
TERMINAL = {OrderStatus.DELIVERED, OrderStatus.REJECTED, OrderStatus.CANCELLED, OrderStatus.RETURNED}
# The diagram of docs/explanation/order-to-cash.md, arrow by arrow.
ARROWS = """
    submitted accepted | submitted onHold | submitted rejected | onHold accepted | onHold rejected | onHold cancelled
    accepted released | released partiallyShipped | partiallyShipped shipped | shipped delivered
    shipped deliveryFailed | deliveryFailed delivered | deliveryFailed returned
    accepted backordered | released backordered | backordered released
    submitted cancelled | accepted cancelled | released cancelled | backordered cancelled
"""


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_was_shown(style: str, exercised: int) -> None:
    assert judged("S1", HEALTHY[style]).exercised == exercised


def arrows() -> list[tuple[OrderStatus, OrderStatus]]:
    pairs = [pair.split() for pair in ARROWS.replace("\n", "|").split("|") if pair.strip()]
    return [(OrderStatus(before), OrderStatus(after)) for before, after in pairs]


def test_every_arrow_of_the_story_lies_ahead_and_so_does_all_that_it_leads_to() -> None:
    for before, after in arrows():
        assert after in AHEAD[before], (before, after)
    for (first, middle), (other, last) in itertools.product(arrows(), repeat=2):
        if middle == other and first != last and middle != OrderStatus.BACKORDERED:
            assert last in AHEAD[first], (first, middle, last)


def test_nothing_follows_a_terminal_status() -> None:
    assert {status for status, ahead in AHEAD.items() if not ahead} == TERMINAL
    assert set(AHEAD) == set(OrderStatus)


def test_only_released_and_backordered_and_what_is_left_of_a_shipment_may_follow_each_other_both_ways() -> None:
    both = {
        frozenset(pair)
        for pair in itertools.combinations(OrderStatus, 2)
        if pair[0] in AHEAD[pair[1]] and pair[1] in AHEAD[pair[0]]
    }
    assert both == {
        frozenset({OrderStatus.RELEASED, OrderStatus.BACKORDERED}),
        frozenset({OrderStatus.PARTIALLY_SHIPPED, OrderStatus.BACKORDERED}),
    }


def test_a_late_older_status_over_a_newer_one_is_found_with_both_calls() -> None:
    found = finding("S1", f"{BILLED.replace('status shipped 1:10', 'status shipped *')} | status released *")
    assert found.summary == "the order went from shipped back to released"
    assert found.expected == "after shipped: delivered, deliveryFailed, returned"


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (f"{DELIVERED} | status shipped *", "the order went from delivered back to shipped"),
        (f"{DELIVERED} | status submitted *", "the order went from delivered back to submitted"),
        ("order 1:10 | erp SO1 | status accepted * | status onHold *", "the order went from accepted back to onHold"),
        (
            "order 1:10 | erp SO1 | cancel SO1 | status cancelled * | status accepted *",
            "the order went from cancelled back to accepted",
        ),
        (f"{SPLIT} | status released *", "the order went from partiallyShipped back to released"),
        (f"{SPLIT} | status cancelled *", "the order went from partiallyShipped back to cancelled"),
        (f"{FAILED} | status shipped *", "the order went from deliveryFailed back to shipped"),
    ],
)
def test_a_status_that_lies_behind_is_found(text: str, summary: str) -> None:
    assert finding("S1", text).summary == summary


def test_a_step_back_in_two_steps_is_found() -> None:
    found = finding("S1", f"{SPLIT} | status backordered | status released *")
    assert found.summary == "the order went from partiallyShipped back to released"


def test_going_back_and_repairing_it_is_one_finding() -> None:
    assert len(judged("S1", f"{DELIVERED} | status shipped | status delivered").findings) == 1


def test_an_older_milestone_over_a_newer_one_is_found_with_the_parcels_own_steps() -> None:
    happened = "milestone T1 in_transit * | milestone T1 delivered *"
    text = f"{BILLED} | {happened} | shown T1 delivered * | shown T1 in_transit * | status delivered"
    found = finding("S1", text)
    assert found.summary == "parcel T1 went from delivered back to in_transit"
    assert found.because[0] == "in_transit is step 2 of the parcel (2026-03-02 18:00)."


def test_an_older_milestone_under_a_new_time_is_found() -> None:
    text = (
        f"{BILLED} | milestone T1 in_transit | milestone T1 delivered | shown T1 delivered | shown T1 in_transit @now *"
    )
    assert finding("S1", text).actual == "in_transit"


def test_the_first_of_two_equal_milestones_over_what_followed_it_is_found() -> None:
    text = (
        f"{BILLED} | milestone T1 in_transit | milestone T1 exception | shown T1 exception | milestone T1 in_transit"
        " | shown T1 in_transit @2 *"
    )
    assert finding("S1", text).because[0].startswith("in_transit is step 2 ")


def test_the_first_of_two_equal_milestones_is_known_by_a_time_without_seconds() -> None:
    text = f"{BILLED} | {THRICE} | shown T1 exception @3~ | shown T1 in_transit @2~ *"
    assert finding("S1", text).because[0].startswith("in_transit is step 2 ")


THRICE = "milestone T1 in_transit | milestone T1 exception | milestone T1 in_transit"


@pytest.mark.parametrize(
    "text",
    [
        "erp SO1 1:10 of CO-X",
        "order 1:10 | status submitted",  # what the CRM says itself
        f"{ASKED} | ship S1 R1 1:10! | status shipped | status shipped 1:10 | status shipped 1:10",
        f"{BILLED} | shown T1 delivered",  # nothing of the kind happened: C1's affair
        f"{BILLED} | milestone T1 in_transit | shown T1 in_transit @1 | shown T1 in_transit @2",
        TWO_PARCELS,
        f"{BILLED} | {THRICE} | shown T1 in_transit @2~ | shown T1 exception @3~ | shown T1 in_transit @4~",
        f"{BILLED} | {THRICE} | shown T1 in_transit @now | shown T1 exception @now | shown T1 in_transit @now",
        f"{BILLED} | milestone T1 in_transit | swallow tracking.milestone T1",
    ],
)
def test_says_nothing_where_nothing_went_back(text: str) -> None:
    assert not judged("S1", text).findings


@pytest.mark.parametrize(
    "story",
    [
        f"{DELIVERED} | status shipped",
        f"{DELIVERED} | shown T1 in_transit",
        f"{BILLED} | status released | milestone T1 delivered | shown T1 delivered | status delivered",
    ],
)
def test_an_old_truth_over_a_newer_is_found_by_nobody_else(story: str) -> None:
    assert finders(story) == {"S1"}


def test_a_return_that_goes_back_is_found_with_both_calls() -> None:
    text = CREDITED.replace("told-back RR1 credited", "told-back RR1 credited *")
    found = finding("S1", f"{text} | told-back RR1 received *")
    assert found.summary == "return request RR1 went from credited back to received"
    assert found.expected == "after credited: nothing, it is terminal"


def test_what_comes_after_a_return_went_back_is_measured_by_where_it_had_been() -> None:
    back = "told-back RR1 received | told-back RR1 authorized | told-back RR1 received"
    assert len(judged("S1", f"{AUTHORIZED} | {back}").findings) == 1


def test_a_return_may_skip_a_status_and_be_told_again() -> None:
    assert not judged("S1", f"{AUTHORIZED} | told-back RR1 authorized | told-back RR1 credited").findings

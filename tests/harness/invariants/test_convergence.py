"""C1: in the end everybody tells the same truth."""

import pytest

from crossdock.harness.invariants.convergence import expected_status
from crossdock.tests.harness.histories import (
    ASKED,
    BILLED,
    CREDITED,
    DELIVERED,
    SHIPPED,
    TAKEN,
    finders,
    finding,
    history,
    judged,
)
from crossdock.tests.harness.returning_styles import SPREAD
from crossdock.tests.harness.styles import BOTH_FAIL, FAILED, HEALTHY, PARCELS, SHORT, SPLIT, WAITING

NEVER_CONFIRMED = f"{ASKED} | ship S1 R1 1:10! | fail erp confirmShipment 503 unavailable"
EXERCISED = {
    "everything is told as it happens": 1,
    "cancelled before the pick": 1,
    "the ERP rejects the order": 1,
    "it cancels the duplicate that it made itself": 1,
    "the order was never told to the layer": 0,
    "a shipment was never told to the layer": 0,
    "cancelled before the ERP knew of it": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_orders_whose_truth_is_known(style: str, exercised: int) -> None:
    assert judged("C1", HEALTHY[style]).exercised == exercised


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("order 1:10 | erp SO1", "accepted"),
        ("order 1:10 | erp SO1 status onHold", "onHold"),
        ("order 1:10 | erp SO1 status rejected", "rejected"),
        ("order 1:10 | erp SO1 | cancel SO1", "cancelled"),
        ("order 1:10 | erp SO1 | erp SO2 | cancel SO1", "accepted"),
        ("order 1:10 | erp SO1 status backordered", "accepted backordered"),
        (ASKED, "accepted released"),
        (f"{ASKED} | ship S1 R1 1:0!", "accepted released"),
        (SPLIT, "backordered partiallyShipped"),
        (WAITING, "backordered partiallyShipped"),
        (f"{SPLIT} | milestone T1 lost", "backordered partiallyShipped"),
        (SHORT, "shipped"),
        (BILLED, "shipped"),
        (f"{BILLED} | milestone T1 attempted", "shipped"),
        (DELIVERED, "delivered"),
        (f"{PARCELS} | milestone T1 delivered", "shipped"),
        (f"{PARCELS} | milestone T1 delivered | milestone T2 lost", "deliveryFailed"),
        (f"{PARCELS} | milestone T1 lost", "deliveryFailed shipped"),
        (BOTH_FAIL, "deliveryFailed"),
        (f"{PARCELS} | milestone T1 returned | milestone T2 returned", "deliveryFailed returned"),
        (f"{PARCELS} | milestone T1 returned | milestone T2 delivered", "deliveryFailed"),
        (f"{FAILED} | milestone T1 in_transit", "deliveryFailed shipped"),
        (f"{FAILED} | milestone T1 delivered", "delivered"),
    ],
)
def test_knows_what_would_be_true_to_show(text: str, status: str) -> None:
    assert " ".join(sorted(expected_status(history(text)))) == status


def test_a_last_milestone_that_was_never_passed_on_is_found_with_the_milestone() -> None:
    found = finding("C1", f"{BILLED} | milestone T1 returning * | case C1 deliveryFailed | status deliveryFailed *")
    assert found.key == "C1/CO-A/parcel/T1"
    assert found.summary == "parcel T1 is returning, but the CRM shows label_created"
    assert found.because[0] == "By the ERP and the warehouses, parcel T1 is returning (east, journal 29)."


def test_a_status_that_was_never_passed_on_is_found() -> None:
    found = finding("C1", f"{BILLED} | milestone T1 delivered * | shown T1 delivered *")
    assert found.key == "C1/CO-A/status"
    assert (found.expected, found.actual) == ("the order is delivered", "the CRM shows shipped")


def test_a_rejection_that_customer_service_never_sees_is_found() -> None:
    assert finding("C1", "order 1:10 | erp SO1 status rejected *").actual == "the CRM shows submitted"


def test_a_status_that_claims_what_never_came_is_found() -> None:
    found = finding("C1", "order 1:10 | erp SO1 | status accepted | wish | cancel SO1 * | status released *")
    assert found.summary == "the order is cancelled, but the CRM shows released"


def test_quantities_that_are_told_must_be_the_shipped_ones() -> None:
    text = DELIVERED.replace("status shipped 1:10", "status shipped 1:4").replace("delivered 1:10", "delivered")
    assert finding("C1", text).summary == "10 of line 1 were shipped, but the CRM shows 4"


def test_a_line_told_once_must_be_told_on() -> None:
    text = f"{TAKEN} | request R1 east F1 | status released 1:0 | ship S1 R1 1:10! * | confirm S1 | status shipped *"
    assert finding("C1", text).key == "C1/CO-A/shipped/1"


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (
            "order 1:10 | erp SO1 1:10b6 status backordered | status backordered 1:0c6",
            "6 of line 1 wait for stock, but the CRM shows 0",
        ),
        (
            SHORT.replace("status shipped", "status shipped 1:7"),
            "3 of line 1 will never be shipped, but the CRM shows 0",
        ),
        (
            WAITING.replace("partiallyShipped", "partiallyShipped 1:7c3"),
            "3 of line 1 wait for stock, but the CRM shows 0",
        ),
    ],
)
def test_what_is_left_of_a_line_is_shown_as_the_erp_has_it(text: str, summary: str) -> None:
    assert finding("C1", text).summary == summary


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10 | erp SO1 1:10b6 status backordered | status backordered 1:0b6",
        SHORT.replace("status shipped", "status shipped 1:7c3"),
        WAITING.replace("partiallyShipped", "partiallyShipped 1:7b3"),
        SHORT,
    ],
)
def test_what_is_left_of_a_line_is_right_or_never_told(text: str) -> None:
    assert not judged("C1", text).findings


def test_a_line_that_is_shown_wrongly_is_one_finding() -> None:
    text = WAITING.replace("partiallyShipped", "partiallyShipped 1:4c3")
    assert finding("C1", text).key == "C1/CO-A/shipped/1"


def test_a_last_word_that_a_fault_had_refused_for_good_is_excused_once_people_are_told() -> None:
    text = f"{BILLED} | status shipped 1:10 | shown T1 picked_up | milestone T1 in_transit"
    refused = f"{text} | turn-away T1 forbidden"
    assert not judged("C1", f"{refused} | case C1 integrationError").findings
    for other in (refused, f"{text} | turn-away T1 | case C1 integrationError", f"{text} | case C1 integrationError"):
        assert judged("C1", other).findings


def test_a_parcel_that_nobody_sent_is_found() -> None:
    found = finding("C1", f"{BILLED} | shown T7 in_transit *")
    assert found.summary == "no parcel T7 left a warehouse for this order, but the CRM shows it as in_transit"


def test_a_lost_shipment_does_not_excuse_the_parcels_of_the_others() -> None:
    text = f"{SPLIT} | milestone T1 delivered * | ship S2 R1 1:4! | milestone T2 delivered"
    assert finding("C1", text).key == "C1/CO-A/parcel/T1"


def test_a_lost_shipment_does_not_excuse_a_parcel_that_was_shown_wrong() -> None:
    text = f"{ASKED} | ship S1 R1 1:10! | milestone T1 label_created | shown T1 label_created | milestone T1 lost *"
    assert finding("C1", text).key == "C1/CO-A/parcel/T1"


def test_what_is_not_yet_true_may_still_come() -> None:
    outcome = judged("C1", f"{BILLED} | milestone T1 delivered")
    assert (len(outcome.broken), len(outcome.missing)) == (0, 2)


def test_a_case_about_a_passing_failure_does_not_make_the_view_true() -> None:
    text = f"{NEVER_CONFIRMED} | case C1 integrationError"
    assert finding("C1", text).key == "C1/CO-A/status"


@pytest.mark.parametrize(
    "text",
    [
        "erp SO1 1:10 of CO-X",
        "order 1:10 | status accepted",  # E3's affair: the ERP knows nothing
        NEVER_CONFIRMED,  # E3's
        f"{NEVER_CONFIRMED} | fail erp confirmShipment 409 | case C1 integrationError",  # the ERP will not have it
        f"{ASKED} | ship S1 R1 1:7! | confirm S1 1:10 | status shipped 1:10",  # Q1's
        f"{TAKEN} | erp SO2 | status released",  # E1's
        f"{TAKEN} | request R1 east F1 | request R2 east F1 | ship S1 R1 1:10! | ship S2 R2 1:10! | confirm S1",  # E1's
        f"{DELIVERED} | status shipped",  # S1's: it was shown, and lost
        f"{DELIVERED} | shown T1 label_created",  # S1's
        f"{BILLED} | milestone T1 exception | swallow tracking.milestone T1",
        f"{ASKED} | ship S1 R1 1:10! | milestone T1 delivered",  # E3's: all of the shipment is lost
        f"{SHIPPED} | wish | cancel SO1 cancelPending",  # E3's, and meanwhile anything may be true
    ],
)
def test_says_nothing_where_it_cannot_know_or_others_speak(text: str) -> None:
    assert not judged("C1", text).findings


def test_a_view_that_was_never_right_is_not_excused_by_a_step_back() -> None:
    text = f"{BILLED} | status released | milestone T1 delivered | shown T1 delivered"
    assert finding("C1", text).key == "C1/CO-A/status"


@pytest.mark.parametrize(
    "story",
    [
        f"{BILLED} | milestone T1 delivered",
        f"{SHIPPED} | confirm S1 | invoice I1 S1 1:10",
        "order 1:10 | erp SO1 | wish | cancel SO1",
    ],
)
def test_what_customer_service_never_sees_is_found_by_nobody_else(story: str) -> None:
    assert finders(story) == {"C1"}


def test_a_return_that_is_shown_otherwise_than_the_erp_has_it_is_found() -> None:
    found = finding("C1", CREDITED.replace("| told-back RR1 credited", "| told-back RR1 received"))
    assert found.key == "C1/CO-A/return/RR1"
    assert (found.expected, found.actual) == (
        "return request RR1 is credited as RMA1",
        "the CRM shows received",
    )


def test_a_return_that_the_erp_refused_must_be_shown_as_rejected() -> None:
    text = f"{DELIVERED} | wish-back RR1 1:4 | fail erp createReturn 409"
    assert finding("C1", text).expected == "return request RR1 is rejected"


def test_a_copy_that_is_not_what_its_owner_says_is_found_where_it_is() -> None:
    text = f"{SPREAD} | item 1 spanner * | product 1 spanner | place 1 east spanner"
    found = finding("C1", text)
    assert found.summary == "description of item SKU-1 is spanner, but west has wrench"
    moved = "account AC-1 Canal | customer CUST-1 Canal * | account AC-1 High *"
    assert finding("C1", moved).key == "C1//customer/AC-1/erp/bill_to.line1"


@pytest.mark.parametrize(
    "text",
    [
        f"{CREDITED.partition('| book-return')[0]}",  # not booked: E3's affair
        f"{CREDITED.replace('authorize RMA1 1:4', 'authorize RMA1 1:4 | authorize RMA2 1:4')}",  # E1's
        f"{CREDITED} | told-back RR1 received",  # gone back: S1's
        "account AC-1 Canal",  # never told: E3's
        "account AC-1 Canal | account AC-1 High | customer CUST-1 High | customer CUST-1 Canal",  # C3's
        "account AC-1 Canal | customer CUST-1 Canal | account AC-1 High | swallow account.changed AC-1",
        "customer CUST-1 Canal",  # nobody owns it
    ],
)
def test_says_nothing_of_returns_and_copies_that_others_speak_of(text: str) -> None:
    assert not judged("C1", text).findings

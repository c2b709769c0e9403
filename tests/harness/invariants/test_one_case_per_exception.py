"""X1: exactly one case for each exception, none for an order that goes as it should."""

import pytest

from crossdock.tests.harness.histories import ASKED, AUTHORIZED, BILLED, DELIVERED, TAKEN, finders, finding, judged
from crossdock.tests.harness.styles import BOTH_FAIL, FAILED, HEALTHY, REST, SHORT, SHORT_TWO, WAITING

REJECTED = "order 1:10 | erp SO1 1:10c10 status rejected"
ONE_ARRIVES = "milestone T2 delivered"
HELD = "order 1:10 | erp SO1 status onHold"


@pytest.mark.parametrize("style", HEALTHY)
def test_every_order_of_the_crm_is_judged_once(style: str) -> None:
    orders = HEALTHY[style].count("order 1:")
    assert judged("X1", HEALTHY[style]).exercised == orders <= 1


def test_two_cases_for_one_failed_parcel_are_found_with_both_calls() -> None:
    text = f"{BILLED} | milestone T1 exception * | case C1 deliveryFailed * | case C2 deliveryFailed *"
    found = finding("X1", text)
    assert found.key == "X1/CO-A/deliveryFailed/many"
    assert (found.expected, found.actual) == ("1 case", "C1, C2")
    assert found.because[0] == "the carrier reported exception for parcel T1 (journal 29)."


def test_two_cases_for_one_short_shipment_are_found() -> None:
    assert finding("X1", f"{SHORT} | case C1 shortShip | case C2 shortShip *").actual == "C1, C2"


def test_the_same_case_twice_is_found_even_where_two_would_be_right() -> None:
    text = f"{SHORT_TWO} | case C1 shortShip about S1 * | case C2 shortShip about S1 *"
    assert finding("X1", text).key == "X1/CO-A/shortShip/many"
    assert not judged("X1", text.replace("C2 shortShip about S1", "C2 shortShip about 2")).findings


def test_the_same_case_again_after_the_first_was_over_is_another_one() -> None:
    again = f"{BOTH_FAIL} | case C1 deliveryFailed | people case C1 resolved | case C2 deliveryFailed"
    assert not judged("X1", again).findings


def test_a_case_for_an_order_that_went_well_is_found() -> None:
    found = finding("X1", f"{DELIVERED} | case C1 shortShip *")
    assert found.expected == "no cases"
    assert found.because[0] == "Nothing of the kind happened to this order."


def test_a_case_about_the_integration_where_nothing_went_wrong_is_found() -> None:
    assert finding("X1", f"{DELIVERED} | case C1 integrationError *").key == "X1/CO-A/integrationError/many"


def test_looking_for_what_is_not_there_yet_does_not_count_as_something_wrong() -> None:
    text = "order 1:10 | look erp listSalesOrders 404 | erp SO1 | case C1 integrationError *"
    assert finding("X1", text).key == "X1/CO-A/integrationError/many"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (SHORT, "shortShip/none"),
        (f"{BILLED} | milestone T1 lost *", "deliveryFailed/none"),
        (f"{BILLED} | milestone T1 exception * | milestone T1 returning", "deliveryFailed/none"),
        (REJECTED, "orderRejected/none"),
        (HELD, "creditHold/none"),
        (f"{SHORT} | case C1 integrationError | fail erp createInvoice 503", "shortShip/none"),
    ],
)
def test_an_exception_that_nobody_is_told_of_is_found(text: str, key: str) -> None:
    assert finding("X1", text).key == f"X1/CO-A/{key}"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"{FAILED} | case C1 deliveryFailed * | milestone T1 delivered", "C1/open"),
        (f"{WAITING} | case C1 shortShip * | {REST}", "C1/open"),
        (f"{HELD} | case C1 creditHold * | becomes SO1 accepted", "C1/open"),
        (f"{HELD} | case C1 creditHold * | case C1 working | becomes SO1 cancelled", "C1/open"),
        (
            f"{BOTH_FAIL} | case C1 deliveryFailed about T1 | case C2 deliveryFailed about T2 * | {ONE_ARRIVES}",
            "C2/open",
        ),
    ],
)
def test_a_case_that_outlives_its_exception_is_found(text: str, key: str) -> None:
    assert finding("X1", text).key == f"X1/CO-A/{key}"


@pytest.mark.parametrize(
    "text",
    [
        f"{FAILED} | case C1 deliveryFailed * | case C1 resolved *",
        f"{SHORT} | case C1 shortShip * | case C1 resolved *",
        f"{REJECTED} | case C1 orderRejected * | case C1 resolved *",
    ],
)
def test_a_case_that_the_layer_closes_before_its_exception_is_over_is_found(text: str) -> None:
    assert finding("X1", text).key == "X1/CO-A/C1/closed"


def test_what_may_still_be_opened_or_closed_is_missing_and_what_is_too_much_is_broken() -> None:
    assert judged("X1", SHORT).missing
    assert judged("X1", f"{FAILED} | case C1 deliveryFailed | milestone T1 delivered").missing
    assert judged("X1", f"{DELIVERED} | case C1 shortShip").broken


def test_a_layer_that_opens_no_cases_is_not_judged() -> None:
    outcome = judged("X1", SHORT, cases="none")
    assert (outcome.exercised, outcome.findings) == (0, [])


@pytest.mark.parametrize(
    "text",
    [
        "erp SO1 1:10 of CO-X",
        f"{SHORT} | swallow shipment.shipped S1",
        f"{BILLED} | milestone T1 lost | swallow tracking.milestone T1",
        f"{REJECTED} | swallow sales-order.acknowledged SO1",
        f"{BILLED} | milestone T1 attempted",  # that is no exception yet
        f"{TAKEN} | down east | up east | case C1 integrationError",
        f"{ASKED} | ship S1 R1 1:10! | delay shipment.shipped S1 | case C1 integrationError",
        f"{ASKED} | fail erp confirmShipment 503 unavailable | case C1 integrationError | case C2 integrationError",
        f"{REJECTED} | case C1 orderRejected | erp SO2",
    ],
)
def test_says_nothing_where_the_layer_could_not_know_or_may_tell(text: str) -> None:
    assert not judged("X1", text).findings


@pytest.mark.parametrize(
    "story",
    [
        f"{DELIVERED} | case C1 shortShip",
        f"{SHORT} | case C1 shortShip | case C2 shortShip",
        SHORT,
        f"{FAILED} | case C1 deliveryFailed | milestone T1 delivered | shown T1 delivered | status delivered",
    ],
)
def test_a_case_too_many_or_too_few_is_found_by_nobody_else(story: str) -> None:
    assert finders(story) == {"X1"}


ODD = {
    "short": "come RC1 RMA1 1:3! *",
    "over": "come RC1 RMA1 1:5 *",
    "broken": "come RC1 RMA1 1:3 1:1/damaged/scrap *",
    "another item": "come RC1 RMA1 1:3 1:1/wrongItem/quarantine/2! *",
}


@pytest.mark.parametrize("how", ODD)
def test_a_return_that_is_not_as_announced_wants_a_case(how: str) -> None:
    found = finding("X1", f"{AUTHORIZED} | {ODD[how]}")
    assert found.key == "X1/CO-A/returnException/none"
    assert "RC1 of return RMA1 brought" in found.summary


@pytest.mark.parametrize(
    "text",
    [
        AUTHORIZED,
        f"{AUTHORIZED} | come RC1 RMA1 1:4",
        f"{AUTHORIZED} | come RC1 RMA1 1:4/defective/quarantine",
        f"{AUTHORIZED} | come RC1 RMA1 1:1",  # the rest may still come
        f"{AUTHORIZED} | come RC1 RMA1 1:3! | swallow return.received RC1",
        f"{AUTHORIZED} | come RC1 RMA1 1:3! | book-return RC1 1:4",  # misread: Q1's affair
        f"{AUTHORIZED} | come RC1 RMA1 1:3! | case C1 returnException | people case C1 closed",
    ],
)
def test_says_nothing_of_a_return_that_is_as_announced_or_was_misread(text: str) -> None:
    assert not judged("X1", text).findings


def test_only_the_receipt_that_brings_too_much_is_odd() -> None:
    text = f"{AUTHORIZED} | come RC1 RMA1 1:3 | come RC2 RMA1 1:3 *"
    assert "RC2" in finding("X1", text).summary


def test_goods_that_nobody_announced_want_one_case() -> None:
    text = f"{DELIVERED} | unannounced U1 east 1:1"
    assert judged("X1", text).missing
    assert not judged("X1", f"{text} | case C1 returnException").findings
    assert judged("X1", f"{text} | case C1 returnException | case C2 returnException").broken
    assert not judged("X1", f"{text} | swallow return.unannounced U1").findings


NAMED = f"{BILLED} | fail crm updateTracking 403 forbidden | case C1 integrationError | letters D1/setAside/0/C1"


def test_the_case_of_a_message_that_was_replayed_is_over_with_it() -> None:
    found = finding("X1", f"{NAMED} | replay D1/replayed/0/C1 *")
    assert found.summary == "C1 is still new although its message was replayed"


@pytest.mark.parametrize(
    "text",
    [
        NAMED,
        f"{NAMED} | replay D1/replayed/0/C1 | case C1 resolved",
        f"{NAMED} | replay D1/setAside/0/C1",
        f"{NAMED} D2/setAside/0/C1 | replay D1/replayed/0/C1",
        f"{NAMED.replace('/0/C1', '')} | replay D1/replayed",
    ],
    ids=["not replayed", "resolved", "failed again", "another has the same case", "no case is named"],
)
def test_the_case_of_a_message_may_be_open_as_long_as_it_tells_of_something(text: str) -> None:
    assert judged("X1", text).findings == []

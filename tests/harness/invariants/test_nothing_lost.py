"""E3: nothing that was accepted is lost."""

import pytest

from crossdock.tests.harness.histories import (
    ASKED,
    AUTHORIZED,
    BILLED,
    DELIVERED,
    SHIPPED,
    TAKEN,
    finders,
    finding,
    judged,
)
from crossdock.tests.harness.returning_styles import STORED
from crossdock.tests.harness.styles import HEALTHY, PER_ORDER, SHORT, SPLIT

OVERBILLED = f"{ASKED} | ship S1 R1 1:6 | confirm S1 | invoice I1 S1 1:10 | ship S2 R1 1:4! | confirm S2"
CONFIRMED = f"{SHIPPED} | confirm S1"
EXERCISED = {
    # The order, each release, each shipment, a cancellation and each fulfilment that waits for an answer to it.
    "everything is told as it happens": 3,
    "two shipments are told and billed each": 4,
    "two warehouses ship a line each": 5,
    "the first warehouse refuses and the ERP reroutes": 3,
    "cancelled before the release": 2,
    "cancelled before the pick": 2,
    "the order was never told to the layer": 0,
    "a release was never told to the layer": 1,
    "a shipment was never told to the layer": 2,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_needed_an_effect(style: str, exercised: int) -> None:
    assert judged("E3", HEALTHY[style]).exercised == exercised


def test_an_order_that_never_came_to_the_erp_is_found_with_what_went_wrong() -> None:
    found = finding("E3", "order 1:10 * | fail erp createSalesOrder 503 unavailable *")
    assert found.key == "E3/CO-A/order"
    assert found.because == (
        "crm made it known at 2026-03-02 09:00 (journal 1).",
        "The fault unavailable struck at erp: createSalesOrder (journal 2).",
        "By the deadline: no sales order in the ERP. No case in the CRM tells anybody: E3 is broken.",
    )


def test_an_order_that_was_only_told_to_the_crm_is_found_where_it_was_placed() -> None:
    assert finding("E3", "order 1:10 * | status accepted | status released").key == "E3/CO-A/order"


def test_a_release_that_was_never_passed_on_is_found() -> None:
    found = finding("E3", f"{TAKEN} | fail east createFulfilmentRequest 503 unavailable *")
    assert found.key == "E3/CO-A/release/F1"
    assert found.summary == "no request for F1 at east"


def test_a_request_that_was_not_read_is_found_unless_the_answer_never_came() -> None:
    assert finding("E3", f"{TAKEN} | unread east").key == "E3/CO-A/release/F1"
    assert judged("E3", f"{TAKEN} | unread east lost").findings == []
    assert judged("E3", f"{TAKEN} | unread east lost | unread east").findings


def test_a_release_that_met_an_outage_names_the_outage() -> None:
    found = finding("E3", f"{TAKEN} | down east * | up east")
    assert "east was down (journal 9)." in found.because


def test_a_rerouted_release_that_was_never_passed_on_is_found() -> None:
    found = finding("E3", f"{ASKED} | stop R1 | release F1 west 1:10 *")
    assert found.summary == "no request for F1 at west"


def test_a_shipment_that_was_never_confirmed_is_found() -> None:
    found = finding("E3", f"{ASKED} | ship S1 R1 1:10! * | fail erp confirmShipment 503 unavailable *")
    assert found.key == "E3/CO-A/shipment/S1"


def test_a_shipment_that_was_never_billed_is_found() -> None:
    found = finding("E3", f"{ASKED} | ship S1 R1 1:10! * | confirm S1 | withhold erp createInvoice no-answer *")
    assert found.key == "E3/CO-A/bill/S1"


def test_the_second_shipment_must_be_billed_as_well() -> None:
    assert finding("E3", f"{SPLIT} | ship S2 R1 1:4! * | confirm S2").key == "E3/CO-A/bill/S2"


def test_a_layer_that_bills_per_order_must_bill_what_is_shipped() -> None:
    text = PER_ORDER["one invoice when all has left"].replace("| invoice I1 S1,S2 1:10 ", "")
    assert finding("E3", text, billing="per-order").key == "E3/CO-A/bill"


def test_billing_per_order_is_exercised_by_what_is_confirmed() -> None:
    assert judged("E3", CONFIRMED, billing="per-order").exercised == 4
    assert judged("E3", ASKED, billing="per-order").exercised == 2


def test_an_empty_last_shipment_is_confirmed_but_not_billed() -> None:
    text = f"{ASKED} | ship S1 R1 1:7 | confirm S1 | invoice I1 S1 1:7 | ship S2 R1 1:0! *"
    assert finding("E3", text).key == "E3/CO-A/shipment/S2"
    assert not judged("E3", f"{text} | confirm S2").findings


@pytest.mark.parametrize(
    "asked", ["", "| fail erp cancelSalesOrder 503 unavailable", "| fail erp cancelSalesOrder 429"]
)
def test_a_cancellation_that_never_came_to_the_erp_is_found(asked: str) -> None:
    found = finding("E3", f"{ASKED} | wish * {asked}")
    assert found.key == "E3/CO-A/cancel"


def test_a_cancellation_before_the_erp_had_the_order_must_reach_it_all_the_same() -> None:
    text = "order 1:10 | wish * | erp SO1 | release F1 east 1:10 | request R1 east F1"
    assert finding("E3", text).key == "E3/CO-A/cancel"


def test_a_cancellation_of_which_the_erp_never_heard_the_outcome_is_found() -> None:
    text = f"{ASKED} | wish | cancel SO1 cancelPending | withdraw F1 cancelRequested * | stop R1"
    assert finding("E3", text).key == "E3/CO-A/cancel/F1"


@pytest.mark.parametrize("lost", ["order 1:10", TAKEN, f"{ASKED} | ship S1 R1 1:10!", CONFIRMED, f"{ASKED} | wish"])
def test_an_open_case_about_the_integration_tells_somebody(lost: str) -> None:
    assert judged("E3", lost).missing
    told = judged("E3", f"{lost} | case C1 integrationError")
    assert not told.findings
    assert told.exercised == judged("E3", lost).exercised
    assert judged("E3", f"{lost} | case C1 integrationError | case C1 resolved").missing


@pytest.mark.parametrize("category", ["shortShip", "deliveryFailed", "creditHold", "orderRejected"])
def test_a_case_about_something_else_tells_nobody_that_a_bill_is_missing(category: str) -> None:
    text = SHORT.replace("| invoice I1 S1 1:7 ", "")
    assert judged("E3", f"{text} | case C1 {category}").missing


@pytest.mark.parametrize("outcome", ["fail", "info"])
def test_an_event_that_the_layer_refused_is_held_against_it(outcome: str) -> None:
    text = f"{ASKED} | ship S1 R1 1:10! | deliver shipment.shipped S1 {outcome}"
    assert finding("E3", text).key == "E3/CO-A/shipment/S1"


def test_an_event_that_was_swallowed_once_and_delivered_later_is_held_against_the_layer() -> None:
    text = f"{ASKED} | ship S1 R1 1:10! | swallow shipment.shipped S1 | deliver shipment.shipped S1"
    assert finding("E3", text).key == "E3/CO-A/shipment/S1"


@pytest.mark.parametrize(
    "text",
    [
        "erp SO1 1:10 of CO-X",
        f"{TAKEN} | request R1 west F1",  # at the wrong warehouse: E2's affair
        f"{TAKEN} | request R1 east F9 1:10 | withdraw F1 | ship S1 R1 1:10!",  # never released: E2's
        f"{ASKED} | request R2 east F1 | ship S1 R1 1:10! | ship S2 R2 1:10!",  # doubled: E1's
        OVERBILLED,  # M1's
        f"{TAKEN} | withdraw F1",
        f"{TAKEN} | withdraw F1 cancelRequested | swallow fulfilment.cancel-requested F1",
        f"{ASKED} | wish | withhold erp cancelSalesOrder no-answer",
    ],
)
def test_says_nothing_where_it_cannot_know_or_others_speak(text: str) -> None:
    assert not judged("E3", text).findings


@pytest.mark.parametrize(
    "lost",
    [
        f"stock east 1:40 | {ASKED} | ship S1 R1 1:10! | milestone T1 delivered | shown T1 delivered",
        f"stock east 1:40 | {ASKED} | ship S1 R1 1:10! | milestone T1 delivered",  # nor of its parcel
        f"{SPLIT} | milestone T1 delivered | shown T1 delivered | ship S2 R1 1:4! | milestone T2 delivered",
        "order 1:10",
        TAKEN,
        f"{CONFIRMED} | status shipped 1:10",
    ],
)
def test_what_is_lost_is_found_by_nobody_else(lost: str) -> None:
    assert finders(lost) == {"E3"}


FIRST_BOX = f"{AUTHORIZED} | come RC1 RMA1 1:1 | book-return RC1 | credit CM1 RC1 1:1"
LOST_ON_THE_WAY_BACK = {
    "the wish": (f"{DELIVERED} | wish-back RR1 1:4 *", "no return in the ERP for RR1"),
    "the announcement": (
        f"{DELIVERED} | wish-back RR1 1:4 | authorize RMA1 1:4 *",
        "return RMA1 was not announced at east",
    ),
    "the receipt": (f"{AUTHORIZED} | come RC1 RMA1 1:4 *", "east's receipt RC1 was not booked in the ERP"),
    "the money": (f"{AUTHORIZED} | come RC1 RMA1 1:4 * | book-return RC1", "receipt RC1 was not credited"),
    "the money of the second box": (
        f"{FIRST_BOX} | come RC2 RMA1 1:3 * | book-return RC2",
        "receipt RC2 was not credited",
    ),
}


@pytest.mark.parametrize("what", LOST_ON_THE_WAY_BACK)
def test_what_is_lost_of_a_return_is_found_with_its_cause(what: str) -> None:
    text, missing = LOST_ON_THE_WAY_BACK[what]
    assert finding("E3", text).summary == missing


@pytest.mark.parametrize(
    "text",
    [
        f"{DELIVERED} | wish-back RR1 1:4 | fail erp createReturn 409",  # refused: what the CRM shows is C1's affair
        f"{DELIVERED} | wish-back RR1 1:4 | fail erp createReturn 503 unavailable | case C1 integrationError",
        f"{AUTHORIZED} | come RC1 RMA1 1:4/damaged/scrap | book-return RC1",  # nothing to be paid for
        f"{AUTHORIZED} | come RC1 RMA1 1:4 | book-return RC1 1:2",  # booked otherwise: Q1
        f"{AUTHORIZED} | come RC1 RMA1 1:6 | book-return RC1 | credit CM1 RC1 1:4",
    ],
)
def test_says_nothing_of_a_return_of_which_nothing_is_lost(text: str) -> None:
    assert not judged("E3", text).findings


def test_a_return_that_the_erp_could_not_look_at_is_lost() -> None:
    text = f"{DELIVERED} | wish-back RR1 1:4 | fail erp createReturn 503 unavailable *"
    assert finding("E3", text).summary == "no return in the ERP for RR1"


def test_a_lost_correction_and_a_lost_count_are_found_unless_somebody_is_told() -> None:
    text = f"{STORED} | adjust A1 east 1:-2 *"
    assert finding("E3", text).summary == "SKU-1 at east: correction A1 of -2 EA was not booked in the ERP"
    assert finding("E3", f"{STORED} | count N1 east 1 *").key == "E3//count/east/SKU-1"
    assert not judged("E3", f"{text} | complain C1").findings
    assert judged("E3", f"{text} | complain C1 | complain C1 resolved").findings


@pytest.mark.parametrize(
    "says",
    ["945_000000007.edi ends in the middle", "crossdock.tracking.milestone.v1 could not be read"],
    ids=["a file", "another event"],
)
def test_a_case_about_something_else_tells_nobody_of_a_correction_or_an_item(says: str) -> None:
    for text in ("stock east 1:10 | adjust A1 east 1:-2", "item 1 wrench | product 1 wrench | place 1 west wrench"):
        assert judged("E3", f"{text} | complain C1 new {says}").missing


@pytest.mark.parametrize(
    "says", ["A1 in 947_000000005.edi", "SKU-1 of crossdock.item.changed.v1", "a batch of the day"]
)
def test_a_case_that_may_be_about_a_correction_tells_people_of_it(says: str) -> None:
    assert not judged("E3", f"stock east 1:10 | adjust A1 east 1:-2 | complain C1 new {says}").findings


def test_who_was_never_told_of_an_item_is_named() -> None:
    text = "item 1 wrench * | product 1 wrench | place 1 west wrench"
    assert finding("E3", text).summary == "item SKU-1: east was never told of it"
    assert finding("E3", "account AC-1 Canal *").summary == "customer AC-1: erp was never told of it"


def test_a_customer_that_no_account_stands_behind_is_waited_for_by_nobody() -> None:
    assert not judged("E3", "customer CUST-1 Canal").findings


SPOILT = f"{SHIPPED} | ruin shipment.shipped S1"
AGAIN = f"deliver shipment.shipped S1 | {BILLED.removeprefix(SHIPPED + ' | ')}"


@pytest.mark.parametrize("later", ["", f" | {AGAIN}"], ids=["never again", "told again later"])
def test_a_document_that_could_not_be_used_and_of_which_nobody_was_told_is_found(later: str) -> None:
    found = finding("E3", f"{SPOILT} *{later}")
    assert found.key == "E3/CO-A/document/945_000000007.edi"
    assert found.summary == "east's 945_000000007.edi could not be used, and nobody was told"


def test_what_nobody_may_act_upon_is_no_better_for_being_acted_upon() -> None:
    unfit = f"{SPOILT} unfit *"
    found = finding("E3", f"{unfit} | {BILLED.removeprefix(SHIPPED + ' | ')}")
    assert found.because[1].startswith("The layer acted upon it all the same (exchange ")
    assert judged("E3", f"{unfit} | reject 7 | {AGAIN}").findings == []


@pytest.mark.parametrize(
    "text",
    [
        f"{SPOILT} | reject 7 | {AGAIN}",
        f"{SPOILT} | case C1 integrationError | {AGAIN} | case C1 resolved",
        f"{SPOILT} | {BILLED.removeprefix(SHIPPED + ' | ')}",
        f"{SHIPPED} | ruin shipment.shipped S1 never | {AGAIN}",
    ],
    ids=["refused", "a case", "the layer made it out", "it never came"],
)
def test_says_nothing_of_a_spoilt_document_that_somebody_knows_of(text: str) -> None:
    assert judged("E3", text).findings == []


def test_a_refusal_of_another_document_tells_nobody() -> None:
    assert judged("E3", f"{SPOILT} | reject 8").missing


NAMELESS, BATCH = "could not be read", "two files of east could not be read"


@pytest.mark.parametrize(
    "says",
    [
        "945_000000007.edi could not be read",
        "the layer put 945_000000007 away",
        "interchange 000000007 has a wrong count",
        "shipment S1 is not understood",
        "files 945_000000007.edi and 945_000000008.edi could not be read",
        NAMELESS,
        BATCH,
    ],
)
def test_a_case_without_an_order_tells_of_the_document_that_it_names_or_of_all_until_then(says: str) -> None:
    assert judged("E3", f"{SPOILT} | complain C1 new {says} | {AGAIN}").findings == []


@pytest.mark.parametrize(
    "says",
    [
        "945_000000009.edi could not be read",
        "shipconfirm_000009.csv could not be read",
        "interchange 000000008 has a wrong count",
        "crossdock.account.changed.v1 from crm cannot be processed",
    ],
)
def test_a_case_about_something_else_tells_nobody_of_a_document(says: str) -> None:
    two = f"{SPOILT} | ruin tracking.milestone T1 came 8"
    missing = {found.key for found in judged("E3", f"{two} | complain C1 new {says}").missing}
    assert "E3/CO-A/document/945_000000007.edi" in missing


def test_a_case_about_the_first_document_tells_nobody_of_the_next() -> None:
    text = f"{SPOILT} | complain C1 new 945_000000007.edi could not be read | ruin tracking.milestone T1 came 8"
    assert [found.key for found in judged("E3", f"{text} | {AGAIN}").missing] == ["E3/CO-A/document/945_000000008.edi"]


@pytest.mark.parametrize("says", [NAMELESS, BATCH])
def test_a_case_tells_of_nothing_that_came_only_later(says: str) -> None:
    text = f"{SHIPPED} | complain C1 new {says} | ruin shipment.shipped S1 | complain C1 working {says}"
    assert judged("E3", f"{text} | {AGAIN}").missing


def test_a_case_to_which_the_name_was_added_later_tells_of_it() -> None:
    name = "945_000000007.edi could not be read"
    text = f"{SHIPPED} | complain C1 new something | ruin shipment.shipped S1 | complain C1 working {name}"
    assert judged("E3", f"{text} | {AGAIN}").findings == []

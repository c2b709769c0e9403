"""T1: what belongs to one never goes to another."""

import pytest

from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.tests.harness.histories import DELIVERED, TAKEN, entries, finders, finding, judged
from crossdock.tests.harness.records import ORDER_ID
from crossdock.tests.harness.styles import HEALTHY

EXERCISED = {
    # Each call with its credentials, each parcel that is shown.
    "everything is told as it happens": 12,
    "the order was never told to the layer": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_calls_and_parcels(style: str, exercised: int) -> None:
    assert judged("T1", HEALTHY[style]).exercised == exercised


def test_credentials_of_another_party_are_found() -> None:
    found = finding("T1", "order 1:10 | borrow west createFulfilmentRequest east *")
    assert found.expected == "credentials of west"
    assert found.actual == "createFulfilmentRequest at west came with credentials of east"


def test_credentials_that_go_astray_before_there_is_an_order_are_found() -> None:
    outcome = judged("T1", "borrow west issueToken east of none | borrow west issueToken east of none")
    assert [each.key for each in outcome.broken] == ["T1//west/credentials of west"]


@pytest.mark.parametrize("flaw", ["not-for-us", "not-from-partner"])
def test_a_file_under_wrong_ids_is_found(flaw: str) -> None:
    assert finding("T1", f"{TAKEN} | unusable west {flaw} 940_1.edi *").expected == "the ids that are agreed with it"


def test_a_request_at_a_warehouse_that_it_does_not_name_is_found() -> None:
    text = f"{TAKEN} | refuse west createFulfilmentRequest wrong-warehouse /warehouseId *"
    assert finding("T1", text).actual == "west was sent a request that is for another warehouse"


def _beside_another(text: str) -> tuple[Outcome, Outcome]:
    """What T1 and C1 make of the order when its parcel left for another one."""
    made = Fold()
    for entry in entries(text):
        made.take(entry)
    trail = made.trail(ORDER_ID)
    trail.owners["T9"] = "CO-B"
    outcomes = Outcome("T1"), Outcome("C1")
    for outcome in outcomes:
        invariants[outcome.invariant]().order(trail, Terms(), outcome)
    return outcomes


def test_a_parcel_of_another_order_is_found_once_and_by_nobody_else() -> None:
    apart, agreed = _beside_another(f"{DELIVERED} | shown T9 in_transit | shown T9 delivered")
    assert [found.actual for found in apart.findings] == ["the CRM shows parcel T9 of CO-B"]
    assert not agreed.findings


def test_a_case_about_a_parcel_of_another_order_is_found() -> None:
    apart, _ = _beside_another(f"{DELIVERED} | case C1 deliveryFailed about T9")
    assert [found.key for found in apart.findings] == ["T1/CO-A/case/C1"]


def test_whose_a_parcel_is_follows_from_the_shipment() -> None:
    made = Fold()
    for entry in entries(DELIVERED):
        made.take(entry)
    assert made.trail("CO-B").owners == {"T1": ORDER_ID}


@pytest.mark.parametrize(
    "text",
    [
        DELIVERED,
        f"{TAKEN} | fail west createFulfilmentRequest 401",  # credentials of nobody
        f"{TAKEN} | request R1 west F1",  # that it was taken there is E2's affair
        f"{DELIVERED} | shown T8 delivered",  # a parcel of nobody is C1's
        "order 1:10 | unusable west bad-form 940_1.edi",
        "spoil west 940_1.edi cut-transfer | unusable west not-for-us 940_1.edi",
    ],
)
def test_says_nothing_where_nothing_went_astray(text: str) -> None:
    assert not judged("T1", text).findings


EARLY, LATE = "goes-over NY 5", "goes-over NY -3"  # the order is placed before its region goes over, or after


@pytest.mark.parametrize(("when", "erp", "rightful"), [(EARLY, "erp-cloud", "erp"), (LATE, "erp", "erp-cloud")])
def test_an_order_in_the_erp_that_does_not_book_for_its_region_then_is_found(
    when: str, erp: str, rightful: str
) -> None:
    found = finding("T1", f"{when} | order 1:10 * | erp SO1 at {erp} *")
    assert (found.expected, found.actual) == (f"a sales order in {rightful}", f"SO1 in {erp}")


@pytest.mark.parametrize(
    ("when", "erp"),
    [
        (EARLY, "erp"),
        (LATE, "erp-cloud"),
        ("goes-over NY 0", "erp-cloud"),  # just then
        ("goes-over NY 0.9", "erp"),  # under way at the moment
        ("goes-over NY 0.9", "erp-cloud"),
        ("goes-over NY 1", "erp-cloud"),
    ],
)
def test_an_order_in_an_erp_that_books_for_its_region_then_is_none(when: str, erp: str) -> None:
    outcome = judged("T1", f"{when} | order 1:10 | erp SO1 at {erp}")
    assert not outcome.findings
    assert outcome.exercised == judged("T1", f"order 1:10 | erp SO1 at {erp}").exercised + 1, "or it proves nothing"


def test_an_hour_before_its_region_goes_over_nothing_is_under_way_any_more() -> None:
    assert judged("T1", "goes-over NY 1.1 | order 1:10 | erp SO1 at erp-cloud").findings


def test_an_order_to_a_region_that_stays_is_nobodys_affair() -> None:
    text = "goes-over FL -3 | order 1:10 | erp SO1"
    assert judged("T1", text).exercised == judged("T1", "order 1:10 | erp SO1").exercised


def test_an_order_in_both_erps_is_doubled_and_not_astray() -> None:
    assert finders(f"{EARLY} | order 1:10 | erp SO1 | erp SO2 at erp-cloud | status accepted") == {"E1"}


def test_one_that_the_wrong_erp_gave_up_again_is_none() -> None:
    text = f"{EARLY} | order 1:10 | erp SO2 at erp-cloud | becomes SO2 cancelled | erp SO1"
    assert not judged("T1", text).findings


def test_what_follows_of_an_order_and_goes_to_the_other_erp_is_found_once() -> None:
    text = f"{EARLY} | {TAKEN} | fail erp-cloud confirmShipment 404 * | fail erp-cloud confirmShipment 404"
    assert finding("T1", text).actual == f"confirmShipment about {ORDER_ID} went to erp-cloud"


@pytest.mark.parametrize(
    "text",
    [
        f"{EARLY} | {TAKEN} | fail erp confirmShipment 404",  # it is the right one that says no
        f"{EARLY} | {TAKEN} | look erp-cloud getSalesOrder 404",  # a look moves nothing
        f"{EARLY} | {TAKEN} | fail erp-cloud confirmShipment 503",  # it may be nobody who answers
        f"{EARLY} | order 1:10 | fail erp-cloud confirmShipment 404",  # nobody has booked it
        f"{TAKEN} | fail erp-cloud confirmShipment 404",  # nothing goes over
    ],
)
def test_says_nothing_of_calls_that_say_nothing_of_where_an_order_is(text: str) -> None:
    assert not judged("T1", text).findings


def test_credentials_of_another_are_found_by_nobody_else() -> None:
    assert finders(f"{DELIVERED} | borrow west getTracking east") == {"T1"}

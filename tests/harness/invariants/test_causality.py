"""S2: nothing comes before its cause."""

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
from crossdock.tests.harness.styles import HEALTHY, PARCELS, SPLIT

EXERCISED = {
    # Each invoice, each request for something released, each status told.
    "everything is told as it happens": 6,
    "it polls, and skips what it never saw": 3,
    "it tells the CRM the same status again and again": 6,
    "two shipments are told and billed each": 8,
    "cancelled before the ERP knew of it": 1,
    "there is nothing in stock": 1,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_every_effect_that_has_a_cause(style: str, exercised: int) -> None:
    assert judged("S2", HEALTHY[style]).exercised == exercised


def test_a_bill_when_the_warehouse_accepts_is_found() -> None:
    found = finding("S2", f"{ASKED} | invoice I1 S1 1:10 * | ship S1 R1 1:10! *")
    assert found.key == "S2/CO-A/invoice/I1"
    assert found.summary == "invoice I1 was posted when its shipment S1 had not left"
    assert found.because[1] == (
        "At that moment its shipment S1 had not left; that came later, at journal 18: S2 is broken."
    )


def test_a_bill_for_nothing_is_found() -> None:
    assert finding("S2", f"{ASKED} | invoice I1 F1 1:10 *").summary.endswith("when nothing had left a warehouse")


def test_a_request_before_the_release_is_found_with_the_release() -> None:
    found = finding("S2", "order 1:10 | erp SO1 | request R1 east F1 1:10 * | release F1 east 1:10 *")
    assert found.key == "S2/CO-A/request/east/R1"


def test_a_request_at_the_next_warehouse_before_the_erp_moved_it_there_is_found() -> None:
    text = f"{TAKEN} | fail east createFulfilmentRequest 409 | request R1 west F1 * | release F1 west 1:10 *"
    assert finding("S2", text).because[1].startswith("At that moment the ERP had not released it to that warehouse")


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("order 1:10 | status accepted * | erp SO1", "the ERP had no sales order for it"),
        ("order 1:10 | erp SO1 status onHold | status accepted *", "the ERP had it onHold"),
        ("order 1:10 | erp SO1 1:10c10 status rejected | status accepted *", "the ERP had it rejected"),
        ("order 1:10 | erp SO1 | status onHold *", "the ERP had not put it on hold"),
        ("order 1:10 | erp SO1 | status released * | release F1 east 1:10", "the ERP had released nothing"),
        ("order 1:10 | status backordered * | erp SO1 1:10b10", "the ERP had no sales order for it"),
        (f"{ASKED} | status partiallyShipped *", "nothing had left a warehouse"),
        (f"{ASKED} | status shipped * | ship S1 R1 1:10!", "nothing had left a warehouse"),
        (f"{ASKED} | ship S1 R1 1:0! | status shipped *", "nothing had left a warehouse"),
        (f"{SPLIT} | status shipped * | ship S2 R1 1:4!", "line 1 had not left whole, and more of it was to come"),
        (f"{SPLIT} | status delivered * | ship S2 R1 1:4!", "line 1 had not left whole, and more of it was to come"),
        (f"{BILLED} | status delivered * | milestone T1 delivered", "parcel T1 was not delivered"),
        (f"{PARCELS} | milestone T1 delivered | status delivered *", "parcel T2 was not delivered"),
        (f"{BILLED} | milestone T1 attempted | status deliveryFailed *", "no parcel had failed"),
        (f"{ASKED} | status returned *", "nothing had left a warehouse"),
    ],
)
def test_a_status_before_what_it_claims_is_found(text: str, lacking: str) -> None:
    found = finding("S2", text)
    assert found.key.startswith("S2/CO-A/status/")
    assert found.summary.endswith(f"when {lacking}")


@pytest.mark.parametrize(
    "text",
    [
        "erp SO1 1:10 of CO-X",
        "order 1:10 | status rejected",  # C1 says whether it is so
        "order 1:10 | status cancelled",
        f"{TAKEN} | request R1 east F9 1:10",  # never released: E2's affair
        f"{SHIPPED} | invoice I1 S9 1:10",  # names what never was: E2's
        f"{ASKED} | ship S1 R1 1:10 | status shipped | ship S2 R1 1:2!",  # the warehouse sent more than it was asked
        f"{ASKED} | ship S1 R1 1:7! | status shipped",  # and no more comes
        f"{ASKED} | request R2 east F1 | ship S1 R1 1:5 | status shipped | ship S2 R2 1:5!",  # doubled: E1's
        f"{SPLIT} | ship S2 R1 1:4! | status shipped",
    ],
)
def test_says_nothing_where_it_cannot_know_or_others_speak(text: str) -> None:
    assert not judged("S2", text).findings


def test_a_bill_too_early_is_found_by_nobody_else() -> None:
    story = f"{ASKED} | invoice I1 S1 1:10 | ship S1 R1 1:10! | milestone T1 delivered | confirm S1"
    assert finders(f"{story} | shown T1 delivered | status delivered") == {"S2"}


def test_shipped_told_too_early_is_found_by_nobody_else() -> None:
    story = f"{SPLIT} | status shipped | ship S2 R1 1:4! | confirm S2 | invoice I2 S2 1:4 | milestone T1 delivered"
    assert finders(f"{story} | shown T1 delivered") == {"S2"}


TOO_EARLY = {
    "booked": ("book-return RC0 1:4 *", "receipt RC0 of RMA1 was booked"),
    "credited": ("credit CM1 RC0 1:4 *", "credit memo CM1 of RMA1 was posted"),
    "shown as received": ("told-back RR1 received *", "the CRM was told received of RR1"),
    "shown as credited": ("told-back RR1 credited *", "the CRM was told credited of RR1"),
}


@pytest.mark.parametrize("what", TOO_EARLY)
def test_what_is_done_about_a_return_before_anything_came_is_found(what: str) -> None:
    statement, effect = TOO_EARLY[what]
    assert finding("S2", f"{AUTHORIZED} | {statement}").summary == f"{effect} when nothing had come back to a warehouse"


def test_credited_is_not_shown_before_there_is_a_credit_memo() -> None:
    came = f"{AUTHORIZED} | come RC1 RMA1 1:4 | book-return RC1"
    assert finding("S2", f"{came} | told-back RR1 credited *").actual.endswith("; nothing had been credited by then")
    assert not judged("S2", f"{came} | told-back RR1 received | credit CM1 RC1 1:4 | told-back RR1 credited").findings


def test_a_return_is_called_authorized_or_rejected_only_when_the_erp_has_said_so() -> None:
    asked = f"{DELIVERED} | wish-back RR1 1:4"
    for status in ("authorized RMA1", "rejected"):
        assert len(judged("S2", f"{asked} | told-back RR1 {status}").findings) == 1
    assert not judged("S2", f"{asked} | fail erp createReturn 409 | told-back RR1 rejected").findings
    assert judged("S2", f"{asked} | fail erp createReturn 503 | told-back RR1 rejected").findings


def test_pieces_that_are_shown_as_shipped_before_they_have_left_are_found() -> None:
    """Who tells what the ERP has promised in place of what left shows goods on their way that stand on the shelf."""
    found = finding("S2", f"{ASKED} | status released 1:10 * | ship S1 R1 1:10!")

    assert found.summary == "the CRM was told 10 of line 1 shipped when 0 had left"


def test_pieces_that_the_erp_was_told_of_wrongly_are_nobody_elses_affair() -> None:
    assert "S2" not in finders(
        f"{SHIPPED.replace('S1 R1 1:10!', 'S1 R1 1:7!')} | confirm S1 1:10 | status shipped 1:10"
    )

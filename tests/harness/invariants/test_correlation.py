"""A1: what belongs together can be found together."""

import pytest

from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.invariants.correlation import CHAIN
from crossdock.tests.harness.histories import (
    ASKED,
    CREDITED,
    DELIVERED,
    SHIPPED,
    TAKEN,
    finders,
    finding,
    history,
    judged,
)
from crossdock.tests.harness.styles import HEALTHY, WAITING

EXERCISED = {
    # Every call that moves the order on, each repetition included.
    "everything is told as it happens": 10,
    "it polls, and skips what it never saw": 6,
    "answers are lost and the repetition is replayed": 14,
    "cancelled before the pick": 8,
    "the order was never told to the layer": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_the_calls_that_move_an_order_on(style: str, exercised: int) -> None:
    assert judged("A1", HEALTHY[style]).exercised == exercised


@pytest.mark.parametrize(
    ("call", "party", "name"),
    [
        ("erp SO1", "erp", "createSalesOrder"),
        ("request R1 east F1", "east", "createFulfilmentRequest"),
        ("confirm S1", "erp", "confirmShipment"),
        ("invoice I1 S1 1:10", "erp", "createInvoice"),
        ("shown T1 delivered", "crm", "updateTracking"),
        ("status delivered 1:10", "crm", "updateOrderStatus"),
    ],
)
def test_a_call_under_another_id_is_found(call: str, party: str, name: str) -> None:
    found = finding("A1", DELIVERED.replace(call, f"{call} ~OTHER *", 1))
    assert found.key == f"A1/CO-A/{party}/{name}"
    assert (found.expected, found.actual) == ("CORR-1", "OTHER")


def test_a_call_without_an_id_is_found() -> None:
    found = finding("A1", f"{SHIPPED} | confirm S1 ~ *")
    assert found.actual == "none"


def test_many_calls_of_a_kind_are_one_finding() -> None:
    text = (
        "order 1:10 | erp SO1 | status accepted ~A * | release F1 east 1:10 | request R1 east F1 | status released ~B *"
    )
    found = finding("A1", text)
    assert found.actual == "A and B"
    assert found.because[-1] == "2 of its calls can't be found by the order's id: A1 is broken."


def test_a_repetition_that_loses_the_id_is_found() -> None:
    assert finding("A1", f"{TAKEN} | fail east createFulfilmentRequest 503 ~ * | request R1 east F1").actual == "none"


@pytest.mark.parametrize(
    "text",
    [
        "erp SO1 1:10 of CO-X ~OTHER",  # an order that came with no id
        f"{ASKED} | look erp getSalesOrder ~OTHER",  # looking needs no chain
        # People released what waited: what that caused may go by the id of the event.
        f"{WAITING} | release F2 east 1:3 | request R2 east F2 ~CO-A | ship S2 R2 1:3! | confirm S2 ~CO-A",
        "order 1:10 | erp SO1 | wish | cancel SO1 ~CO-A | status cancelled ~CO-A",
    ],
)
def test_says_nothing_where_the_id_is_good_or_not_needed(text: str) -> None:
    assert not judged("A1", text).findings


def test_an_id_that_the_layer_made_up_does_not_become_good_by_being_echoed() -> None:
    text = f"{TAKEN} | request R1 east F1 ~OTHER | stop R1 ~OTHER"
    assert [found.key for found in judged("A1", text).findings] == [
        "A1/CO-A/east/createFulfilmentRequest",
        "A1/CO-A/east/cancelFulfilmentRequest",
    ]


def test_it_is_only_for_targets_that_claim_correlation() -> None:
    assert invariants["A1"].capability == "correlation"


def test_every_call_of_the_chain_is_an_operation_of_a_party() -> None:
    from crossdock.contracts.openapi import api

    known = {name for kind in ("crm", "erp", "warehouse") for name in api(kind).operations}
    assert known >= CHAIN


def test_judging_twice_changes_nothing() -> None:
    first, second = Outcome("A1"), Outcome("A1")
    for outcome in (first, second):
        invariants["A1"]().order(history(DELIVERED), Terms(), outcome)
    assert first == second


def test_a_lost_thread_is_found_by_nobody_else() -> None:
    assert finders(DELIVERED.replace("confirm S1", "confirm S1 ~OTHER")) == {"A1"}


@pytest.mark.parametrize(
    ("statement", "call"),
    [
        ("authorize RMA1 1:4", "createReturn at erp"),
        ("announce RMA1", "createReturn at east"),
        ("book-return RC1", "receiveReturn at erp"),
        ("credit CM1 RC1 1:4", "createCreditMemo at erp"),
        ("told-back RR1 credited", "updateReturnRequestStatus at crm"),
    ],
)
def test_each_step_of_a_return_carries_the_thread(statement: str, call: str) -> None:
    assert finding("A1", CREDITED.replace(statement, f"{statement} ~OTHER *", 1)).summary.startswith(call)

"""What a scenario expects besides the invariants, held against what became of its orders."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from crossdock.contracts.objects import Reason
from crossdock.harness import expected
from crossdock.harness.seen import Seen
from crossdock.harness.trail import OrderTrail
from crossdock.scenarios.expectation import Unmet, expectations
from crossdock.scenarios.plan import PlannedScenario, draw
from crossdock.scenarios.scenario import LineWish, OrderWish, Scenario, Then, expectation_of
from crossdock.tests.harness.histories import ASKED, CREDITED, DELIVERED, SHIPPED, history

MILESTONE = "crossdock.tracking.milestone.v1"
CASE = f"{SHIPPED} | case C1 shortShip"


def planned(*entries: dict[str, Any]) -> PlannedScenario:
    scenario = Scenario(
        scenario="one",
        title="One order",
        story="It is placed.",
        orders={"A": OrderWish(lines=(LineWish(quantity=10),))},
        then=Then(invariants=("E1",), expect=entries),
    )
    return draw([scenario], 1, "7K3F", 86_400, "2026-01-05T09:00:00Z").scenarios[0]


def looked(text: str, *entries: dict[str, Any]) -> list[expected.Look]:
    return list(expected.looks(planned(*entries), {"A": history(text)} if text else {}))


def unmet(text: str, expect: str, **parameters: Any) -> Unmet | None:
    (look,) = looked(text, {"expect": expect, "order": "A", **parameters})
    return look.unmet


@pytest.mark.parametrize(
    ("text", "expect", "parameters", "actual"),
    [
        (DELIVERED, "order-status", {"status": "delivered"}, None),
        (SHIPPED, "order-status", {"status": "delivered"}, "released"),
        ("order 1:10", "order-status", {"status": "accepted", "at": "erp"}, "not known to the ERP"),
        (DELIVERED, "documents", {"kind": "invoice", "count": 1}, None),
        (DELIVERED, "documents", {"kind": "invoice", "count": 2}, "1 × invoice: I1"),
        (ASKED, "documents", {"kind": "shipment", "count": 1}, "0 × shipment"),
        (ASKED, "documents", {"kind": "request", "count": 1}, None),
        (CREDITED, "documents", {"kind": "credit-memo", "count": 1}, None),
        (CASE, "cases", {"category": "shortShip", "count": 1}, None),
        (CASE, "cases", {"category": "shortShip", "count": 0}, "1 × shortShip"),
        (CASE, "cases", {"category": "shortShip", "count": 1, "waiting": 0}, "1 × shortShip, 1 waiting"),
        (f"{CASE} | case C1 closed", "cases", {"category": "shortShip", "count": 1, "waiting": 0}, None),
        (DELIVERED, "delivered-within", {"hours": 100}, None),
        (DELIVERED, "delivered-within", {"hours": 3}, "29.0 h"),
        (SHIPPED, "delivered-within", {"hours": 100}, "not delivered whole"),
        (f"{SHIPPED} | letters D1", "dead-letters", {"count": 1}, None),
        (f"{SHIPPED} | letters D1", "dead-letters", {"count": 0}, f"1 set aside: {MILESTONE}"),
        (f"{SHIPPED} | letters D1 D2/replayed", "dead-letters", {"count": 2}, f"1 set aside: {MILESTONE}"),
        (f"{SHIPPED} | letters D1", "dead-letters", {"count": 2, "or_fewer": True}, None),
        (f"{SHIPPED} | letters D1", "dead-letters", {"count": 1, "event": "crossdock.item.changed.v1"}, "0 set aside"),
    ],
)
def test_says_what_is_otherwise_than_expected(
    text: str, expect: str, parameters: dict[str, Any], actual: str | None
) -> None:
    found = unmet(text, expect, **parameters)
    assert (found and found.actual) == actual
    assert found is None or all(found.evidence), "with the journal numbers that prove it"


def test_every_expectation_is_put_to_the_test_here() -> None:
    table = test_says_what_is_otherwise_than_expected.pytestmark[0].args[1]
    for name in expectations:
        rows = [row for row in table if row[1] == name]
        assert {row[3] is None for row in rows} == {True, False}, f"{name}: once met, once not"


def test_an_order_that_was_never_placed_meets_no_expectation() -> None:
    (look,) = looked("", {"expect": "cases", "order": "A", "category": "shortShip", "count": 0})
    assert look.summary == "A has 0 × case shortShip: it was never placed"


def why(trail: OrderTrail, **parameters: str) -> str:
    (look,) = expected.looks(planned({"expect": "order-status", "order": "A", **parameters}), {"A": trail})
    return look.summary


def test_a_status_that_is_not_the_expected_one_is_told_with_its_cause() -> None:
    trail = history("order 1:10 | erp SO1 status rejected | status rejected")
    assert why(trail, status="delivered") == "A is delivered in the CRM: rejected"
    (key, booked), order = next(iter(trail.sales_orders.items())), trail.order
    assert order is not None
    reason = Reason(code="price-mismatch", detail="12.50 is not the price of SKU-1")
    rejected = replace(trail, sales_orders={key: put(booked, rejection_reasons=(reason,))})
    said = "(the ERP says: 12.50 is not the price of SKU-1)"
    assert why(rejected, status="delivered") == f"A is delivered in the CRM: rejected {said}"
    told = replace(rejected, order=put(order, status_reason="too cheap"))
    assert why(told, status="delivered") == "A is delivered in the CRM: rejected (the CRM says: too cheap)"
    assert why(told, status="accepted", at="erp") == f"A is accepted in the ERP: rejected {said}"


def test_of_an_order_that_ended_without_a_word_the_last_refusal_is_told() -> None:
    text = "order 1:10 | turn-down createSalesOrder unknown-customer {} | status rejected"
    said = "(erp refused createSalesOrder: 422 unknown-customer)"
    assert why(history(text), status="delivered") == f"A is delivered in the CRM: rejected {said}"
    assert why(history(text), status="rejected") == "A is rejected in the CRM: so it is"
    under_way = history(text.replace("status rejected", "erp SO1 | status accepted"))
    assert why(under_way, status="delivered") == "A is delivered in the CRM: accepted", "nothing has ended"


def put(seen: Seen[Any], **fields: Any) -> Seen[Any]:
    return Seen(msgspec.structs.replace(seen.what, **fields), seen.seq, seen.exchange, seen.at, seen.party)


def test_each_expectation_is_a_check_and_each_miss_a_finding() -> None:
    entries = (
        {"expect": "order-status", "order": "A", "status": "delivered"},
        {"expect": "documents", "order": "A", "kind": "invoice", "count": 3},
    )
    found = looked(DELIVERED, *entries)
    assert [(check.invariant, check.verdict, check.required) for check in expected.checks(found)] == [
        ("order-status", "PASS", True),
        ("documents", "FAIL", True),
    ]
    (finding,) = expected.findings(found)
    assert (finding.expected, finding.actual) == ("3 × invoice", "1 × invoice: I1")
    assert finding.clause == "the scenario, then.expect.1"
    assert finding.exchanges


def test_an_expectation_says_what_it_expects() -> None:
    late = expectation_of({"expect": "delivered-within", "order": "A", "hours": 48})
    assert late.described() == "A is delivered within 48 h"

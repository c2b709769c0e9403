"""From the entries of an order to the steps of its sequence diagram."""

import pytest

from crossdock.contracts.result import TimelineStep
from crossdock.harness.timeline import timeline
from crossdock.tests.harness.histories import ASKED, AUTHORIZED, BILLED, DELIVERED, SHIPPED, TAKEN, finding, history
from crossdock.tests.harness.styles import HEALTHY


def steps(text: str) -> tuple[TimelineStep, ...]:
    return timeline(history(text).entries, [])


def last(text: str) -> TimelineStep:
    return steps(text)[-1]


def test_a_call_of_the_layer_goes_from_the_layer_to_the_party() -> None:
    step = last("order 1:10 | erp SO1")
    assert (step.source, step.target, step.kind, step.outcome) == ("layer", "erp", "request", "ok")
    assert step.label.startswith("createSalesOrder")
    assert step.detail["asked"]["method"] == "POST"
    assert step.took_s == 2.0


def test_a_delivery_goes_from_the_party_to_the_layer() -> None:
    step = last("order 1:10 | deliver order.submitted CO-A fail")
    assert (step.target, step.kind, step.outcome) == ("layer", "event", "fail")
    assert step.label.startswith("order.submitted")


def test_what_parties_and_people_do_stands_with_them() -> None:
    placed, *_, shipped = steps(f"{ASKED} | ship S1 R1 1:10!")
    assert (placed.source, placed.target, placed.kind) == ("people", "crm", "work")
    assert (shipped.source, shipped.target, shipped.kind) == ("east", "east", "work")


def test_what_customer_service_is_told_of_a_return_stands_in_a_word() -> None:
    assert last(f"{AUTHORIZED} | told-back RR1 received").label == "updateReturnRequestStatus received · 200"


@pytest.mark.parametrize(
    ("statement", "outcome", "fault"),
    [
        ("fail erp createSalesOrder 503 unavailable", "fail", "unavailable"),
        ("withhold erp createSalesOrder no-answer", "info", "no-answer"),
        ("look erp getSalesOrder", "ok", ""),
    ],
)
def test_a_call_that_was_struck_names_the_fault(statement: str, outcome: str, fault: str) -> None:
    step = last(f"order 1:10 | {statement}")
    assert (step.outcome, step.fault) == (outcome, fault)


def test_a_call_that_was_never_answered_may_have_happened() -> None:
    entries = history("order 1:10 | look erp getSalesOrder").entries[:-1]
    step = timeline(entries, [])[-1]
    assert (step.outcome, step.took_s) == ("info", 0.0)
    assert step.label.endswith("no answer")


def test_an_outage_stands_in_every_order_that_met_it() -> None:
    for text in ("order 1:10 | down east | up east", "down east | order 1:10 | up east"):
        marks = [step for step in steps(text) if step.kind == "fault"]
        assert [(mark.source, mark.fault) for mark in marks] == [("east", "outage")] * 2


@pytest.mark.parametrize("style", HEALTHY)
def test_steps_stand_in_the_order_of_the_journal(style: str) -> None:
    numbers = [step.seq for step in steps(HEALTHY[style])]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    ("invariant", "text"),
    [
        ("E1", "order 1:10 | erp SO1 | erp SO2"),
        ("E1", f"{TAKEN} | request R1 east F1 | request R2 east F1"),
        ("E2", f"{TAKEN} | request R1 west F1"),
        ("E3", f"{TAKEN} | fail east createFulfilmentRequest 503 unavailable"),
        ("E3", f"{TAKEN} | down east | up east"),
        ("Q1", f"{ASKED} | ship S1 R1 1:7! | confirm S1 1:10"),
        ("Q2", f"{TAKEN} | request R1 east F1 1:12"),
        ("M1", f"{SHIPPED} | invoice I1 S1 1:11"),
        ("S1", f"{DELIVERED} | status shipped"),
        ("S1", f"{DELIVERED} | shown T1 label_created"),
        ("S2", f"{ASKED} | invoice I1 S1 1:10 | ship S1 R1 1:10!"),
        ("C1", f"{BILLED} | milestone T1 delivered | status delivered"),
        ("X1", f"{DELIVERED} | case C1 shortShip"),
        ("A1", f"{TAKEN} | request R1 east F1 ~OTHER"),
    ],
)
def test_every_piece_of_evidence_is_a_step_that_is_marked(invariant: str, text: str) -> None:
    found = finding(invariant, text)
    marked = {step.seq for step in timeline(history(text).entries, [found]) if step.highlight}
    assert marked == set(found.exchanges)
    assert all(step.invariants == (invariant,) for step in timeline(history(text).entries, [found]) if step.highlight)

"""Service levels as a journal shows them."""

from typing import Any

import pytest

from crossdock.contracts.result import PartyLevel, ServiceLevelsResult, WorkflowLevel
from crossdock.harness.fold import Fold
from crossdock.harness.promises import Latency, ServiceLevels
from crossdock.harness.service_meter import ServiceMeter
from crossdock.tests.harness.histories import ASKED, DELIVERED, entries
from crossdock.tests.harness.recovering_styles import BUSY

SHIPPED = f"{ASKED} | ship S1 R1 1:10!"


def metered(text: str) -> ServiceMeter:
    fold = Fold()
    meter = ServiceMeter(fold.transactions)
    for entry in entries(text):
        fold.take(entry)
        meter.take(entry)
    return meter


def levels(text: str, **promised: Any) -> ServiceLevelsResult:
    return metered(text).levels(ServiceLevels(**promised))


def workflow(text: str, name: str, **promised: Any) -> WorkflowLevel:
    (found,) = (each for each in levels(text, **promised).workflows if each.workflow == name)
    return found


def party(text: str, name: str) -> PartyLevel:
    (found,) = (each for each in levels(text).parties if each.party == name)
    return found


def test_each_workflow_is_counted_and_timed() -> None:
    assert [(each.workflow, each.done) for each in levels(DELIVERED).workflows] == [
        ("intake", 1),
        ("release", 1),
        ("confirmation", 1),
        ("billing", 1),
        ("tracking", 2),
    ]
    booked = workflow(f"{SHIPPED} | wait 7 | confirm S1", "confirmation", latency=Latency(p95_s=15))
    assert booked.p50_s == booked.p99_s == pytest.approx(9, rel=0.02)
    assert (booked.longest_s, booked.promised_p95_s, booked.disturbed) == (9.0, 15, 0)


def test_what_a_fault_disturbed_is_counted_and_not_timed() -> None:
    booked = workflow(f"{SHIPPED} | {BUSY} | wait 7 | confirm S1", "confirmation")
    assert (booked.done, booked.disturbed, booked.p95_s) == (1, 1, 0.0)
    assert booked.longest_s == 12.0


def test_what_never_came_is_open() -> None:
    twice = f"{SHIPPED} | confirm S1 | invoice I1 S1 1:10 | milestone T1 delivered | shown T1 delivered"
    assert workflow(f"{twice} | milestone T1 exception", "tracking").open == 1


def test_calls_that_failed_or_were_turned_away_are_told_by_party() -> None:
    text = f"{SHIPPED} | {BUSY} | withhold erp createInvoice no-answer | busy erp confirmShipment 1 429 | confirm S1"
    erp = party(text, "erp")
    assert (erp.calls, erp.failed, erp.turned_away) == (5, 2, 1), "the first of the five made the sales order"
    assert erp.answer_p95_s > 0


def test_an_outage_is_told_with_what_waited_for_its_end() -> None:
    text = f"{ASKED} | down erp | ship S1 R1 1:10! | wait 3 | up erp | wait 2 | confirm S1"
    erp = party(text, "erp")
    assert (erp.outages, erp.down_s, erp.caught_up_s) == (1, 5.0, 4.0)
    assert party(f"{ASKED} | down layer | wait 3 | up layer", "layer").down_s == 4.0


def test_the_backlog_is_what_is_due_at_once() -> None:
    text = f"{ASKED} | ship S1 R1 1:10! in T1,T2 | milestone T1 delivered | milestone T2 delivered | shown T1 delivered"
    assert levels(text, backlog_at_most=9).backlog.most == 3
    assert levels(text, backlog_at_most=9).backlog.promised == 9
    assert levels("").backlog.columns == ()


def test_two_worlds_are_told_as_one_run() -> None:
    one, other = metered(DELIVERED), metered(DELIVERED)
    alone = one.levels(ServiceLevels())
    one.take_in(other)

    both = one.levels(ServiceLevels())
    assert [(each.workflow, each.done) for each in both.workflows] == [
        (each.workflow, 2 * each.done) for each in alone.workflows
    ]
    assert [(each.party, each.calls) for each in both.parties] == [
        (each.party, 2 * each.calls) for each in alone.parties
    ]
    assert both.backlog.most == alone.backlog.most, "each layer has a backlog of its own"
    assert [each.p95_s for each in both.workflows] == [each.p95_s for each in alone.workflows]


def test_what_never_came_is_open_in_whichever_world_it_was() -> None:
    one, other = metered(DELIVERED), metered(ASKED)
    (alone,) = (each.open for each in other.levels(ServiceLevels()).workflows if each.workflow == "release")
    one.take_in(other)

    (release,) = (each for each in one.levels(ServiceLevels()).workflows if each.workflow == "release")
    assert release.open == alone

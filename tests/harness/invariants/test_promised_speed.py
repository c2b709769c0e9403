"""L1: speed and backlog are as promised."""

import pytest

from crossdock.harness.invariant import Terms, invariants
from crossdock.harness.promises import Latency, Promise, ServiceLevels
from crossdock.tests.harness.histories import ASKED, DELIVERED, finders, finding, judged
from crossdock.tests.harness.recovering_styles import BUSY
from crossdock.tests.harness.styles import SPLIT_WHOLE

SLOW = (
    f"{ASKED} | ship S1 R1 1:6 | wait 90 | confirm S1 | invoice I1 S1 1:6 | status partiallyShipped"
    " | ship S2 R1 1:4! | wait 90 | confirm S2 | invoice I2 S2 1:4 | status shipped 1:10"
)


def promised(**levels: object) -> ServiceLevels:
    return ServiceLevels(**{"latency": Latency(p50_s=60.0), **levels})  # type: ignore[arg-type]


def test_counts_the_effects_of_which_there_are_enough_and_the_backlog() -> None:
    assert judged("L1", SPLIT_WHOLE).exercised == 5, "two bookings, two bills, and the backlog"
    assert judged("L1", SPLIT_WHOLE, service_levels=promised()).exercised == 4
    assert judged("L1", DELIVERED, service_levels=promised()).exercised == 2, "two milestones; one booking says nothing"


def test_a_target_that_promises_nothing_is_not_judged() -> None:
    law = invariants["L1"]()
    assert law.unclaimed(Terms()) == "target.yaml promises no latency, no measure and no backlog"
    assert law.unclaimed(Terms(service_levels=promised())) == ""
    assert law.unclaimed(Terms(service_levels=ServiceLevels(workflows={"intake": Latency(p99_s=1)}))) == ""
    assert judged("L1", SLOW, service_levels=ServiceLevels()).exercised == 0


def test_effects_that_take_too_long_are_found() -> None:
    found = finding("L1", SLOW)
    assert found.key == "L1//confirmation/p50"
    assert found.summary == "2 of 2 times confirmation took longer than 60 s"


def test_slowness_is_found_by_nobody_else() -> None:
    assert finders(SLOW) == {"L1"}


def test_as_many_may_be_late_as_the_percentile_leaves() -> None:
    assert judged("L1", SLOW.replace("| wait 90", "", 1)).findings == []


def test_a_workflow_may_have_a_limit_of_its_own() -> None:
    assert judged("L1", SLOW, service_levels=promised(workflows={"confirmation": Latency(p50_s=120)})).findings == []
    tighter = promised(latency=Latency(), workflows={"billing": Latency(p50_s=0.5)})
    assert finding("L1", SLOW, service_levels=tighter).key == "L1//billing/p50"


def test_more_that_waits_at_once_than_is_promised_is_found() -> None:
    parcels = f"{ASKED} | ship S1 R1 1:10! in T1,T2,T3 | milestone T1 delivered | milestone T2 delivered"
    found = finding("L1", f"{parcels} | confirm S1 | shown T1 delivered", service_levels=promised(backlog_at_most=1))
    assert found.key == "L1//backlog"


@pytest.mark.parametrize(
    "text",
    [
        SLOW.replace("| wait 90", f"| {BUSY} | wait 90"),
        SLOW.replace("| ship", "| down erp | ship").replace("| confirm", "| up erp | confirm"),
        SLOW.replace("| wait 90", "| swallow shipment.shipped S1 | wait 90", 1),
        f"{ASKED} | wait 900",
    ],
)
def test_says_nothing_about_what_a_fault_held_up(text: str) -> None:
    assert judged("L1", text).findings == []


def test_says_nothing_about_bills_that_wait_for_the_rest_of_an_order() -> None:
    text = SLOW.replace("| wait 90 | confirm", "| confirm").replace("| invoice", "| wait 90 | invoice")
    assert finding("L1", text).key == "L1//billing/p50"
    assert judged("L1", text, billing="per-order").findings == []


CLOSED = f"{DELIVERED} | case C1 shortShip"


def test_a_promise_about_the_whole_run_is_judged_by_its_measure() -> None:
    late = promised(measures={"order-cycle": Promise(p50_h=1), "unaided": Promise(at_least=1)})
    found = finding("L1", CLOSED, service_levels=late)
    assert found.summary == "1 of 1 miss what is promised of unaided", "of one order a median says nothing"
    assert judged("L1", DELIVERED, service_levels=late).exercised == 3, "two milestones and one order"


def test_what_a_fault_disturbed_breaks_no_promise_about_the_whole_run() -> None:
    strict = promised(measures={"unaided": Promise(at_least=1)})
    text = CLOSED.replace("| confirm", f"| {BUSY} | confirm")
    assert judged("L1", text, service_levels=strict).findings == []

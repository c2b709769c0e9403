"""What is measured in business hours and shares, as a journal shows it: from entry to entry an hour passes, and a
call of the layer is three.
"""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from crossdock.harness.measure import Sample, measures
from crossdock.harness.measure_meter import MeasureMeter
from crossdock.harness.promises import Promise, ServiceLevels
from crossdock.harness.seen import Seen
from crossdock.harness.trail import OrderTrail
from crossdock.tests.harness.histories import ASKED, BILLED, DELIVERED, SHIPPED, fold, history
from crossdock.tests.harness.recovering_styles import BUSY


def samples(measure: str, text: str) -> list[Sample]:
    law = measures[measure]()
    stocks = fold(text).stocks.items()
    return [*law.order(history(text)), *(sample for place, stock in stocks for sample in law.stock(place, stock))]


def hours(measure: str, text: str) -> list[float]:
    return [sample.hours for sample in samples(measure, text)]


def wanted(text: str, days: int) -> OrderTrail:
    """The trail of an order that the customer wants so many days after it was placed."""
    trail = replaced(history(text))
    assert trail.placed is not None
    day = (trail.placed.at + timedelta(days=days)).date()
    trail.placed = seen_with(trail.placed, requested_date=day)
    return trail


def replaced(trail: OrderTrail) -> OrderTrail:
    """A copy, because histories are shared."""
    made = OrderTrail(trail.order_id, trail.returns, trail.lanes)
    for name in trail.__slots__:
        setattr(made, name, getattr(trail, name))
    return made


def seen_with(seen: Seen[Any], **fields: Any) -> Seen[Any]:
    return Seen(replace(seen.what, **fields), seen.seq, seen.exchange, seen.at, seen.party)


def test_an_order_takes_until_its_last_parcel_is_there() -> None:
    two = f"{ASKED} | ship S1 R1 1:4 | ship S2 R1 1:6! | milestone T1 delivered"
    assert hours("order-cycle", two) == []
    assert hours("order-cycle", f"{two} | milestone T2 delivered") == [17.0]
    assert hours("order-cycle", f"{two} | milestone T2 lost") == []


def test_what_was_cancelled_need_not_come() -> None:
    short = f"{ASKED} | ship S1 R1 1:7! | milestone T1 delivered"
    assert hours("order-cycle", short) == []
    assert hours("order-cycle", f"{short} | confirm S1") == [15.0]


def test_an_order_is_late_when_it_comes_after_the_day_or_never() -> None:
    law = measures["on-time"]()
    assert [sample.good for sample in law.order(wanted(DELIVERED, 3))] == [True]
    late = [*law.order(wanted(DELIVERED, -1))]
    assert [sample.good for sample in late] == [False]
    assert "delivered on" in late[0].what
    assert [sample.good for sample in law.order(wanted(SHIPPED, -1))] == [False], "its day is past"
    assert [*law.order(wanted(SHIPPED, 3))] == [], "it may still come in time"
    assert [*law.order(history(DELIVERED))] == [], "no day is named"


@pytest.mark.parametrize(
    ("measure", "text", "expected"),
    [
        ("acceptance", ASKED, [2.0]),
        ("acceptance", ASKED.replace("| request", "| status onHold | request"), [5.0]),
        ("dispatch", SHIPPED, [5.0]),
        ("dispatch", SHIPPED.replace("1:10!", "1:10"), []),
        ("booking", BILLED, [6.0]),
        ("booking", SHIPPED, []),
        ("resolution", f"{SHIPPED} | case C1 shortShip | case C1 working | case C1 resolved", [6.0]),
        ("resolution", f"{SHIPPED} | case C1 shortShip", []),
    ],
)
def test_a_span_runs_from_one_party_to_the_other(measure: str, text: str, expected: list[float]) -> None:
    found = samples(measure, text)
    assert [sample.hours for sample in found] == expected
    assert all(sample.about and len(sample.evidence) == 2 for sample in found)


def test_a_case_that_stays_open_needs_a_person() -> None:
    waiting = f"{SHIPPED} | case C1 shortShip"
    assert [sample.good for sample in samples("closure", waiting)] == [False]
    assert [sample.good for sample in samples("unaided", waiting)] == [False]
    over = f"{waiting} | case C1 closed"
    assert [sample.good for sample in samples("closure", over)] == [True]
    assert [sample.good for sample in samples("unaided", over)] == [True]


def test_books_that_differ_from_the_shelf_are_inaccurate() -> None:
    text = f"stock east 1:20 | {SHIPPED}"
    assert [sample.good for sample in samples("inventory", text)] == [False]
    assert [sample.good for sample in samples("inventory", f"{text} | confirm S1")] == [True]


def test_what_a_fault_disturbed_is_counted_apart() -> None:
    meter = MeasureMeter(ServiceLevels(measures={"booking": Promise(p50_h=1), "booking/east": Promise(p95_h=1)}))
    meter.order(history(BILLED))
    meter.order(history(BILLED.replace("| confirm", f"| {BUSY} | status shipped | confirm")))
    (level,) = (each for each in meter.levels() if each.measure == "booking")
    assert (level.about, level.count, level.disturbed) == ("east", 2, 1)
    assert level.p95_h == pytest.approx(6, rel=0.02)
    assert level.longest_h == 12
    assert [(goal.name, goal.verdict, goal.missed) for goal in level.goals] == [
        ("p95 within 1 h", "NOT_EXERCISED", 1)
    ], "one partner's own promise stands in the place of the general one; of one a percentile says nothing"


def test_a_share_is_judged_where_one_may_miss_it() -> None:
    meter = MeasureMeter(ServiceLevels(measures={"unaided": Promise(at_least=0.95)}))
    waiting = history(f"{SHIPPED} | case C1 shortShip")
    for trail in [history(DELIVERED)] * 18 + [waiting]:
        meter.order(trail)
    (standing,) = meter.standings()
    assert (standing.of, standing.missed, standing.verdict) == (19, 1, "NOT_EXERCISED")
    meter.order(history(DELIVERED))
    assert standing.verdict == "PASS", "one of twenty is what 95 of 100 leaves"
    meter.order(waiting)
    assert standing.verdict == "FAIL"


def test_what_happens_when_all_is_over_disturbs_nothing() -> None:
    later = history(f"{DELIVERED} | down erp | up erp")
    assert later.disturbed
    assert [sample.disturbed for sample in measures["order-cycle"]().order(later)] == [False]
    assert [sample.disturbed for sample in measures["unaided"]().order(later)] == [False]

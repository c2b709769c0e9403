"""C2: whatever the order in which events come, the end is the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.invariants.order_of_events import state
from crossdock.harness.judge import Judge, missing
from crossdock.harness.seen import Seen
from crossdock.harness.trail import OrderTrail
from crossdock.tests.harness.histories import CREDITED, DELIVERED, entries
from crossdock.tests.harness.records import CARRIER, ORDER_ID
from crossdock.tests.harness.styles import HEALTHY, SHORT, SPLIT_WHOLE

LATE = DELIVERED.replace("ship S1 R1 1:10!", "ship S1 R1 1:10! | delay shipment.shipped S1", 1)
TERMS = Terms(capabilities=frozenset({"returns"}))


def trail_of(text: str) -> OrderTrail:
    made = Fold()
    for entry in entries(text):
        made.take(entry)
    return made.trail(ORDER_ID)


def twins(one: OrderTrail | str, other: OrderTrail | str) -> Outcome:
    outcome = Outcome("C2")
    pair = [trail_of(each) if isinstance(each, str) else each for each in (one, other)]
    invariants["C2"]().twins(pair[0], pair[1], TERMS, outcome)
    return outcome


def test_twins_that_end_alike_are_counted_and_right() -> None:
    outcome = twins(DELIVERED, LATE)
    assert (outcome.exercised, outcome.findings) == (1, [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DELIVERED, DELIVERED),  # nothing was struck: nothing was put to the test
        ("", LATE),
        (DELIVERED, f"{LATE} | swallow tracking.milestone T1"),
    ],
)
def test_where_no_order_of_events_could_matter_nothing_is_judged(one: str, other: str) -> None:
    assert twins(one, other) == Outcome("C2")


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (("status delivered 1:10", "status shipped 1:10"), "status in the CRM"),
        (("status shipped 1:10", "status shipped"), ""),  # told with the next
        (("status shipped 1:10", "status shipped 1:9"), ""),
        (("status delivered 1:10", "status delivered 1:9"), "quantities in the CRM"),
        (("shown T1 delivered", "shown T1 in_transit"), "parcels in the CRM"),
        (("confirm S1", "confirm S1 1:9"), "lines in the ERP"),
        (("invoice I1 S1 1:10", "invoice I1 S1 1:9"), "billed"),
        (("invoice I1 S1 1:10", "invoice I1 S1 1:4 | invoice I2 S1 1:6"), ""),  # spread otherwise, and the same
    ],
)
def test_what_differs_in_the_end_is_found_by_its_name(change: tuple[str, str], names: str) -> None:
    found = twins(DELIVERED, LATE.replace(*change)).missing
    assert [each.summary.partition(": ")[2] for each in found] == ([names] if names else [])


def test_a_difference_of_numbers_in_writing_is_none() -> None:
    one, other = trail_of(DELIVERED), trail_of(LATE)
    assert other.order is not None
    line = other.order.what.lines[0]
    shipped = replace(line.quantities.shipped, value=Decimal("10.000"))
    lines = (replace(line, quantities=replace(line.quantities, shipped=shipped)),)
    other.order = Seen(replace(other.order.what, lines=lines), 1, 1, other.order.at, "crm")
    assert not twins(one, other).findings


def test_a_carrier_that_one_parcel_has_and_the_other_not_is_found_by_nobody_else() -> None:
    one, other = trail_of(DELIVERED), trail_of(LATE)
    assert other.order is not None
    (parcel,) = other.order.what.tracking
    unknown = (replace(parcel, carrier=replace(CARRIER, scac="ZZZZ")),)
    other.order = Seen(replace(other.order.what, tracking=unknown), 1, 1, other.order.at, "crm")
    (found,) = twins(one, other).missing
    assert found.expected == "parcels in the CRM: delivered UPSN UPS GROUND"
    assert found.because[-1].endswith("C2 is broken.")
    assert not any(outcome.findings for outcome in Judge(TERMS).order(other).values())


def test_cases_and_credits_count_and_integration_errors_do_not() -> None:
    late = f"{SHORT} | delay shipment.shipped S1"
    assert twins(f"{SHORT} | case C1 shortShip", late).missing
    assert not twins(SHORT, f"{late} | case C1 integrationError | case C1 resolved").missing
    assert twins(CREDITED, f"{LATE} | wish-back RR1 1:4").missing


@pytest.mark.parametrize("style", HEALTHY)
def test_every_order_is_its_own_twin(style: str) -> None:
    trail = trail_of(HEALTHY[style])
    if trail.order is not None:
        assert dict(state(trail)) == dict(state(trail))
        assert not twins(trail, trail).findings


def test_says_nothing_where_another_invariant_speaks_of_either() -> None:
    judge = Judge(TERMS)
    unbilled = SPLIT_WHOLE.replace("| invoice I2 S2 1:4 ", "| delay shipment.shipped S2 ")
    healthy, broken = trail_of(SPLIT_WHOLE), trail_of(unbilled)
    assert judge.twins(healthy, broken) == {}
    assert "C2" in judge.twins(healthy, healthy)


def test_what_is_waited_for_in_twins_is_what_is_found_missing_in_the_end() -> None:
    judge = Judge(TERMS)
    unbilled = SPLIT_WHOLE.replace("| invoice I2 S2 1:4 ", "| delay shipment.shipped S2 ")
    pairs = [(trail_of(one), trail_of(LATE)) for one in (*HEALTHY.values(), unbilled)]

    waited = [judge.missing_in_twins(*pair) for pair in pairs]

    assert waited == [missing(judge.twins(*pair)) for pair in pairs]
    assert any(waited)
    assert not waited[-1], "another invariant speaks of the one that is not billed"

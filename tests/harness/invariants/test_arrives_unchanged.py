"""F1: what is passed on arrives as it left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from msgspec.structs import replace

from crossdock.contracts.objects import Carrier, LineStatus, PackageItem, Quantity
from crossdock.harness.fidelity import PRECISIONS, Pair
from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.seen import Seen
from crossdock.harness.trail import OrderTrail
from crossdock.tests.harness.histories import ASKED, BILLED, CREDITED, DELIVERED, entries, finders, finding, judged
from crossdock.tests.harness.records import CARRIER, HERE, ORDER_ID, START, each
from crossdock.tests.harness.styles import HEALTHY

OWN_TIME = DELIVERED.replace("shown T1 delivered", "shown T1 delivered @now")


def test_counts_each_document_that_was_passed_on() -> None:
    assert judged("F1", HEALTHY["everything is told as it happens"]).exercised == 5
    assert judged("F1", CREDITED).exercised == 8, "the authorization, the announcement and the receipt as well"
    assert judged("F1", HEALTHY["the order was never told to the layer"]).exercised == 0


def changed(text: str, change: Callable[[OrderTrail], None], **terms: Any) -> Outcome:
    """What F1 makes of a history of which something was changed on its way."""
    made = Fold()
    for entry in entries(text):
        made.take(entry)
    trail, outcome = made.trail(ORDER_ID), Outcome("F1")
    change(trail)
    invariants["F1"]().order(trail, Terms(**terms), outcome)
    return outcome


def put(seen: Seen[Any], **fields: Any) -> Seen[Any]:
    return Seen(replace(seen.what, **fields), seen.seq, seen.exchange, seen.at, seen.party)


def order_is(**fields: Any) -> Callable[[OrderTrail], None]:
    def change(trail: OrderTrail) -> None:
        assert trail.placed is not None
        trail.placed = put(trail.placed, **fields)

    return change


def release_is(**fields: Any) -> Callable[[OrderTrail], None]:
    def change(trail: OrderTrail) -> None:
        trail.releases[0] = put(trail.releases[0], **fields)

    return change


def shipment_is(**fields: Any) -> Callable[[OrderTrail], None]:
    def change(trail: OrderTrail) -> None:
        key = next(iter(trail.shipments))
        trail.shipments[key] = put(trail.shipments[key], **fields)

    return change


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"ship_to": replace(HERE, postal_code="02207")}, "shipTo, postal code"),
        ({"ship_to": replace(HERE, name="Ada Bÿrne")}, "shipTo, name"),
        ({"ship_to": replace(HERE, line2="rear door")}, "shipTo, line2"),
        ({"bill_to": replace(HERE, line1="1 Bank Street")}, "billTo, line1"),
        ({"customer_reference": "0PO-1"}, "customerReference"),
        ({"requested_date": date(2026, 3, 9)}, "requestedDate"),
        ({"service_level": "express"}, "serviceLevel"),
        ({"partial_policy": "allowBackorder"}, "partialPolicy"),
    ],
)
def test_what_the_erp_has_otherwise_than_the_customer_ordered_is_found(fields: dict[str, Any], name: str) -> None:
    (found,) = changed(DELIVERED, order_is(**fields)).broken
    assert found.key == "F1/CO-A/sales/order/SO1"
    assert found.expected.startswith(f"{name}: ")
    assert found.because[-1].endswith("F1 is broken.")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"instructions": "ring twice"}, "instructions"),
        ({"sales_order_id": "SO-0001"}, "salesOrderId"),
        ({"requested_ship_date": date(2026, 3, 9)}, "requestedShipDate"),
        ({"ship_to": replace(HERE, city="New York")}, "shipTo, city"),
    ],
)
def test_what_the_warehouse_has_otherwise_than_the_erp_released_is_found(fields: dict[str, Any], name: str) -> None:
    (found,) = changed(ASKED, release_is(**fields)).broken
    assert found.expected.startswith(f"{name}: ")


def test_another_item_on_a_line_of_a_request_is_found() -> None:
    def change(trail: OrderTrail) -> None:
        lines = tuple(replace(line, sku="0SKU-1") for line in trail.releases[0].what.lines)
        trail.releases[0] = put(trail.releases[0], lines=lines)

    (found,) = changed(ASKED, change).broken
    assert (found.expected, found.actual) == ("line 1, sku: 0SKU-1", "line 1, sku: SKU-1")


def _serials(*numbers: str, sscc: str | None = None) -> Callable[[OrderTrail], None]:
    def change(trail: OrderTrail) -> None:
        key = next(iter(trail.shipments))
        (package,) = trail.shipments[key].what.packages
        item = PackageItem(line_id="1", sku="SKU-1", quantity=each(10), serials=numbers)  # type: ignore[arg-type]
        shipment_is(packages=(replace(package, items=(item,), sscc=sscc),))(trail)

    return change


def test_serials_and_labels_that_are_lost_are_found() -> None:
    (found,) = changed(BILLED, _serials("SN-1", "SN-2", sscc="106141411234567897")).broken
    assert found.expected == ("package T1, sscc: 106141411234567897; package T1, contents: 1 SKU-1 SN-1 SN-2")
    assert found.actual == "package T1, sscc: nothing; package T1, contents: 1 SKU-1"


def test_a_package_that_is_left_out_is_found() -> None:
    def change(trail: OrderTrail) -> None:
        trail.confirmations[0] = put(trail.confirmations[0], packages=())

    (found,) = changed(BILLED, change).broken
    assert (found.expected, found.actual) == ("package T1: in the shipment", "package T1: nowhere")


@pytest.mark.parametrize(
    ("fields", "name", "left"),
    [
        ({"name": "Économie Transport"}, "carrier, name", "Économie Transport"),
        ({"service": "Élan"}, "carrier, service", "Élan"),
    ],
)
def test_a_carrier_of_which_the_erp_has_another_name_is_found(fields: dict[str, str], name: str, left: str) -> None:
    carrier = replace(CARRIER, **fields)
    (found,) = changed(BILLED, shipment_is(carrier=carrier)).broken
    assert found.expected == f"{name}: {left}"


def test_a_carrier_that_a_file_can_only_write_in_its_own_letters_is_the_same() -> None:
    carrier = replace(CARRIER, name=f"{CARRIER.name}*")
    assert changed(BILLED, shipment_is(carrier=carrier)).broken
    assert not changed(BILLED, shipment_is(carrier=carrier), channels={"east": "x12"}).broken


def test_a_line_that_is_booked_as_complete_when_it_is_closed_short_is_found_where_its_quantity_is_right() -> None:
    def change(trail: OrderTrail) -> None:
        key = next(iter(trail.shipments))
        lines = tuple(replace(line, line_status=LineStatus.SHORT_CLOSED) for line in trail.shipments[key].what.lines)
        shipment_is(lines=lines)(trail)

    (found,) = changed(BILLED, change).broken
    assert (found.expected, found.actual) == ("line 1, lineStatus: shortClosed", "line 1, lineStatus: complete")


def test_a_package_under_another_number_or_weight_is_found() -> None:
    def change(trail: OrderTrail) -> None:
        key = next(iter(trail.shipments))
        (package,) = trail.shipments[key].what.packages
        weighed = replace(package, package_id="BOX-7", weight=Quantity.of("2.5", "KGM"))
        shipment_is(packages=(weighed,))(trail)

    (found,) = changed(BILLED, change).broken
    assert found.expected == "package T1, packageId: BOX-7; package T1, weight: 2.5 KGM"


def shown_is(**fields: Any) -> Callable[[OrderTrail], None]:
    def change(trail: OrderTrail) -> None:
        trail.milestones_shown[:] = [put(seen, **fields) for seen in trail.milestones_shown]

    return change


def test_a_parcel_that_is_shown_under_another_shipment_is_found() -> None:
    found = changed(DELIVERED, shown_is(shipment_id="S9")).broken
    assert {each.expected for each in found} == {"shipment: S1"}


def test_a_parcel_that_is_shown_as_another_warehouse_s_is_found() -> None:
    found = changed(DELIVERED, shown_is(warehouse_id="west")).broken
    assert {(each.expected, each.actual) for each in found} == {("warehouse: east", "warehouse: west")}
    assert not changed(DELIVERED, shown_is(warehouse_id=None)).broken
    assert not changed(DELIVERED, shown_is(warehouse_id="east")).broken


LATER_SHOWN = f"{ASKED} | ship S1 R1 1:10! | milestone T1 delivered | confirm S1 | shown T1 delivered"


@pytest.mark.parametrize("carrier", [replace(CARRIER, name="?"), None])
def test_a_parcel_that_is_shown_under_another_carrier_than_was_confirmed_is_found(carrier: Carrier | None) -> None:
    (found,) = changed(LATER_SHOWN, shown_is(carrier=carrier)).broken
    assert "carrier, name: UPS" in found.expected


def test_a_step_of_a_parcel_may_be_shown_before_its_carrier_is() -> None:
    def change(trail: OrderTrail) -> None:
        *earlier, last = trail.milestones_shown
        trail.milestones_shown[:] = [*(put(seen, carrier=None) for seen in earlier), last]

    text = f"{ASKED} | ship S1 R1 1:10! | milestone T1 in_transit | milestone T1 delivered | confirm S1"
    shown = "shown T1 in_transit | shown T1 delivered"
    assert not changed(f"{text} | {shown}", change).broken


def test_a_carrier_that_was_told_once_stands_where_a_later_step_names_none() -> None:
    def change(trail: OrderTrail) -> None:
        first, *later = trail.milestones_shown
        trail.milestones_shown[:] = [first, *(put(seen, carrier=None) for seen in later)]

    text = f"{ASKED} | ship S1 R1 1:10! | milestone T1 in_transit | milestone T1 delivered | confirm S1"
    shown = "shown T1 in_transit | shown T1 delivered"
    assert not changed(f"{text} | {shown}", change).broken


def test_a_wrong_carrier_of_a_parcel_is_told_once_however_many_steps_it_is_shown_with() -> None:
    text = f"{ASKED} | ship S1 R1 1:10! | milestone T1 in_transit | milestone T1 delivered | confirm S1"
    shown = "shown T1 in_transit | shown T1 delivered"
    (found,) = changed(f"{text} | {shown}", shown_is(carrier=replace(CARRIER, name="?"))).broken
    assert "carrier, name: UPS" in found.expected


def test_a_parcel_that_was_shown_before_its_shipment_was_confirmed_may_have_no_known_carrier() -> None:
    assert not changed(DELIVERED, shown_is(carrier=replace(CARRIER, name="unknown"))).broken


def test_the_words_and_the_day_of_a_return_are_compared() -> None:
    def reason(trail: OrderTrail) -> None:
        trail.returns.requests["RR1"] = put(trail.returns.requests["RR1"], reason="doesn't fit")

    def day(trail: OrderTrail) -> None:
        trail.returns.authorized["RMA1"] = put(trail.returns.authorized["RMA1"], expected_by=date(2026, 4, 1))

    (found,) = changed(CREDITED, reason).broken
    assert (found.expected, found.actual) == ("reason: doesn't fit", "reason: too many")
    (found,) = changed(CREDITED, day).broken
    assert (found.expected, found.actual) == ("expectedBy: 2026-04-01", "expectedBy: nothing")


def test_the_moment_of_a_shipment_is_compared_as_a_moment() -> None:
    east = timezone(timedelta(hours=2))
    assert not changed(BILLED, shipment_is(shipped_at=START.astimezone(east))).broken
    (found,) = changed(BILLED, shipment_is(shipped_at=START - timedelta(hours=2))).broken
    assert found.expected == "shippedAt: 2026-03-02 06:00:00+00:00"


def test_a_milestone_under_another_time_is_found_by_nobody_else() -> None:
    assert finding("F1", OWN_TIME).key == "F1/CO-A/parcel/T1/as/delivered"
    assert finders(OWN_TIME) == {"F1"}


def test_a_parcel_that_is_shown_from_the_moment_it_left_is_right() -> None:
    text = f"{ASKED} | ship S1 R1 1:10! | milestone T1 in_transit | milestone T1 picked_up | shown T1 picked_up"
    at_shipping = changed(text, lambda trail: None)
    assert not at_shipping.broken


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"condition": "defective"}, True),  # the same for the money as good
        ({"disposition": "quarantine"}, False),  # not restocked: Q3
        ({"condition": "damaged"}, False),  # not to be paid for: M2
        ({"lot": "L7"}, True),
    ],
)
def test_of_a_receipt_what_neither_money_nor_book_shows_is_found(fields: dict[str, Any], found: bool) -> None:
    def change(trail: OrderTrail) -> None:
        key, seen = next(iter(trail.returns.receipts.items()))
        trail.returns.receipts[key] = put(seen, lines=tuple(replace(line, **fields) for line in seen.what.lines))

    assert bool(changed(CREDITED, change).broken) is found


@pytest.mark.parametrize(
    ("channel", "left", "arrived", "same"),
    [
        ("rest", "Zoë*Å", "Zoë*Å", True),
        ("rest", "Zoe\u0308", "Zoë", True),  # the same letter, composed otherwise
        ("rest", "Zoë", "Zoe", False),
        ("x12", "O*Neil ~ Sons", "O Neil Sons", True),
        ("x12", "00 Annex", "Annex", False),
        ("csv", "a\nb", "a b", True),
        ("csv", "0123", "123", False),
        ("rest", START, START + timedelta(microseconds=900), True),
        ("rest", START, START + timedelta(milliseconds=1), False),
        ("queue", START, START + timedelta(microseconds=900), True),
        ("queue", "0123", "123", False),
        ("csv", START + timedelta(milliseconds=999), START, True),
        ("x12", START + timedelta(milliseconds=9), START, True),
        ("x12", START + timedelta(milliseconds=10), START, False),
        ("rest", None, "anything", True),
        ("rest", "something", None, False),
    ],
)
def test_values_are_compared_at_the_precision_of_the_channel(
    channel: str, left: object, arrived: object, same: bool
) -> None:
    assert isinstance(START, datetime)
    assert (not list(PRECISIONS[channel].differences([Pair("it", left, arrived)]))) is same


def test_a_warehouse_that_speaks_in_files_is_judged_by_what_files_can_carry() -> None:
    change = shipment_is(shipped_at=START + timedelta(milliseconds=400))
    assert changed(BILLED, change).broken
    assert not changed(BILLED, change, channels={"east": "csv"}).broken


@pytest.mark.parametrize(
    "text",
    [
        f"{BILLED} | milestone T1 delivered | shown T1 exception",  # it never happened: C1
        BILLED.replace("confirm S1", "confirm S1 1:9"),  # Q1
        "order 1:10 | tamper order.submitted CO-A | erp SO1",
    ],
)
def test_says_nothing_where_others_speak_or_a_fault_changed_it(text: str) -> None:
    assert not judged("F1", text).findings


def test_what_a_fault_had_changed_is_not_compared() -> None:
    tampered = BILLED.replace("erp SO1", "tamper order.submitted CO-A | erp SO1")
    assert not changed(tampered, order_is(customer_reference="0PO-1")).broken

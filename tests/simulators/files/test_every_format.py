"""A warehouse that exchanges files, whatever their format: the same rules as over HTTP, asked and told in documents.

What is written is read with the reference layer's code, which shares nothing with the simulator's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crossdock.simulators.party import Cause
from crossdock.simulators.rules import Call
from crossdock.tests.simulators.files.correspondent import REQUEST, Correspondent

SHIPPED = "crossdock.shipment.shipped.v1"
MILESTONE = "crossdock.tracking.milestone.v1"
ADJUSTED = "crossdock.inventory.adjusted.v1"
SNAPSHOT = "crossdock.inventory.snapshot.v1"
RECEIVED = "crossdock.return.received.v1"
UNANNOUNCED = "crossdock.return.unannounced.v1"
OWN = {"version", "createdAt", "updatedAt"}


def shown(document: Any) -> Any:
    """JSON with numbers and moments as values, so that 2.250 is 2.25 and Z is +00:00. What a format can't say as finely
    as JSON is cut: CSV writes seconds, X12 hundredths.
    """
    if isinstance(document, dict):
        return {name: _shown_field(name, value) for name, value in document.items()}
    return [shown(each) for each in document] if isinstance(document, list) else document


def _shown_field(name: str, value: Any) -> Any:
    if name == "value":
        return Decimal(value)
    if name.endswith("At") or name == "asOf":
        return datetime.fromisoformat(value).replace(microsecond=0)
    return shown(value)


async def test_a_request_is_carried_out_with_everything_in_it_and_answered(by_mail: Correspondent) -> None:
    await by_mail.request()

    (fulfilment,) = by_mail.kept()
    kept = by_mail.west("getFulfilmentRequest", fulfilmentId="FF-T1-000001")
    asked = {name: value for name, value in REQUEST.items() if name != "lines"}
    assert {name: kept[name] for name in asked} == asked
    assert fulfilment.lines[0].quantity.value == 10
    assert [(verdict.number, verdict.accepted) for verdict in await by_mail.verdicts()] == [(1, True)]
    assert by_mail.operations() == [("ok", "createFulfilmentRequest")]


@pytest.mark.parametrize(
    "handling",
    [
        {},
        {"shipments": ({"1": Decimal(7)},)},
        {"shipments": ({"1": Decimal(6)}, {"1": Decimal(4)})},
        {"shipments": ({"1": Decimal(0)},)},
        {"shipments": ({"1": Decimal(12)},)},
    ],
)
@pytest.mark.parametrize("per_package", [20, 4])
async def test_a_shipment_is_told_as_the_api_would_have_told_it(
    by_mail: Correspondent, handling: dict[str, Any], per_package: int
) -> None:
    by_mail.west.set(units_per_package=per_package)
    by_mail.west.handle("CO-1", **handling)
    await by_mail.request()
    await by_mail.pass_hours(24)

    expected = [_without(OWN, event) for event in by_mail.announced(SHIPPED)]
    assert len(expected) >= 1
    assert shown(await by_mail.told(SHIPPED)) == shown(expected)


async def test_lots_and_serials_are_told_with_the_package(by_mail: Correspondent) -> None:
    by_mail.west.receive("SKU-2", 3, lot="L-77", lot_tracked=True, serial_tracked=True)
    lines = [{"lineId": "1", "sku": "SKU-2", "quantity": {"value": "3", "uom": "EA"}}]
    await by_mail.request(lines=lines)
    await by_mail.pass_hours(24)

    (event,) = by_mail.announced(SHIPPED)
    (told,) = await by_mail.told(SHIPPED)
    assert told["packages"][0]["items"] == event["packages"][0]["items"]
    assert told["packages"][0]["items"][0]["lot"] == "L-77"
    assert len(told["packages"][0]["items"][0]["serials"]) == 3


async def test_every_milestone_of_a_parcel_is_told(by_mail: Correspondent) -> None:
    await by_mail.request()
    await by_mail.pass_hours(100)

    same = ("trackingNumber", "shipmentId", "orderId", "code", "occurredAt")
    events = [{name: event[name] for name in same} for event in by_mail.announced(MILESTONE)]
    told = [{name: fact[name] for name in same} for fact in await by_mail.told(MILESTONE)]
    assert shown(told) == shown(events)
    assert events[-1]["code"] == "delivered"


async def test_a_correction_of_the_stock_is_told(by_mail: Correspondent) -> None:
    correction = {"sku": "SKU-1", "part": "damaged", "quantity": {"value": "2", "uom": "EA"}, "reason": "damaged"}
    by_mail.west("adjustInventory", correction)
    await by_mail.quiet()

    (event,) = by_mail.announced(ADJUSTED)
    (told,) = await by_mail.told(ADJUSTED)
    same = ("adjustmentId", "warehouseId", "sku", "part", "quantity", "reason")
    assert {name: told[name] for name in same} == {name: event[name] for name in same}


async def test_a_count_of_everything_is_told(by_mail: Correspondent) -> None:
    by_mail.west.receive("SKU-2", 5)
    by_mail.west.party.perform("takeInventorySnapshot", Call(None), Cause("people"))
    await by_mail.quiet()

    (event,) = by_mail.announced(SNAPSHOT)
    (told,) = await by_mail.told(SNAPSHOT)
    same = ("snapshotId", "warehouseId", "asOf", "part", "parts", "positions")
    assert shown({name: told[name] for name in same}) == shown({name: event[name] for name in same})


async def test_a_return_is_announced_and_its_receipt_told(by_mail: Correspondent) -> None:
    lines = [{"lineId": "1", "sku": "SKU-1", "quantity": {"value": "3", "uom": "EA"}}]
    notice = {"rmaId": "RMA-1", "orderId": "CO-1", "expectedBy": "2026-03-20", "lines": lines}
    await by_mail.send(by_mail.paper.return_notice(notice))
    assert by_mail.operations() == [("ok", "createReturn")]

    inspected = [
        {**lines[0], "quantity": {"value": "2", "uom": "EA"}, "condition": "good", "disposition": "restock"},
        {**lines[0], "quantity": {"value": "1", "uom": "EA"}, "condition": "damaged", "disposition": "scrap"},
    ]
    by_mail.west("receiveReturn", {"lines": inspected, "final": True}, rmaId="RMA-1")
    await by_mail.quiet()

    (event,) = by_mail.announced(RECEIVED)
    (told,) = await by_mail.told(RECEIVED)
    assert shown(told) == shown(_without(OWN, event))


async def test_goods_that_nobody_announced_are_told_without_a_return(by_mail: Correspondent) -> None:
    await by_mail.request()
    line = {"sku": "SKU-1", "quantity": {"value": "2", "uom": "EA"}, "condition": "good"}
    by_mail.west("receiveUnannouncedReturn", {"orderId": "CO-1", "lines": [line]})
    await by_mail.quiet()

    (event,) = by_mail.announced(UNANNOUNCED)
    (told,) = await by_mail.told(UNANNOUNCED)
    assert shown(told) == shown(_without(OWN, event))


async def test_a_cancellation_is_answered(by_mail: Correspondent) -> None:
    await by_mail.request()
    await by_mail.send(by_mail.paper.cancellation(REQUEST, "called off"))

    assert by_mail.west.status("FF-T1-000001") == "cancelled"
    verdict = [each for each in await by_mail.verdicts() if each.number == 2 and each.final][-1]
    assert verdict.accepted


async def test_a_cancellation_that_comes_too_late_is_refused(by_mail: Correspondent) -> None:
    await by_mail.request()
    await by_mail.pass_hours(24)
    await by_mail.send(by_mail.paper.cancellation(REQUEST, "called off"))

    (verdict,) = [verdict for verdict in await by_mail.verdicts() if not verdict.accepted]
    assert (verdict.number, verdict.code) == (2, "too-late")


async def test_what_the_warehouse_will_not_do_is_refused_with_its_reason(by_mail: Correspondent) -> None:
    by_mail.west.set(daily_capacity=0)
    await by_mail.request()

    (verdict,) = [verdict for verdict in await by_mail.verdicts() if not verdict.accepted]
    assert verdict.code == "capacity-exceeded"
    assert by_mail.operations() == [("fail", "createFulfilmentRequest")]


async def test_the_same_document_again_under_the_same_number_changes_nothing(by_mail: Correspondent) -> None:
    await by_mail.request()
    by_mail.numbers.clear()
    await by_mail.request()

    assert len(by_mail.kept()) == 1
    assert by_mail.operations() == [("ok", "createFulfilmentRequest"), ("fail", "unusable")]


async def test_the_same_request_under_a_new_number_is_known_for_what_it_asks(by_mail: Correspondent) -> None:
    await by_mail.request()
    by_mail.clock.advance(timedelta(minutes=5))
    await by_mail.request(instructions="Ring once")

    assert len(by_mail.kept()) == 1
    (verdict,) = [verdict for verdict in await by_mail.verdicts() if not verdict.accepted]
    assert verdict.code == "duplicate-fulfilment"


@pytest.mark.parametrize("content", [b"", b"\x00" * 300, b"<html></html>", b"ISA*00*", b"HDR,", b"\xff" * 5000])
async def test_what_is_no_document_at_all_disturbs_nothing(by_mail: Correspondent, content: bytes) -> None:
    await by_mail.put("pick_request_1.csv", content)
    await by_mail.put("940_1.edi", content)
    await by_mail.request()

    assert len(by_mail.kept()) == 1


async def test_half_a_document_is_never_half_carried_out(by_mail: Correspondent) -> None:
    lines = [{"lineId": str(n), "sku": "SKU-1", "quantity": {"value": "1", "uom": "EA"}} for n in range(1, 6)]
    outgoing = by_mail.paper.request({**REQUEST, "lines": lines}, "N")
    name, content = outgoing.write(1, by_mail.clock.now())
    for length in range(10, len(content.rstrip()) - 2, 37):
        await by_mail.put(f"{length}_{name}", content[:length])

    assert by_mail.kept() == []


async def test_an_event_that_is_told_twice_is_the_same_document_twice(by_mail: Correspondent) -> None:
    await by_mail.request()
    await by_mail.pass_hours(24)
    before = await by_mail.files()
    shipped = next(event for event in by_mail.events if event.type == SHIPPED)
    by_mail.world.outbox.announce(by_mail.west.party, shipped, Cause("admin"))
    await by_mail.quiet()

    assert await by_mail.files() == before


def _without(names: set[str], document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in names}

"""What the ERP is told of a shipment, and what is billed."""

from typing import Any

import msgspec
import pytest

from crossdock.examples.reference_layer.documents import Event, Knowledge, SalesOrder
from crossdock.examples.reference_layer.job import Job, NotYet
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.ports import Response
from crossdock.examples.reference_layer.store import Message
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.virtual import WAREHOUSES_WITH_AN_API, Scripted, Sent, answer, settings


def quantity(value: int) -> dict[str, str]:
    return {"value": str(value), "uom": "EA"}


def shipment(number: int, shipped: int, left: int, *, final: bool) -> dict[str, Any]:
    """A shipment of a fulfilment over ten pieces, after which `left` are left."""
    line = {"lineId": "1", "sku": "A", "orderedQuantity": quantity(10), "shippedQuantity": quantity(shipped)}
    return {
        "shipmentId": f"S-{number}",
        "fulfilmentId": "FF-1",
        "orderId": "CO-1",
        "warehouseId": "east",
        "shippedAt": "2026-03-02T17:00:00Z",
        "carrier": {"scac": "UPSN", "name": "UPS", "service": "GROUND"},
        "packages": [{"packageId": "P-1", "trackingNumber": f"T-{number}", "items": []}],
        "lines": [{**line, "differenceQuantity": quantity(left), "lineStatus": "partial"}],
        "final": final,
        "version": 1,
        "createdAt": "2026-03-02T17:00:00Z",
        "updatedAt": "2026-03-02T17:00:00Z",
    }


def known_order() -> Knowledge:
    sales_order = {
        "salesOrderId": "SO-1",
        "externalReference": "CO-1",
        "status": "released",
        "version": 3,
        "updatedAt": "2026-03-02T08:00:00Z",
        "lines": [],
    }
    return Knowledge(order_id="CO-1", sales_order=msgspec.convert(sales_order, SalesOrder, strict=False))


class Desk:
    """One order at the reference layer, and what it sent."""

    def __init__(self, make_calls: MakeCalls, order: Knowledge) -> None:
        self.http = Scripted(self.reply)
        self.calls, self.order, self.parts = make_calls(self.http), order, Parts()

    def reply(self, sent: Sent) -> Response:
        return answer(200, {"items": []}) if sent.method == "GET" else answer(201, {"caseId": "CASE-1"})

    async def take(self, data: dict[str, Any]) -> None:
        event = Event(id=f"EV-{data['shipmentId']}", source="/parties/east", type="t", data=data)
        message = Message(1, "east", event.id, "CO-1", b"")
        job = Job(message, event, self.order, self.calls, WAREHOUSES_WITH_AN_API, self.parts, settings())
        await self.parts.shipments.handle(job)

    def sent(self, path: str) -> list[Any]:
        found = [sent for sent in self.http.sent if sent.method == "POST" and sent.url.endswith(path)]
        return [msgspec.json.decode(sent.body) for sent in found]


async def test_the_erp_is_told_just_what_the_warehouse_said(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    said = shipment(1, 6, 4, final=False)
    await desk.take(said)

    own = ("version", "createdAt", "updatedAt")
    assert desk.sent("/shipments") == [{name: value for name, value in said.items() if name not in own}]


async def test_the_invoice_bills_what_was_shipped(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    await desk.take(shipment(1, 6, 4, final=False))

    lines = [{"lineId": "1", "quantity": quantity(6)}]
    assert desk.sent("/invoices") == [{"salesOrderId": "SO-1", "shipmentIds": ["S-1"], "lines": lines}]


async def test_a_shipment_of_nothing_is_confirmed_and_not_billed(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    await desk.take(shipment(1, 0, 10, final=True))

    assert len(desk.sent("/shipments")) == 1
    assert desk.sent("/invoices") == []


async def test_the_same_shipment_again_does_nothing(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    for _ in range(3):
        await desk.take(shipment(1, 10, 0, final=True))

    assert (len(desk.sent("/shipments")), len(desk.sent("/invoices"))) == (1, 1)


async def test_a_shipment_waits_for_one_that_it_has_overtaken(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    with pytest.raises(NotYet, match="an earlier shipment of FF-1"):
        await desk.take(shipment(2, 4, 0, final=True))
    await desk.take(shipment(1, 6, 4, final=False))
    await desk.take(shipment(2, 4, 0, final=True))

    assert [each["shipmentId"] for each in desk.sent("/shipments")] == ["S-1", "S-2"]


async def test_a_shipment_waits_for_its_order(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, Knowledge())

    with pytest.raises(NotYet, match="no sales order"):
        await desk.take(shipment(1, 10, 0, final=True))
    assert desk.http.sent == []


@pytest.mark.parametrize(("left", "final", "cases"), [(4, True, 1), (4, False, 0), (0, True, 0)])
async def test_only_a_last_shipment_that_leaves_something_open_is_an_exception(
    make_calls: MakeCalls, left: int, final: bool, cases: int
) -> None:
    desk = Desk(make_calls, known_order())
    await desk.take(shipment(1, 10 - left, left, final=final))

    assert [each["category"] for each in desk.sent("/cases")] == ["shortShip"] * cases

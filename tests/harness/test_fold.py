"""From journal entries to trails."""

import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crossdock.contracts.objects import OrderStatus
from crossdock.harness.fold import Fold
from crossdock.harness.trail import OrderTrail
from crossdock.scenarios import plan
from crossdock.scenarios.engine import Engine
from crossdock.scenarios.people import ask
from crossdock.scenarios.scenario import library
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry, Journal, Kind, read
from crossdock.simulators.world import World
from crossdock.tests.harness.histories import ASKED, BILLED, DELIVERED, SHIPPED, entries, fold, history
from crossdock.tests.harness.records import ORDER_ID
from crossdock.tests.harness.styles import HEALTHY

SUBMITTED = "crossdock.order.submitted.v1"
START = "2026-03-02T08:00:00+00:00"


def facts(trail: OrderTrail) -> dict[str, Any]:
    """All that a trail holds, but for the details of its entries: those are typed while they are written."""
    known = {field.name: getattr(trail, field.name) for field in dataclasses.fields(trail)}
    known["entries"] = [msgspec.structs.replace(entry, detail=None) for entry in trail.entries]
    return known


def same(live: Fold, replayed: Fold) -> None:
    assert live.trails.keys() == replayed.trails.keys()
    for order_id, trail in live.trails.items():
        assert facts(trail) == facts(replayed.trails[order_id])
    assert {place: stock.books for place, stock in live.stocks.items()} == {
        place: stock.books for place, stock in replayed.stocks.items()
    }
    counters = ("exchanges", "deliveries", "fired", "last_wire_s", "changed")
    assert {name: getattr(live, name) for name in counters} == {name: getattr(replayed, name) for name in counters}


@pytest.mark.parametrize("style", HEALTHY)
def test_a_journal_file_tells_the_same_as_the_journal_did_while_it_was_written(style: str, tmp_path: Path) -> None:
    live, replayed = Fold(), Fold()
    with (tmp_path / "journal.ndjson").open("wb") as sink:
        journal = Journal(ManualClock(), sink)
        journal.subscribe(live.take)
        for entry in entries(HEALTHY[style]):
            fields = {
                name: getattr(entry, name) for name in ("exchange", "client", "correlation", "order_id", "detail")
            }
            journal.append(entry.kind, entry.party, entry.channel, entry.name, **fields)
    for entry in read(tmp_path / "journal.ndjson"):
        replayed.take(entry)
    same(live, replayed)
    assert live.entries == replayed.entries


def test_a_real_world_is_told_the_same_from_its_file(tmp_path: Path) -> None:
    live, replayed = Fold(), Fold()
    with (tmp_path / "journal.ndjson").open("wb") as sink:
        world = World("test", clock := ManualClock(), Ids("T", 1), sink=sink)
        world.journal.subscribe(live.take)
        order_id = _play(world, clock)
    for entry in read(tmp_path / "journal.ndjson"):
        replayed.take(entry)
    same(live, replayed)
    trail = replayed.trail(order_id)
    assert trail.order is not None
    assert trail.order.what.status is OrderStatus.PARTIALLY_SHIPPED
    assert len(trail.shipments) == len(trail.confirmations) == 1, "the ERP's copy of a shipment is no second shipment"
    assert trail.shipped("1") == 4
    assert [seen.what.code for seen in trail.milestones][-1] == "delivered"
    assert {stock.physical is not None for stock in replayed.stocks.values()} == {True}


def _play(world: World, clock: ManualClock) -> str:
    """An order of which four of ten are there, as far as its first shipment."""
    planned = plan.draw([library()["backorder"]], 1, "TEST", 1.0, START).scenarios[0]
    engine = Engine(world)
    engine.prepare(planned)
    engine.strike(planned)
    order_id = engine.order_ids[("backorder", "A")]
    crm, erp, east = (world.parties[name] for name in ("crm", "erp", "east"))
    order = ask(crm, "getOrder", orderId=order_id)
    fields = ("customerNumber", "currency", "shipTo", "serviceLevel", "partialPolicy", "freight")
    document = msgspec.to_builtins(order)
    body = {name: document[name] for name in fields} | {"externalReference": order_id}
    kept = ("lineId", "sku", "quantity", "unitPrice")
    body["lines"] = [{name: line[name] for name in kept} | {"warehouseId": "east"} for line in document["lines"]]
    sales_order = ask(erp, "createSalesOrder", body)
    clock.advance(timedelta(hours=1))
    request = msgspec.json.decode(_last(world, "erp", "crossdock.fulfilment.released.v1"))
    ask(east, "createFulfilmentRequest", request)
    clock.advance(timedelta(hours=60))
    shipment = msgspec.json.decode(_last(world, "east", "crossdock.shipment.shipped.v1"))
    told = {name: value for name, value in shipment.items() if name not in ("version", "createdAt", "updatedAt")}
    ask(erp, "confirmShipment", told, fulfilmentId=request["fulfilmentId"])
    lines = [{"lineId": line["lineId"], "quantity": line["shippedQuantity"]} for line in shipment["lines"]]
    bill = {"salesOrderId": sales_order.sales_order_id, "shipmentIds": [shipment["shipmentId"]], "lines": lines}
    ask(erp, "createInvoice", bill)
    ask(crm, "updateOrderStatus", {"status": "partiallyShipped", "asOf": START}, orderId=order_id)
    ask(crm, "createCase", {"category": "shortShip", "subject": "six are missing", "orderId": order_id})
    return order_id


def _last(world: World, party: str, event_type: str) -> bytes:
    page = world.parties[party].feed.page(None, 1000, frozenset({event_type}))
    return bytes(page.items[-1].data)


def test_what_a_party_does_by_itself_has_no_exchange() -> None:
    trail = history(SHIPPED)
    (shipment,) = trail.shipments.values()
    assert shipment.exchange == 0
    assert shipment.place == f"journal {shipment.seq}"
    (request,) = trail.requested.values()
    assert request.place == f"exchange {request.exchange}"


def test_a_request_is_kept_as_it_was_made_and_as_it_is() -> None:
    trail = history(SHIPPED)
    assert [seen.what.status for seen in trail.requested.values()] == ["accepted"]
    assert [seen.what.status for seen in trail.requests.values()] == ["shipped"]
    assert trail.fulfilments.keys() == {"F1"}


def test_an_order_is_kept_as_it_was_placed_and_as_it_is() -> None:
    trail = history(DELIVERED)
    assert trail.placed is not None
    assert trail.order is not None
    assert (trail.placed.seq, trail.placed.what.status) == (1, "submitted")
    assert trail.order.what.status == "delivered"


def test_an_invoice_that_is_cancelled_stays_where_it_was_posted() -> None:
    trail = history(f"{BILLED} | invoice I1 S1 1:10 status cancelled")
    first = history(BILLED).invoices["I1"]
    assert (trail.invoices["I1"].seq, trail.invoices["I1"].what.status) == (first.seq, "cancelled")


def test_an_event_that_was_swallowed_is_unheard_until_it_is_delivered_after_all() -> None:
    lost = f"{SHIPPED} | swallow shipment.shipped S1"
    assert not history(lost).heard("crossdock.shipment.shipped.v1", "S1")
    assert history(lost).heard("crossdock.fulfilment.released.v1", "F1")
    assert history(f"{lost} | deliver shipment.shipped S1").heard("crossdock.shipment.shipped.v1", "S1")
    assert not history(f"{lost} | deliver shipment.shipped S1 fail").heard("crossdock.shipment.shipped.v1", "S1")


@pytest.mark.parametrize("delivery", ["ok", "fail", "info"])
def test_an_event_that_went_out_counts_as_heard_whatever_the_layer_made_of_it(delivery: str) -> None:
    trail = history(f"{SHIPPED} | deliver shipment.shipped S1 {delivery}")
    assert trail.heard("crossdock.shipment.shipped.v1", "S1")
    assert trail.disturbed is (delivery != "ok")


def test_an_event_that_is_only_late_is_heard() -> None:
    assert not history(f"{SHIPPED} | delay shipment.shipped S1").unheard


def test_an_effect_that_leads_to_no_order_is_a_stray() -> None:
    case = {"caseId": "C1", "category": "integrationError", "status": "new", "priority": "normal", "subject": "?"}
    made = Fold()
    made.take(_commit([["Case", "C1", case | {"version": 1, "createdAt": START, "updatedAt": START}]]))
    assert [entry.name for entry in made.strays] == ["createCase"]
    assert not made.trails


def _commit(records: list[Any]) -> Entry:
    at = msgspec.convert(START, type=type(ManualClock().now()))
    detail = {"records": records}
    return Entry(
        seq=1, at=at, wire_s=0, party="crm", kind="commit", channel="http", name="createCase", exchange=1, detail=detail
    )


def test_records_of_other_kinds_and_entries_without_detail_are_passed_over() -> None:
    made = Fold()
    made.take(_commit([["CancellationWish", "CO-1", {"orderId": "CO-1"}], ["StockReservation", "SO-1", {}]]))
    for kind in ("invoke", "ok", "fail", "info", "fault", "note"):
        made.take(Entry(seq=2, at=_commit([]).at, wire_s=0, party="crm", kind=kind, channel="http", name="x"))
    assert (made.entries, made.trails) == (7, {})


@pytest.mark.parametrize(
    ("last", "moves"),
    [
        ("look erp getSalesOrder", False),
        ("look erp listEvents 503", False),
        ("ask erp issueToken", False),
        ("ask erp createInvoice", True),
        ("fail erp createInvoice 503", True),
        ("deliver order.submitted CO-A", True),
    ],
)
def test_looking_is_no_sign_of_anything_still_going_on(last: str, moves: bool) -> None:
    before = fold("order 1:10 | erp SO1").last_wire_s
    assert (fold(f"order 1:10 | erp SO1 | {last}").last_wire_s > before) is moves


def test_troubles_are_what_faults_struck_and_what_failed_each_once() -> None:
    trail = history("order 1:10 | look erp listSalesOrders 404 | fail erp createSalesOrder 503 unavailable | erp SO1")
    assert trail.troubles == [4]
    assert history("order 1:10 | withhold erp createSalesOrder no-answer").troubles == [2]
    assert history("order 1:10 | look erp listSalesOrders 503").troubles == [2]
    assert not history(ASKED).disturbed


def test_an_outage_is_known_to_every_order_that_was_under_way() -> None:
    assert history("order 1:10 | down east | up east").outages == {2: "east"}
    assert history("down east | order 1:10 | up east").outages == {1: "east"}
    assert history("down east | up east | order 1:10").outages == {}


def test_counts_what_went_over_the_wire() -> None:
    made = fold(f"{ASKED} | ship S1 R1 1:10! | deliver shipment.shipped S1 fail | look erp getSalesOrder")
    assert (made.exchanges, made.deliveries) == (5, 1)
    assert made.entries == len(
        entries(f"{ASKED} | ship S1 R1 1:10! | deliver shipment.shipped S1 fail | look erp getSalesOrder")
    )
    assert fold("order 1:10 | fail erp createSalesOrder 503 unavailable").fired == {"unavailable": 1}


def test_says_which_orders_have_changed() -> None:
    made = Fold()
    story = entries("order 1:10 | erp SO1 | look erp listEvents")
    for entry in story[:1]:
        made.take(entry)
    assert made.changed == {ORDER_ID}
    made.changed.clear()
    for entry in story[1:4]:
        made.take(entry)
    assert made.changed == {ORDER_ID}


def test_nothing_is_kept_of_exchanges_that_are_over() -> None:
    made = fold(f"{DELIVERED} | look erp getSalesOrder | deliver shipment.shipped S1")
    assert not made._updates
    assert not made._looks


def test_what_is_answered_to_a_forged_event_is_neither_trouble_nor_news() -> None:
    fold, journal = Fold(), Journal(ManualClock())
    journal.subscribe(fold.take)
    swallowed = {"event": "EV-1", "sendings": []}
    journal.append("fault", "crm", "webhook", "lost-event", order_id=ORDER_ID, detail=swallowed)
    troubles = list(fold.trails[ORDER_ID].troubles)

    answers: tuple[tuple[Kind, int], ...] = (("ok", 202), ("fail", 401))
    for kind, status in answers:
        asked = journal.append("invoke", "crm", "webhook", SUBMITTED, order_id=ORDER_ID, detail={"forged": "EV-1"})
        detail = {"forged": "EV-1", "status": status}
        journal.append(kind, "crm", "webhook", SUBMITTED, exchange=asked, order_id=ORDER_ID, detail=detail)

    trail = fold.trails[ORDER_ID]
    assert (trail.troubles, trail.unheard, trail.garbled) == (troubles, {"EV-1"}, {})

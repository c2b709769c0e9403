"""From the acceptance to the packing table."""

from crossdock.simulators.journal import Entry
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def test_a_request_is_picked_packed_and_shipped_at_its_hours(west: Warehouse) -> None:
    west.request()
    seen = []
    for _ in range(7):
        seen.append(west.status())
        west.pass_hours(0.5)
    assert seen == ["accepted", "accepted", "picking", "picking", "picking", "packed", "shipped"]


def test_each_stage_is_announced_once_with_the_request_as_it_is_then(west: Warehouse) -> None:
    west.request()
    west.pass_hours(100)
    stages = west.told("fulfilment.accepted", "fulfilment.picking", "fulfilment.packed")
    assert [stage["status"] for stage in stages] == ["accepted", "picking", "packed"]
    assert [stage["version"] for stage in stages] == [1, 2, 3]


def test_every_event_of_a_request_is_about_the_crm_order(west: Warehouse) -> None:
    entries: list[Entry] = []
    west.world.journal.subscribe(entries.append)
    west.request(orderId="CO-7")
    west.pass_hours(100)
    assert {entry.order_id for entry in entries} == {"CO-7"}


def test_what_came_in_before_the_pick_is_taken_along(west: Warehouse) -> None:
    west.receive("SKU-2", 4)
    west.request("FF-1", ("1", "SKU-2", "10 EA"))
    assert west.stock("SKU-2")["allocated"] == 4
    west.receive("SKU-2", 20)
    west.pass_hours(1.5)
    assert west.stock("SKU-2") == {"onHand": 24, "available": 14, "allocated": 10, "onHold": 0, "damaged": 0}


def test_two_requests_for_the_last_goods_ship_what_each_has_laid_aside(west: Warehouse) -> None:
    west.receive("SKU-2", 10)
    west.request("FF-1", ("1", "SKU-2", "8 EA"))
    west.request("FF-2", ("1", "SKU-2", "8 EA"), orderId="CO-2")
    west.pass_hours(100)
    shipped = [west.shipments(name)[0]["lines"][0]["shippedQuantity"]["value"] for name in ("FF-1", "FF-2")]
    assert shipped == ["8", "2"]
    assert west.status("FF-2") == "shortClosed"
    assert west.stock("SKU-2")["onHand"] == 0

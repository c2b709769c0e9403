"""What staff are told about an order beforehand."""

from decimal import Decimal

from crossdock.contracts.objects import Carrier
from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def test_staff_refuse_an_order_with_the_problem_they_were_told(west: Warehouse) -> None:
    west.handle("CO-1", refuse="capacity-exceeded")
    assert refusal_of(west.request).code == "capacity-exceeded"
    assert west.stock()["allocated"] == 0
    west.request("FF-2", orderId="CO-2")


def test_a_request_that_is_held_is_picked_later(west: Warehouse) -> None:
    west.handle("CO-1", hold_h=24)
    west.request()
    west.pass_hours(24.5)
    assert west.status() == "accepted"
    west.pass_hours(1)
    assert west.status() == "picking"


def test_parcels_go_with_the_carrier_that_staff_were_told(west: Warehouse) -> None:
    west.handle("CO-1", carrier=Carrier(scac="ECOT", name="Économie Transport", service="Élan"))
    west.request()
    west.pass_hours(4)
    assert west.shipments()[0]["carrier"]["name"] == "Économie Transport"


def test_it_is_about_the_first_request_of_the_order_and_later_ones_go_well(west: Warehouse) -> None:
    west.handle("CO-1", shipments=({"1": Decimal(6)},))
    west.request("FF-1")
    west.pass_hours(100)
    west.request("FF-2", ("1", "SKU-1", "4 EA"))
    west.pass_hours(100)
    assert [west.status(name) for name in ("FF-1", "FF-2")] == ["shortClosed", "shipped"]


def test_a_later_request_of_the_order_can_be_named_by_its_number(west: Warehouse) -> None:
    west.handle("CO-1/2", shipments=({"1": Decimal(1)},))
    west.request("FF-1")
    west.request("FF-2")
    west.pass_hours(100)
    assert [west.status(name) for name in ("FF-1", "FF-2")] == ["shipped", "shortClosed"]

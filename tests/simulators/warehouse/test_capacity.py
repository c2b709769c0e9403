"""How much a warehouse works on at once."""

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def room(warehouse: Warehouse) -> tuple[int, int]:
    capacity = warehouse("getCapacity")
    return capacity["open"], capacity["free"]


def test_a_full_warehouse_takes_no_further_request(west: Warehouse) -> None:
    west.set(daily_capacity=2)
    west.request("FF-1")
    west.request("FF-2")
    assert room(west) == (2, 0)
    assert refusal_of(lambda: west.request("FF-3")).code == "capacity-exceeded"


def test_there_is_room_again_once_a_request_is_shipped_or_cancelled(west: Warehouse) -> None:
    west.set(daily_capacity=2)
    west.request("FF-1")
    west.pass_hours(100)
    west.request("FF-2")
    west.request("FF-3")
    west("cancelFulfilmentRequest", fulfilmentId="FF-3")
    assert room(west) == (1, 1)
    west.request("FF-4")


def test_a_partly_shipped_request_still_takes_room(west: Warehouse) -> None:
    west.handle("CO-1", shipments=({"1": 5}, {"1": 5}))
    west.request()
    west.pass_hours(4)
    assert room(west)[0] == 1
    west.pass_hours(100)
    assert room(west)[0] == 0


def test_a_replaced_request_takes_room_once(west: Warehouse) -> None:
    west.request()
    west.request(revision=2)
    assert room(west)[0] == 1


def test_a_known_fulfilment_is_a_duplicate_even_when_the_warehouse_is_full(west: Warehouse) -> None:
    west.set(daily_capacity=1)
    west.request()
    assert refusal_of(west.request).code == "duplicate-fulfilment"


def test_a_warehouse_that_was_made_smaller_says_that_nothing_is_free(west: Warehouse) -> None:
    west.request("FF-1")
    west.request("FF-2")
    west.set(daily_capacity=1)
    assert room(west) == (2, 0)

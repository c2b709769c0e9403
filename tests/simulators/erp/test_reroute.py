"""Reroute and acknowledgement: which warehouse has a fulfilment."""

from typing import Any

from crossdock.contracts.objects import FulfilmentStatus, SalesOrderStatus
from crossdock.tests.simulators.erp.conftest import Erp


def test_a_rerouted_fulfilment_takes_its_reservation_along_under_the_next_revision(erp: Erp) -> None:
    erp.stock("10")
    erp.stock("10", "SKU-1", "west")
    order = erp.order("8")
    rerouted = erp.ask("rerouteFulfilment", {"warehouseId": "west"}, fulfilmentId=order.fulfilment_ids[0])
    assert (rerouted.warehouse_id, rerouted.revision, rerouted.status) == ("west", 2, FulfilmentStatus.RELEASED)
    assert erp.position() == (10, 0, 10)
    assert erp.position("SKU-1", "west") == (10, 8, 2)
    assert erp.line(order).warehouse_id == "west"
    told = erp.told("fulfilment.released")
    assert [(request["fulfilmentId"], request["warehouseId"], request["revision"]) for request in told] == [
        (order.fulfilment_ids[0], "east", 1),
        (order.fulfilment_ids[0], "west", 2),
    ]


def test_a_rerouted_fulfilment_ships_from_its_new_warehouse(erp: Erp) -> None:
    erp.stock("10")
    erp.stock("10", "SKU-1", "west")
    order = erp.order("8")
    (before,) = erp.fulfilments(order)
    erp.ask("rerouteFulfilment", {"warehouseId": "west"}, fulfilmentId=before.fulfilment_id)
    stale = erp.shipment(before, {"1": "8"})
    assert erp.refusal("confirmShipment", stale, fulfilmentId=before.fulfilment_id).code == "wrong-warehouse"
    erp.ship(before)
    assert erp.position("SKU-1", "west") == (2, 0, 2)
    assert erp.position() == (10, 0, 10)


def test_it_moves_whole_or_not_at_all(erp: Erp) -> None:
    erp.stock("20")
    erp.stock("9", "SKU-1", "west")
    order = erp.order("5", "5")
    body = {"warehouseId": "west"}
    refusal = erp.refusal("rerouteFulfilment", body, fulfilmentId=order.fulfilment_ids[0])
    assert refusal.code == "no-stock"
    assert "west can promise 9 of 10 EA SKU-1" in refusal.detail


def test_what_it_leaves_behind_goes_to_those_who_wait(erp: Erp) -> None:
    erp.stock("10")
    erp.stock("10", "SKU-1", "west")
    order = erp.order("10", order_id="CO-1")
    waiting = erp.order("3", order_id="CO-2")
    erp.ask("rerouteFulfilment", {"warehouseId": "west"}, fulfilmentId=order.fulfilment_ids[0])
    assert erp.now(waiting).status is SalesOrderStatus.RELEASED


def test_a_reroute_to_where_the_fulfilment_is_already_changes_nothing(erp: Erp) -> None:
    erp.stock("10")
    erp.stock("10", "SKU-1", "west")
    fulfilment_id = erp.order("8").fulfilment_ids[0]
    moved = erp.ask("rerouteFulfilment", {"warehouseId": "west"}, fulfilmentId=fulfilment_id)
    events = len(erp.events)
    assert erp.ask("rerouteFulfilment", {"warehouseId": "west"}, fulfilmentId=fulfilment_id) == moved
    assert erp.ask("getFulfilment", fulfilmentId=fulfilment_id) == moved
    assert (moved.revision, len(erp.events)) == (2, events), "no new revision, no event"


def test_what_is_shipped_or_cancelled_does_not_move(erp: Erp) -> None:
    erp.stock("30")
    erp.stock("30", "SKU-1", "west")
    shipped, pending, there = (erp.order("10", order_id=f"CO-{number}") for number in range(3))
    erp.ship(erp.fulfilments(shipped)[0], "4", final=False)
    erp.ask("cancelSalesOrder", salesOrderId=pending.sales_order_id)
    for order in (shipped, pending):
        refusal = erp.refusal("rerouteFulfilment", {"warehouseId": "west"}, fulfilmentId=order.fulfilment_ids[0])
        assert refusal.code == "fulfilment-state"
    refusal = erp.refusal("rerouteFulfilment", {"warehouseId": "north"}, fulfilmentId=there.fulfilment_ids[0])
    assert refusal.code == "unknown-warehouse"


def test_what_the_warehouse_said_is_noted_and_a_reroute_begins_anew(erp: Erp) -> None:
    erp.stock("10")
    erp.stock("10", "SKU-1", "west")
    fulfilment_id = erp.order("10").fulfilment_ids[0]
    accepted = {"warehouseId": "east", "status": "accepted"}
    first = erp.ask("acknowledgeFulfilment", accepted, fulfilmentId=fulfilment_id)
    assert first.status is FulfilmentStatus.ACCEPTED
    assert erp.ask("acknowledgeFulfilment", accepted, fulfilmentId=fulfilment_id) == first
    rejected = {"warehouseId": "east", "status": "rejected", "reason": "full"}
    assert erp.ask("acknowledgeFulfilment", rejected, fulfilmentId=fulfilment_id).status is FulfilmentStatus.RELEASED
    erp.ask("rerouteFulfilment", {"warehouseId": "west"}, fulfilmentId=fulfilment_id)
    assert erp.refusal("acknowledgeFulfilment", accepted, fulfilmentId=fulfilment_id).code == "wrong-warehouse"
    erp.ship(erp.ask("getFulfilment", fulfilmentId=fulfilment_id))
    west = accepted | {"warehouseId": "west"}
    assert erp.refusal("acknowledgeFulfilment", west, fulfilmentId=fulfilment_id).code == "fulfilment-state"


def test_fulfilments_are_found_by_order_warehouse_and_status(erp: Erp) -> None:
    erp.stock("30")
    erp.stock("10", "SKU-2", "west")
    first, second = erp.order("10", "5 SKU-2 west", order_id="CO-1"), erp.order("10", order_id="CO-1")
    erp.order("10", order_id="CO-2")

    def found(**how: Any) -> list[str]:
        return [each.fulfilment_id for each in erp.ask("listFulfilments", **how).items]

    assert found(salesOrderId=first.sales_order_id) == list(first.fulfilment_ids)
    assert found(orderId="CO-1") == [*first.fulfilment_ids, *second.fulfilment_ids]
    assert found(orderId="CO-1", warehouseId="west") == [first.fulfilment_ids[1]]
    assert found(status="shipped") == []
    assert len(found(status="released")) == 4
    assert found(salesOrderId="SO-9") == found(orderId="CO-9") == []

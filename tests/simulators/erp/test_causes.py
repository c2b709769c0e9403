"""Events: each operation causes what its contract says (`x-causes`), and the other half, that it causes nothing else,
is held by every test of the ERP (conftest.Erp).
"""

from collections import defaultdict

from crossdock.simulators.journal import Committed, Entry
from crossdock.tests.simulators.erp.conftest import Erp, causes_of_operations, each


def test_each_operation_causes_every_event_that_it_says_it_may_cause(erp: Erp) -> None:
    caused: defaultdict[str, set[str]] = defaultdict(set)

    def watch(entry: Entry) -> None:
        if isinstance(entry.detail, Committed):
            caused[entry.name].update(event.type for event in entry.detail.events)

    erp.world.journal.subscribe(watch)
    erp.item("SKU-3")
    _sell_return_and_credit(erp)
    _hold_and_release(erp)
    _free_stock_for_those_who_wait(erp)
    said = {operation: set(events) for operation, events in causes_of_operations().items() if events}
    assert {operation: caused[operation] for operation in said} == said


def _sell_return_and_credit(erp: Erp) -> None:
    """What comes back goes to an order that waits for it."""
    erp.stock("4")
    order = erp.shipped_order("4", order_id="CO-1")
    waiting = erp.order("2", order_id="CO-2")
    rma = erp.receive(erp.authorize(order, "2"), "2 good restock")
    body = {"rmaId": rma.rma_id, "receiptIds": ["RCP-1"], "lines": [{"lineId": "1", "quantity": each("2")}]}
    erp.ask("createCreditMemo", body)
    assert len(erp.fulfilments(waiting)) == 1
    erp.order("1", order_id="CO-3")
    erp.stock("1")


def _hold_and_release(erp: Erp) -> None:
    erp.ask("updateItem", {"description": "Another"}, if_match=1, sku="SKU-3")
    erp.customer("CUST-2", limit="1.00")
    erp.stock("5", "SKU-2")
    held = erp.order("5 SKU-2 east", order_id="CO-4", customerNumber="CUST-2")
    erp.ask("releaseHold", salesOrderId=held.sales_order_id)


def _free_stock_for_those_who_wait(erp: Erp) -> None:
    """By a cancellation before the release, by one that the warehouse reports, and by a reroute."""
    erp.stock("10", "SKU-3")
    erp.stock("10", "SKU-3", "west")
    erp.set(release_after_h=1)
    unreleased = erp.order("10 SKU-3 east", order_id="CO-5")
    released = erp.order("10 SKU-3 east", order_id="CO-6")
    erp.ask("cancelSalesOrder", salesOrderId=unreleased.sales_order_id)
    erp.ask("cancelSalesOrder", salesOrderId=released.sales_order_id)
    waiting = erp.order("10 SKU-3 east", order_id="CO-7")
    (fulfilment,) = erp.fulfilments(released)
    erp.ask("reportCancellation", {"outcome": "cancelled"}, fulfilmentId=fulfilment.fulfilment_id)
    last = erp.order("10 SKU-3 east", order_id="CO-8")
    (moved,) = erp.fulfilments(waiting)
    erp.ask("rerouteFulfilment", {"warehouseId": "west"}, fulfilmentId=moved.fulfilment_id)
    assert len(erp.fulfilments(last)) == 1

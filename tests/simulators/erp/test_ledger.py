"""Whatever is asked of the ERP, in whatever order: stock, orders and money close after every step."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from crossdock.contracts.objects import (
    Fulfilment,
    FulfilmentStatus,
    ReturnAuthorization,
    SalesOrder,
    SalesOrderStatus,
    Shipment,
)
from crossdock.simulators.refusal import Refusal
from crossdock.tests.simulators.erp.conftest import Erp, amount, each
from crossdock.tests.simulators.erp.ledgers import all_close, overpromised

SKUS = ("SKU-1", "SKU-2")
WAREHOUSES = ("east", "west")
POLICIES = ("allowBackorder", "shipAvailable", "shipComplete")
quantities = st.integers(1, 12).map(str) | st.sampled_from(("0.5", "2.25"))
places = st.integers(0, 20)
DONE = (FulfilmentStatus.SHIPPED, FulfilmentStatus.SHORT_CLOSED, FulfilmentStatus.CANCELLED)

S = SalesOrderStatus
# What is left out is left for good.
LEGAL = {
    S.ACCEPTED: {S.RELEASED, S.BACKORDERED, S.CANCELLED},
    S.ON_HOLD: {S.ACCEPTED, S.RELEASED, S.BACKORDERED, S.REJECTED, S.CANCELLED},
    S.BACKORDERED: {S.ACCEPTED, S.RELEASED, S.CANCELLED},
    S.RELEASED: {S.PARTIALLY_SHIPPED, S.SHIPPED, S.CLOSED, S.BACKORDERED, S.CANCEL_PENDING, S.CANCELLED},
    S.CANCEL_PENDING: {S.RELEASED, S.CANCELLED, S.PARTIALLY_SHIPPED, S.SHIPPED, S.CLOSED},
    S.PARTIALLY_SHIPPED: {S.SHIPPED, S.CLOSED},
    S.SHIPPED: {S.CLOSED},
}


class Ledger(RuleBasedStateMachine):
    """Two items at two warehouses, a customer with credit and one with little."""

    @initialize(release_after_h=st.sampled_from((0, 1)), reserve_on_hold=st.booleans())
    def open(self, **customizing: Any) -> None:
        self.erp = Erp()
        self.erp.customer("CUST-1", limit="1000000.00")
        self.erp.customer("CUST-2", limit="300.00")
        self.erp.item("SKU-1", amount("12.50"))
        self.erp.item("SKU-2", amount("0.95"), taxCategory="reduced")
        self.erp.set(**customizing)
        for sku in SKUS:
            for warehouse_id, value in (("east", "14"), ("west", "7")):
                self.erp.stock(value, sku, warehouse_id)
        self.counted_less = False
        self.numbers = {"CO": 0, "SHP": 0, "RCP": 0}
        self.seen: dict[str, SalesOrderStatus] = {}
        self.confirmed: list[tuple[str, Any]] = []

    def attempt(self, operation: str, body: Any = None, **params: Any) -> Any:
        """The answer, or None when it was refused."""
        try:
            return self.erp.ask(operation, body, **params)
        except Refusal:
            return None

    def next(self, name: str) -> str:
        self.numbers[name] += 1
        return f"{name}-{self.numbers[name]}"

    def some(self, kind: type[Any], place: int, promising: Callable[[Any], bool] = lambda _record: True) -> Any:
        """One of the records of a kind, usually one that promises to get further; None when there are none."""
        records = list(self.erp.party.state.table(kind).values())
        if place % 5:
            records = [record for record in records if promising(record)] or records
        return records[-1 - place % len(records)] if records else None

    @rule(
        customer=st.sampled_from(("CUST-1", "CUST-1", "CUST-2")),
        policy=st.sampled_from(POLICIES),
        lines=st.lists(
            st.tuples(quantities, st.sampled_from(SKUS), st.sampled_from((*WAREHOUSES, "-"))), min_size=1, max_size=3
        ),
    )
    def order(self, customer: str, policy: str, lines: list[tuple[str, str, str]]) -> None:
        prices = {"SKU-1": amount("12.50"), "SKU-2": amount("0.95")}
        body = self.erp.body(*(" ".join(line) for line in lines), order_id=self.next("CO"))
        for line in body["lines"]:
            line["unitPrice"] = prices[line["sku"]]
        self.attempt("createSalesOrder", body | {"customerNumber": customer, "partialPolicy": policy})

    @rule(sku=st.sampled_from(SKUS), warehouse_id=st.sampled_from(WAREHOUSES), value=st.integers(1, 25).map(str))
    def goods_come_in(self, sku: str, warehouse_id: str, value: str) -> None:
        self.erp.stock(value, sku, warehouse_id)

    @rule(sku=st.sampled_from(SKUS), warehouse_id=st.sampled_from(WAREHOUSES), value=st.integers(1, 10))
    def goods_are_missing(self, sku: str, warehouse_id: str, value: int) -> None:
        body = {"warehouseId": warehouse_id, "sku": sku, "kind": "adjustment", "quantity": each(str(-value))}
        if self.attempt("postStockMovement", body):
            self.counted_less = True

    @rule(hours=st.sampled_from((0.5, 1.0)))
    def time_passes(self, hours: float) -> None:
        self.erp.pass_hours(hours)

    @rule(place=places)
    def release_hold(self, place: int) -> None:
        if order := self.some(SalesOrder, place, lambda order: order.holds):
            self.attempt("releaseHold", salesOrderId=order.sales_order_id)

    @rule(place=places)
    def cancel(self, place: int) -> None:
        if order := self.some(SalesOrder, place):
            self.attempt("cancelSalesOrder", {}, salesOrderId=order.sales_order_id)

    @rule(place=places, outcome=st.sampled_from(("cancelled", "refused")))
    def report_cancellation(self, place: int, outcome: str) -> None:
        asked = FulfilmentStatus.CANCEL_REQUESTED
        if fulfilment := self.some(Fulfilment, place, lambda fulfilment: fulfilment.status is asked):
            self.attempt("reportCancellation", {"outcome": outcome}, fulfilmentId=fulfilment.fulfilment_id)

    @rule(place=places, warehouse_id=st.sampled_from(WAREHOUSES))
    def reroute(self, place: int, warehouse_id: str) -> None:
        if fulfilment := self.some(Fulfilment, place, lambda fulfilment: fulfilment.warehouse_id != warehouse_id):
            self.attempt("rerouteFulfilment", {"warehouseId": warehouse_id}, fulfilmentId=fulfilment.fulfilment_id)

    @rule(place=places, status=st.sampled_from(("accepted", "rejected")))
    def acknowledge(self, place: int, status: str) -> None:
        if fulfilment := self.some(Fulfilment, place):
            body = {"warehouseId": fulfilment.warehouse_id, "status": status}
            self.attempt("acknowledgeFulfilment", body, fulfilmentId=fulfilment.fulfilment_id)

    @rule(
        place=places,
        shares=st.lists(st.sampled_from(("1", "0.5", "0", "1", "1.5")), min_size=3, max_size=3),
        final=st.booleans(),
    )
    def ship(self, place: int, shares: list[str], final: bool) -> None:
        fulfilment: Fulfilment | None = self.some(Fulfilment, place, _is_open)
        if fulfilment is None or (final and len(fulfilment.lines) > len(shares)):
            return
        shipped = {}
        for line, share in zip(fulfilment.lines, shares, strict=False):
            left = (line.quantity - line.shipped_quantity).value
            shipped[line.line_id] = f"{(left * Decimal(share)).quantize(Decimal('0.01')):f}"
        body = self.erp.shipment(fulfilment, shipped, self.next("SHP"), final=final)
        if self.attempt("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id):
            self.confirmed.append((fulfilment.fulfilment_id, body))
            now = self.erp.ask("getFulfilment", fulfilmentId=fulfilment.fulfilment_id)
            assert now.status in DONE or not final, f"{now} has something open after its final shipment"

    @rule(
        values=st.lists(quantities, min_size=1, max_size=2),
        share=st.sampled_from(("1", "1", "0.5")),
        policy=st.sampled_from(POLICIES),
    )
    def sell(self, values: list[str], share: str, policy: str) -> None:
        """An order that runs through to the bill, whole or short."""
        lines = [(value, sku, "-") for value, sku in zip(values, SKUS, strict=False)]
        self.order("CUST-1", policy, lines)
        self.erp.pass_hours(1)
        order = self.some(SalesOrder, 0)
        for fulfilment in self.erp.fulfilments(order):
            if _is_open(fulfilment):
                self.ship(0, [share] * 3, True)
                billed = [f"{line.shipped_quantity.value:f}" for line in self.erp.now(order).lines]
                self.bill(0, [value if Decimal(value) else "1" for value in billed])

    @rule(place=places, values=st.lists(quantities, min_size=1, max_size=2), whole=st.booleans())
    def take_back(self, place: int, values: list[str], whole: bool) -> None:
        """A return that runs through to the credit memo, in one box or in two."""
        before = len(self.erp.party.state.table(ReturnAuthorization))
        self.authorize(place, values)
        if len(self.erp.party.state.table(ReturnAuthorization)) == before:
            return
        rma = self.some(ReturnAuthorization, 0)
        came = [f"{number}: {line.quantity.value:f} good restock" for number, line in enumerate(rma.lines, 1)]
        body = self.erp.receipt(rma, *(came if whole else came[:1]), receipt_id=self.next("RCP"))
        self.attempt("receiveReturn", body, rmaId=rma.rma_id)
        self.credit(0, values[0])

    @rule(place=places)
    def confirm_again(self, place: int) -> None:
        if self.confirmed:
            fulfilment_id, body = self.confirmed[place % len(self.confirmed)]
            assert self.attempt("confirmShipment", body, fulfilmentId=fulfilment_id) is None

    @rule(place=places, values=st.lists(quantities, min_size=3, max_size=3))
    def bill(self, place: int, values: list[str]) -> None:
        shipment: Shipment | None = self.some(Shipment, place)
        if shipment is None:
            return
        order_id = self.erp.party.state.table(Fulfilment)[shipment.fulfilment_id].sales_order_id
        order = self.erp.party.state.table(SalesOrder)[order_id]
        body = self.erp.bill_body(order, *values[: len(order.lines)], shipment_id=shipment.shipment_id)
        self.attempt("createInvoice", body)

    @rule(place=places, values=st.lists(quantities, min_size=3, max_size=3))
    def authorize(self, place: int, values: list[str]) -> None:
        shipment: Shipment | None = self.some(Shipment, place)
        if shipment is not None:
            order_id = self.erp.party.state.table(Fulfilment)[shipment.fulfilment_id].sales_order_id
            lines = [
                {"lineId": line.line_id, "quantity": each(value)}
                for line, value in zip(shipment.lines, values, strict=False)
            ]
            self.attempt("createReturn", {"salesOrderId": order_id, "reason": "x", "lines": lines})

    @rule(
        place=places,
        came=st.lists(
            st.tuples(
                quantities,
                st.sampled_from(("good", "damaged", "defective", "wrongItem")),
                st.sampled_from(("restock", "quarantine", "scrap")),
            ),
            min_size=1,
            max_size=2,
        ),
    )
    def receive(self, place: int, came: list[tuple[str, str, str]]) -> None:
        rma: ReturnAuthorization | None = self.some(ReturnAuthorization, place, lambda rma: not rma.receipt_ids)
        if rma is not None:
            body = self.erp.receipt(rma, *(" ".join(line) for line in came), receipt_id=self.next("RCP"))
            self.attempt("receiveReturn", body, rmaId=rma.rma_id)

    @rule(place=places, value=quantities)
    def credit(self, place: int, value: str) -> None:
        rma: ReturnAuthorization | None = self.some(ReturnAuthorization, place, lambda rma: rma.receipt_ids)
        if rma is not None and rma.receipt_ids:
            lines = [{"lineId": rma.lines[0].line_id, "quantity": each(value)}]
            self.attempt("createCreditMemo", {"rmaId": rma.rma_id, "receiptIds": list(rma.receipt_ids), "lines": lines})

    @invariant()
    def everything_closes(self) -> None:
        if hasattr(self, "erp"):
            all_close(self.erp.party)

    @invariant()
    def nothing_is_promised_that_is_not_there(self) -> None:
        if hasattr(self, "erp") and not self.counted_less:
            assert overpromised(self.erp.party) == []

    @invariant()
    def orders_go_only_where_they_may(self) -> None:
        if not hasattr(self, "erp"):
            return
        for order in self.erp.party.state.table(SalesOrder).values():
            before = self.seen.get(order.sales_order_id, order.status)
            legal = before is order.status or order.status in LEGAL.get(before, ())
            assert legal, f"{order.sales_order_id} went from {before.value} to {order.status.value}"
            self.seen[order.sales_order_id] = order.status


def _is_open(fulfilment: Fulfilment) -> bool:
    return fulfilment.status not in DONE


Ledger.TestCase.settings = settings(max_examples=45, stateful_step_count=40, deadline=None, database=None)
TestLedger = Ledger.TestCase

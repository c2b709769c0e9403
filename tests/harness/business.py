"""What parties and layer do in a history when all goes as it should, or nearly so (see histories.py)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from crossdock.contracts.objects import (
    Case,
    Fulfilment,
    Order,
    OrderTracking,
    Quantity,
    SalesOrder,
    Shipment,
    ShipmentLine,
    TrackingMilestone,
)
from crossdock.tests.harness import records
from crossdock.tests.harness.journaling import Journaling, Written
from crossdock.tests.harness.ledger import Ledger
from crossdock.tests.harness.records import CARRIER, NOTHING, ORDER_ID, START, each
from crossdock.tests.harness.statements import line, options, promise, quantities

CASE_STEPS = ("working", "escalated", "resolved", "closed")


def _became(shipped: Decimal, backordered: Decimal, cancelled: Decimal) -> dict[str, Quantity]:
    return {"shipped": each(shipped), "backordered": each(backordered), "cancelled": each(cancelled)}


class Business(Journaling):
    """Each `do_` method is a statement; the parties' records are kept as they are now."""

    def __init__(self) -> None:
        super().__init__()
        self.order: Order | None = None
        self.sales_orders: dict[str, SalesOrder] = {}
        self.fulfilments: dict[str, Fulfilment] = {}
        self.requests: dict[str, Fulfilment] = {}
        self.shipments: dict[str, Shipment] = {}
        self.steps: dict[str, list[TrackingMilestone]] = {}
        self.cases: dict[str, Case] = {}
        self.ledger = Ledger()
        self.billed = False

    def do_stock(self, warehouse: str, *words: str) -> None:
        """So many of each line's item are in the books and on the shelf."""
        there = quantities(words)
        counted = self.ledger.counted(warehouse, {name: -value for name, value in there.items()})
        self.commit(warehouse, "people", "adjustInventory", counted, about="")
        self.commit("erp", "people", "postStockMovement", self.ledger.booked(warehouse, there), about="")

    def do_order(self, *words: str) -> None:
        words_left, given = options(words, freight="9.50")
        lines = {name: (value, price) for name, value, price in map(line, words_left)}
        self.order = records.order(lines, given["freight"], "shipAvailable")
        written: Written = [("Order", ORDER_ID, self.order)]
        self.commit("crm", "people", "createOrder", written, ("order.submitted", ORDER_ID, self.order))

    def do_erp(self, key: str, *words: str) -> None:
        words_left, given = options(words, of=ORDER_ID, at="erp", freight="9.50", status="accepted")
        lines = dict(map(promise, words_left))
        if not lines and self.order is not None:
            lines = {each.line_id: (each.quantity.value, NOTHING, NOTHING) for each in self.order.lines}
        made = records.sales_order(key, given["of"], lines, given["status"], given["freight"])
        self.sales_orders[key] = made
        acknowledged = ("sales-order.acknowledged", key, {"orderId": given["of"]})
        self.call(given["at"], "createSalesOrder", [("SalesOrder", key, made)], acknowledged, about=given["of"])

    def do_becomes(self, key: str, status: str) -> None:
        """A sales order changes by the ERP's people or its own work."""
        made = self.change(key, status=status, holds=())
        self.commit("erp", "clock", "change", [("SalesOrder", key, made)], ("sales-order.changed", key, made))

    def change(self, key: str, **fields: Any) -> SalesOrder:
        before = self.sales_orders[key]
        self.sales_orders[key] = replace(before, version=before.version + 1, **fields)
        return self.sales_orders[key]

    def do_release(self, key: str, warehouse: str, *words: str) -> None:
        live = [name for name, order in self.sales_orders.items() if order.status not in ("rejected", "cancelled")]
        words_left, given = options(words, of=live[0])
        before, owner = self.fulfilments.get(key), given["of"]
        made = records.fulfilment(key, warehouse, ORDER_ID, owner, quantities(words_left), "released")
        self.fulfilments[key] = made = replace(made, revision=before.revision + 1) if before else made
        written: Written = [("Fulfilment", key, made), ("SalesOrder", owner, self.change(owner, status="released"))]
        self.commit("erp", "clock", "release-order", written, ("fulfilment.released", key, records.released(made)))

    def do_withdraw(self, key: str, status: str = "cancelled") -> None:
        """The ERP cancels a fulfilment, or wants the warehouse asked first (`cancelRequested`)."""
        self.fulfilments[key] = made = replace(self.fulfilments[key], status=status)
        event = ("fulfilment.cancel-requested", key, made)
        self.commit("erp", "clock", "cancel", [("Fulfilment", key, made)], event)

    def do_report_cancelled(self, key: str) -> None:
        """The layer tells the ERP that a fulfilment was cancelled."""
        self.fulfilments[key] = made = replace(self.fulfilments[key], status="cancelled")
        self.call("erp", "reportCancellation", [("Fulfilment", key, made)])

    def do_request(self, key: str, warehouse: str, fulfilment: str, *words: str) -> None:
        asked, known = quantities(words), self.fulfilments.get(fulfilment)
        if not asked and known is not None:
            asked = {each.line_id: each.quantity.value for each in known.lines}
        owner = known.sales_order_id if known is not None else "SO1"
        self.requests[key] = made = records.fulfilment(fulfilment, warehouse, ORDER_ID, owner, asked, "accepted")
        accepted = ("fulfilment.accepted", fulfilment, made)
        self.call(warehouse, "createFulfilmentRequest", [("Fulfilment", key, made)], accepted)

    def do_stop(self, key: str) -> None:
        """The layer cancels a request at the warehouse."""
        self.requests[key] = made = replace(self.requests[key], status="cancelled")
        self.call(made.warehouse_id, "cancelFulfilmentRequest", [("Fulfilment", key, made)])

    def do_ship(self, key: str, request: str, *words: str) -> None:
        words_left, given = options(words, **{"in": f"T{key.lstrip('S')}"})
        asked, now = self.requests[request], quantities(words_left)
        final = any(word.endswith("!") for word in words_left)
        before: dict[str, Decimal] = {each.line_id: each.shipped_quantity.value for each in asked.lines}
        made = records.shipment(key, asked, now, before, given["in"].split(","), final=final)
        self.shipments[key] = made
        lines = tuple(
            replace(known, shipped_quantity=known.shipped_quantity + each(now.get(known.line_id, NOTHING)))
            for known in asked.lines
        )
        status: Any = "shipped" if final else "partiallyShipped"
        shipment_ids = (*asked.shipment_ids, made.shipment_id)
        self.requests[request] = after = replace(asked, lines=lines, status=status, shipment_ids=shipment_ids)
        written: Written = [("Shipment", key, made), ("Fulfilment", request, after)]
        written += self.ledger.counted(asked.warehouse_id, now)
        self.commit(asked.warehouse_id, "clock", "ship", written, ("shipment.shipped", key, made))

    def do_confirm(self, key: str, *words: str) -> None:
        """`1:10` tells another quantity, `of F2` another fulfilment, `final` or `open` whether more comes; `rest
        backordered` is what the order's policy makes of what is left open for good.
        """
        words_left, given = options(words, of="", rest="cancelled")
        shipment = self.shipments.get(key) or records.shipment(key, self.requests["R1"], {}, {}, [], final=True)
        told = quantities(word for word in words_left if ":" in word)
        told = told or {each.line_id: each.shipped_quantity.value for each in shipment.lines}
        final = "final" in words_left or (shipment.final and "open" not in words_left)
        owner = given["of"] or shipment.fulfilment_id
        lines = tuple(_told(shipment, name, value) for name, value in told.items())
        booked = replace(shipment, fulfilment_id=owner, lines=lines, final=final)
        written: Written = [("Shipment", f"{owner}/{key}", booked), *self._taken_up(booked, told, given["rest"])]
        written += self.ledger.booked(shipment.warehouse_id, {name: -value for name, value in told.items()})
        self.call("erp", "confirmShipment", written)

    def _taken_up(self, booked: Shipment, told: dict[str, Decimal], rest: str) -> Written:
        """What the ERP makes of a confirmation: the order's lines, and the fulfilment."""
        fulfilment = self.fulfilments.get(booked.fulfilment_id)
        if fulfilment is None:
            return []
        key = fulfilment.sales_order_id
        for name, value in told.items():
            after = records.with_line(self.sales_orders[key], name, shipped=value)
            asked = next(each.quantity.value for each in fulfilment.lines if each.line_id == name)
            gone = sum((each.shipped_quantity.value for each in after.lines if each.line_id == name), NOTHING)
            if booked.final and asked > gone:
                after = records.with_line(after, name, confirmed=gone - asked, **{rest: asked - gone})
            self.sales_orders[key] = after
        open_ = any(
            each.shipped_quantity.value + each.cancelled_quantity.value < each.quantity.value
            for each in self.sales_orders[key].lines
        )
        after = self.change(key, status="partiallyShipped" if open_ else "shipped")
        status: Any = "shipped" if booked.final else "partiallyShipped"
        self.fulfilments[booked.fulfilment_id] = changed = replace(fulfilment, status=status)
        return [("Fulfilment", booked.fulfilment_id, changed), ("SalesOrder", key, after)]

    def do_invoice(self, number: str, shipments: str, *words: str) -> None:
        words_left, given = options(words, of="SO1", freight="0.00" if self.billed else "9.50", status="posted")
        self.billed = True
        lines = {name: (value, price) for name, value, price in map(line, words_left)}
        made = records.invoice(number, given["of"], shipments.split(","), lines, given["freight"])
        written: Written = [("Invoice", number, replace(made, status=given["status"]))]
        known = self.sales_orders.get(given["of"])
        if known is not None and known.status == "shipped":
            written.append(("SalesOrder", given["of"], self.change(given["of"], status="closed")))
        self.call("erp", "createInvoice", written)

    def do_status(self, status: str, *words: str) -> None:
        """Told what it knows already, the CRM changes nothing. `1:7b2c1`: 7 shipped, 2 wait for stock, 1 cancelled."""
        assert self.order is not None
        told, before = dict(map(promise, words)), self.order
        lines = tuple(
            replace(known, quantities=replace(known.quantities, **_became(*told[known.line_id])))
            if known.line_id in told
            else known
            for known in before.lines
        )
        self.order = replace(before, status=status, status_as_of=START, lines=lines)
        body = {"status": status, "asOf": START, "lines": [{"lineId": name} for name in told]}
        written: Written = [("Order", ORDER_ID, self.order)] if self.order != before else []
        self.call("crm", "updateOrderStatus", written, body=body)

    def do_milestone(self, number: str, code: str) -> None:
        shipment = next(
            each for each in self.shipments.values() if number in {package.tracking_number for package in each.packages}
        )
        steps = self.steps.setdefault(number, [])
        made = records.of(
            TrackingMilestone,
            tracking_number=number,
            shipment_id=shipment.shipment_id,
            fulfilment_id=shipment.fulfilment_id,
            order_id=ORDER_ID,
            code=code,
            occurred_at=START + timedelta(hours=10 * len(steps)),
            sequence=len(steps) + 1,
        )
        steps.append(made)
        self.commit(shipment.warehouse_id, "clock", "milestone", [], ("tracking.milestone", number, made))

    def do_shown(self, number: str, code: str, step: str = "") -> None:
        """`@3` gives the time of step 3, `@3~` as a partner tells it who has no seconds, `@now` one of the layer's own;
        else that of the last such step.
        """
        assert self.order is not None
        steps = self.steps.get(number, [])
        same = [each.occurred_at for each in steps if each.code == code]
        number_of_step = step[1:].removesuffix("~")
        at = steps[int(number_of_step) - 1].occurred_at if number_of_step.isdigit() else same[-1] if same else START
        at -= timedelta(seconds=40 if step.endswith("~") else 0)
        parcel = records.of(
            OrderTracking,
            tracking_number=number,
            shipment_id=steps[0].shipment_id if steps else "S1",
            carrier=CARRIER,
            milestone=code,
            occurred_at=START + timedelta(days=9, minutes=len(self.entries)) if step == "@now" else at,
        )
        others = tuple(each for each in self.order.tracking if each.tracking_number != number)
        self.order = replace(self.order, tracking=(*others, parcel))
        self.call("crm", "updateTracking", [("Order", ORDER_ID, self.order)])

    def do_case(self, key: str, word: str, *words: str, people: bool = False) -> None:
        """Opened under a category, or moved on to a status."""
        _, given = options(words, about="", subject="look at this")
        known = self.cases.get(key)
        if word in CASE_STEPS and known is not None:
            made = replace(known, status=word, version=known.version + 1)
        else:
            kinds = {"S": "shipment_id", "T": "tracking_number"}
            about = {kinds.get(given["about"][:1], "line_id"): given["about"]} if given["about"] else {}
            fields = {"category": word, "status": "new", "priority": "normal", "subject": given["subject"]}
            made = records.of(Case, case_id=key, order_id=ORDER_ID, **fields, **about, **records.STORED)
        self.cases[key] = made
        if people:
            self.commit("crm", "people", "updateCase", [("Case", key, made)])
        else:
            self.call("crm", "updateCase" if known else "createCase", [("Case", key, made)])


def _told(shipment: Shipment, line_id: str, value: Decimal) -> ShipmentLine:
    known = next((each for each in shipment.lines if each.line_id == line_id), None)
    if known is not None:
        return replace(known, shipped_quantity=each(value))
    return records.of(
        ShipmentLine,
        line_id=line_id,
        sku=records.sku(line_id),
        ordered_quantity=each(value),
        shipped_quantity=each(value),
        difference_quantity=each(0),
        line_status="complete",
    )

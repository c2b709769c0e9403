"""An ERP in a world whose clock moves only when told, held to its contract with every word."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

import msgspec
import pytest

from crossdock.contracts.asyncapi import event_types
from crossdock.contracts.documents import load
from crossdock.contracts.objects import (
    Customer,
    Fulfilment,
    InventoryPosition,
    Invoice,
    ReturnAuthorization,
    SalesOrder,
    SalesOrderLine,
    Shipment,
    Stored,
)
from crossdock.contracts.openapi import api
from crossdock.contracts.operation import Operation
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.erp.settings import ErpSettings
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Committed, Entry
from crossdock.simulators.party import Cause
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.rules import Call
from crossdock.simulators.transaction import Page
from crossdock.simulators.world import World

ADA = {
    "name": "Ada Byrne",
    "line1": "12 Canal Street",
    "city": "Albany",
    "region": "NY",
    "postalCode": "12207",
    "country": "US",
}
CARRIER = {"scac": "UPSN", "name": "UPS", "service": "GROUND"}
Number: TypeAlias = Decimal | int


def amount(value: str, currency: str = "USD") -> dict[str, str]:
    return {"amount": value, "currency": currency}


def each(value: str, uom: str = "EA") -> dict[str, str]:
    return {"value": value, "uom": uom}


def json(value: Any) -> Any:
    """As it is on the wire."""
    return msgspec.json.decode(msgspec.json.encode(value))


@cache
def causes_of_operations() -> dict[str, frozenset[str]]:
    """Operation → the events that its contract says it may cause."""
    methods = (method for path in load("erp/v1/openapi.yaml")["paths"].values() for method in path.values())
    return {each["operationId"]: frozenset(each.get("x-causes", ())) for each in methods if isinstance(each, dict)}


class Erp:
    """The ERP and everyone who asks it; answers, refusals, events and versions are held to the contract."""

    def __init__(self) -> None:
        self.world = World("test", ManualClock(), Ids("t1", 1), cast={"erp": "erp"})
        self.party = self.world.parties["erp"]
        self.operations = api("erp").operations
        self.causes = causes_of_operations()
        self.events: list[dict[str, Any]] = []
        self.orders_of_events: list[str] = []
        self._versions: dict[tuple[str, str], Stored] = {}
        self.world.journal.subscribe(self._watch)

    def ask(
        self, operation_id: str, body: Any = None, *, if_match: int | None = None, strict: bool = True, **params: Any
    ) -> Any:
        """The answer, typed. With `strict` the body must be what the contract takes. Raises: Refusal."""
        operation = self.operations[operation_id]
        if body is not None and strict:
            assert operation.body is not None, f"{operation_id} takes no body"
            assert not (errors := operation.body.errors(body)), errors
        body_type = self.party.rules.operations[operation_id][1]
        typed = None if body is None else msgspec.convert(body, body_type)
        try:
            answer = self.party.perform(operation_id, Call(typed, params, "layer", if_match), Cause("http"))
        except Refusal as refusal:
            self._check_refusal(operation, refusal)
            raise
        said = {"items": answer.items, "nextCursor": answer.next_cursor} if isinstance(answer, Page) else answer
        validator = operation.response(operation.success)
        assert validator is not None
        assert not (errors := validator.errors(json(said))), f"{operation_id} answered against its contract: {errors}"
        return answer

    def refusal(self, operation_id: str, body: Any = None, **how: Any) -> Refusal:
        """The refusal that a request meets with; it has changed nothing."""
        before = {kind: dict(table) for kind, table in self.party.state.tables().items()}
        events = len(self.events)
        with pytest.raises(Refusal) as caught:
            self.ask(operation_id, body, **how)
        assert {kind: dict(table) for kind, table in self.party.state.tables().items()} == before
        assert len(self.events) == events
        return caught.value

    def pointers(self, refusal: Refusal) -> list[str | None]:
        return [error.pointer for error in refusal.errors]

    def told(self, name: str) -> list[dict[str, Any]]:
        """The data of the events of a type (`invoice.posted`), oldest first."""
        return [event["data"] for event in self.events if event["type"] == f"crossdock.{name}.v1"]

    def set(self, **fields: Any) -> None:
        settings = self.party.state.table(ErpSettings)["settings"]
        self.party.write("settings", {"settings": msgspec.structs.replace(settings, **fields)})

    def pass_hours(self, hours: float) -> None:
        """Let business time pass, and everything that falls due in it happen."""
        clock = self.world.clock
        assert isinstance(clock, ManualClock)
        clock.advance(timedelta(hours=hours))
        assert self.world.errors == []

    def customer(
        self, number: str = "CUST-1", *, limit: str = "10000.00", currency: str = "USD", **fields: Any
    ) -> None:
        body = {
            "customerNumber": number,
            "name": "Byrne Tools",
            "currency": currency,
            "billTo": ADA,
            "paymentTermsDays": 30,
            "creditLimit": amount(limit, currency),
        }
        self.ask("createCustomer", body | fields)

    def item(self, sku: str = "SKU-1", *prices: dict[str, str], **fields: Any) -> None:
        body = {
            "sku": sku,
            "description": "Torque wrench",
            "baseUom": "EA",
            "prices": list(prices) or [amount("12.50")],
            "taxCategory": "standard",
        }
        self.ask("createItem", body | fields)

    def stock(self, value: str, sku: str = "SKU-1", warehouse_id: str = "east", *, kind: str = "receipt") -> None:
        body = {"warehouseId": warehouse_id, "sku": sku, "kind": kind, "quantity": each(value)}
        self.ask("postStockMovement", body)

    def body(self, *lines: str, order_id: str = "CO-1", **fields: Any) -> dict[str, Any]:
        """An order: each line is its quantity, or quantity, SKU and warehouse ("10 SKU-1 east"); numbered from 1."""
        made = []
        for number, line in enumerate(lines or ("10",), 1):
            value, sku, warehouse_id = (*line.split(), *("SKU-1", "east")[len(line.split()) - 1 :])
            asked = {"lineId": str(number), "sku": sku, "quantity": each(value), "unitPrice": amount("12.50")}
            made.append(asked if warehouse_id == "-" else asked | {"warehouseId": warehouse_id})
        body = {
            "externalReference": order_id,
            "customerNumber": "CUST-1",
            "currency": "USD",
            "shipTo": ADA,
            "serviceLevel": "standard",
            "partialPolicy": "allowBackorder",
            "lines": made,
            "freight": amount("9.50"),
        }
        return body | fields

    def order(self, *lines: str, order_id: str = "CO-1", policy: str = "allowBackorder", **fields: Any) -> SalesOrder:
        body = self.body(*lines, order_id=order_id, partialPolicy=policy, **fields)
        order = self.ask("createSalesOrder", body)
        assert isinstance(order, SalesOrder)
        return order

    def now(self, order: SalesOrder) -> SalesOrder:
        """The order as it is by now."""
        current = self.ask("getSalesOrder", salesOrderId=order.sales_order_id)
        assert isinstance(current, SalesOrder)
        return current

    def line(self, order: SalesOrder, number: int = 1) -> SalesOrderLine:
        return self.now(order).lines[number - 1]

    def fulfilments(self, order: SalesOrder) -> list[Fulfilment]:
        return list(self.ask("listFulfilments", salesOrderId=order.sales_order_id).items)

    def position(self, sku: str = "SKU-1", warehouse_id: str = "east") -> tuple[Number, Number, Number]:
        """On hand, reserved, available to promise."""
        position: InventoryPosition = self.ask("getStock", warehouseId=warehouse_id, sku=sku)
        return position.on_hand.value, position.reserved.value, position.available_to_promise.value

    def exposure(self, number: str = "CUST-1") -> str:
        customer: Customer = self.ask("getCustomer", customerNumber=number)
        return str(customer.exposure)

    def shipment(
        self, fulfilment: Fulfilment, shipped: Mapping[Any, str], shipment_id: str = "SHP-1", *, final: bool = True
    ) -> dict[str, Any]:
        """A confirmation as a warehouse would word it that knows of this shipment and those before."""
        lines, items = [], []
        for line in fulfilment.lines:
            if line.line_id not in shipped:
                continue
            value = Decimal(shipped[line.line_id])
            difference = line.quantity.value - line.shipped_quantity.value - value
            status = "complete" if not difference else "shortClosed" if final else "partial"
            uom = line.quantity.uom
            lines.append(
                {
                    "lineId": line.line_id,
                    "sku": line.sku,
                    "orderedQuantity": each(f"{line.quantity.value:f}", uom),
                    "shippedQuantity": each(f"{value:f}", uom),
                    "differenceQuantity": each(f"{difference:f}", uom),
                    "lineStatus": "over" if difference < 0 else status,
                }
            )
            if value:
                items.append({"lineId": line.line_id, "sku": line.sku, "quantity": each(f"{value:f}", uom)})
        package = {"packageId": "PKG-1", "trackingNumber": f"TRK-{shipment_id}", "items": items}
        return {
            "shipmentId": shipment_id,
            "fulfilmentId": fulfilment.fulfilment_id,
            "orderId": fulfilment.order_id,
            "warehouseId": fulfilment.warehouse_id,
            "shippedAt": "2026-03-02T17:00:00Z",
            "carrier": CARRIER,
            "packages": [package] if items else [],
            "lines": lines,
            "final": final,
        }

    def ship(
        self, fulfilment: Fulfilment, *quantities: str, shipment_id: str = "SHP-1", final: bool = True
    ) -> Shipment:
        """Confirm a shipment: a quantity for each line, in order; none: all that is open."""
        fulfilment = self.ask("getFulfilment", fulfilmentId=fulfilment.fulfilment_id)
        open_now = [f"{(line.quantity - line.shipped_quantity).value:f}" for line in fulfilment.lines]
        ids = [line.line_id for line in fulfilment.lines]
        shipped = dict(zip(ids, quantities or open_now, strict=True))
        body = self.shipment(fulfilment, shipped, shipment_id, final=final)
        answer = self.ask("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id)
        assert isinstance(answer, Shipment)
        return answer

    def bill(self, order: SalesOrder, *quantities: str, shipment_id: str = "SHP-1") -> Invoice:
        """Bill a quantity of each line, in order."""
        answer = self.ask("createInvoice", self.bill_body(order, *quantities, shipment_id=shipment_id))
        assert isinstance(answer, Invoice)
        return answer

    def bill_body(self, order: SalesOrder, *quantities: str, shipment_id: str = "SHP-1") -> dict[str, Any]:
        lines = [{"lineId": str(number), "quantity": each(value)} for number, value in enumerate(quantities, 1)]
        return {"salesOrderId": order.sales_order_id, "shipmentIds": [shipment_id], "lines": lines}

    def shipped_order(self, *lines: str, billed: bool = True, order_id: str = "CO-1", **fields: Any) -> SalesOrder:
        """An order that was shipped whole and, unless said otherwise, billed whole."""
        order = self.order(*lines, order_id=order_id, **fields)
        for number, fulfilment in enumerate(self.fulfilments(order), 1):
            self.ship(fulfilment, shipment_id=f"SHP-{number}")
        if billed:
            self.bill(order, *(f"{line.quantity.value:f}" for line in order.lines))
        return self.now(order)

    def authorize(self, order: SalesOrder, *quantities: str) -> ReturnAuthorization:
        lines = [{"lineId": str(number), "quantity": each(value)} for number, value in enumerate(quantities, 1)]
        body = {"salesOrderId": order.sales_order_id, "reason": "ordered too many", "lines": lines}
        answer = self.ask("createReturn", body)
        assert isinstance(answer, ReturnAuthorization)
        return answer

    def receipt(
        self, rma: ReturnAuthorization, *came: str, receipt_id: str = "RCP-1", final: bool = False
    ) -> dict[str, Any]:
        """What came back: each as quantity, condition and disposition ("2 good restock"), of line 1 unless a number
        stands before ("2: 1 damaged scrap").
        """
        lines = []
        for text in came:
            number, _, rest = text.rpartition(":")
            value, condition, disposition = rest.split()
            line = rma.lines[int(number or 1) - 1]
            lines.append(
                {
                    "lineId": line.line_id,
                    "sku": line.sku,
                    "quantity": each(value),
                    "condition": condition,
                    "disposition": disposition,
                }
            )
        return {
            "receiptId": receipt_id,
            "rmaId": rma.rma_id,
            "orderId": rma.order_id,
            "warehouseId": rma.warehouse_id,
            "receivedAt": "2026-03-09T10:15:00Z",
            "lines": lines,
            "final": final,
        }

    def receive(
        self, rma: ReturnAuthorization, *came: str, receipt_id: str = "RCP-1", final: bool = False
    ) -> ReturnAuthorization:
        self.ask("receiveReturn", self.receipt(rma, *came, receipt_id=receipt_id, final=final), rmaId=rma.rma_id)
        answer = self.ask("getReturn", rmaId=rma.rma_id)
        assert isinstance(answer, ReturnAuthorization)
        return answer

    def _check_refusal(self, operation: Operation, refusal: Refusal) -> None:
        status = load("http/v1/problems.yaml")["problems"][refusal.code]["status"]
        assert operation.documents(status), f"{operation.id} does not document {status} ({refusal.code})"

    def _causes(self, name: str) -> frozenset[str] | None:
        """The events that an operation says it may cause; None for what is no operation of the contract."""
        if name not in self.causes:
            return None
        telling = self.party.state.table(ErpSettings)["settings"].announce_reservations
        return self.causes[name].union(["crossdock.inventory.changed.v1"] if telling else ())

    def _watch(self, entry: Entry) -> None:
        if entry.kind != "commit" or not isinstance(entry.detail, Committed):
            return
        for kind, key, record in entry.detail.records:
            if isinstance(record, Stored):
                before = self._versions.get((kind, key))
                expected = 1 if before is None else before.version + 1
                assert record.version == expected, f"{kind} {key}: version {record.version}, expected {expected}"
                self._versions[kind, key] = record
        caused = self._causes(entry.name)
        for event in entry.detail.events:
            said = json(event)
            assert caused is None or said["type"] in caused, f"{entry.name} does not say that it causes {said['type']}"
            errors = event_types()[said["type"]].event.errors(said)
            assert not errors, f"{said['type']} is not what its contract says: {errors}"
            self.events.append(said)


@pytest.fixture
def bare() -> Erp:
    """An ERP that knows nothing yet."""
    return Erp()


@pytest.fixture
def erp() -> Erp:
    """An ERP with a customer from New York (8 % tax), SKU-1 and SKU-2 at 12.50 USD, no stock."""
    erp = Erp()
    erp.customer()
    erp.item("SKU-1")
    erp.item("SKU-2")
    return erp

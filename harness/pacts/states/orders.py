"""States about orders: placed at the CRM, entered at the ERP, under way at a warehouse."""

from __future__ import annotations

from ....contracts.identifiers import CustomerNumber, Sku
from ....contracts.objects import Order
from ....scenarios.people import ask
from ....scenarios.seeding import orders as seeded
from ....scenarios.seeding.world_data import NewLine, NewOrder
from ....simulators.world import WAREHOUSE
from ..ground import USUAL_CUSTOMER, USUAL_SKU, Ground
from ..provider_state import Wanted, provider_state

# What a warehouse has packed and handed over by then, and what has been delivered.
SHIPPED_H, DELIVERED_H = 48, 240


@provider_state(
    "order",
    "an order exists",
    "an order {orderId} exists",
    "an order {orderId} exists with {lines} lines",
    "an order exists with {lines} lines",
    "an order {orderId} was submitted",
    "an order was submitted",
)
def order(ground: Ground, wanted: Wanted) -> None:
    """The order stands at the CRM, as its customer placed it: nobody else knows of it yet."""
    _place(ground, wanted, under_way=False)


@provider_state(
    "sales-order",
    "a sales order exists",
    "a sales order {salesOrderId} exists",
    "a sales order {salesOrderId} exists for {orderId}",
    "a sales order {salesOrderId} exists with {lines} lines",
)
def sales_order(ground: Ground, wanted: Wanted) -> None:
    """The ERP has taken up the order and released it, a warehouse has accepted it."""
    ground.ids.choose("SO", wanted.text("salesOrderId", "SO-PACT-1"))
    _place(ground, wanted, under_way=True)


@provider_state(
    "fulfilment",
    "a fulfilment exists",
    "a fulfilment {fulfilmentId} exists",
    "a fulfilment request exists",
    "a fulfilment request {fulfilmentId} exists",
)
def fulfilment(ground: Ground, wanted: Wanted) -> None:
    """The ERP has released it and the warehouse accepted it; it is not picked yet."""
    ground.ids.choose("FF", wanted.text("fulfilmentId", "FF-PACT-1"))
    _place(ground, wanted, under_way=True)


@provider_state(
    "shipment",
    "a shipment exists",
    "a shipment {shipmentId} exists",
    "a shipment {shipmentId} of {fulfilmentId} exists",
    "the fulfilment {fulfilmentId} is shipped",
)
def shipment(ground: Ground, wanted: Wanted) -> None:
    """A warehouse has picked, packed and handed over what was asked for."""
    ground.ids.choose("SHP", wanted.text("shipmentId", "SHP-PACT-1"))
    fulfilment(ground, wanted)
    ground.pass_hours(SHIPPED_H)


@provider_state("delivered", "the fulfilment {fulfilmentId} is delivered", "the shipment {shipmentId} is delivered")
def delivered(ground: Ground, wanted: Wanted) -> None:
    """The customer has the goods."""
    shipment(ground, wanted)
    ground.pass_hours(DELIVERED_H - SHIPPED_H)


@provider_state("case", "a case exists", "a case {caseId} exists", "a case {caseId} exists for the order {orderId}")
def case(ground: Ground, wanted: Wanted) -> None:
    """Customer service has an open case about an order."""
    placed = _place(ground, wanted, under_way=False)
    ground.ids.choose("CASE", wanted.text("caseId", "CASE-PACT-1"))
    about = {"orderId": placed.order_id, "category": "shortShip", "subject": "A case", "reference": "pact:1"}
    ask(ground.world.parties["crm"], "createCase", {**about, "description": "A case of a provider state"})


def _place(ground: Ground, wanted: Wanted, *, under_way: bool) -> Order:
    """Raises: Refusal, StateProblem."""
    number = wanted.text("customerNumber", USUAL_CUSTOMER)
    ground.customer(number)
    first = wanted.text("sku", USUAL_SKU)
    skus = [first, *(f"{first}-{place}" for place in range(2, wanted.number("lines", 1, least=1) + 1))]
    # The goods lie at the provider, when it is a warehouse, so that it is the one that ships them.
    here = ground.provider if under_way and ground.party.kind == WAREHOUSE else ""
    for sku in skus:
        ground.item(sku, warehouse=here)
    quantity = wanted.number("quantity", 2, least=1)
    ground.ids.choose("CO", wanted.text("orderId", "CO-PACT-1"))
    return seeded.enter(
        ground.world,
        NewOrder(
            customer=CustomerNumber(number),
            reference=wanted.text("customerReference", "PO-PACT-1"),
            lines=tuple(NewLine(sku=Sku(sku), quantity=quantity) for sku in skus),
            under_way=under_way,
        ),
    )

"""A shipment confirmation as it comes in, and what must be right about it before anything is booked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...contracts.gs1 import has_valid_check_digit
from ...contracts.identifiers import LineId
from ...contracts.objects import Fulfilment, FulfilmentLine, FulfilmentStatus, ShipmentConfirmation
from ..refusal import Refusal
from .fulfilment import expect_warehouse
from .mistakes import Mistake, mistake, refuse
from .settings import ErpSettings

OVER = frozenset({FulfilmentStatus.SHIPPED, FulfilmentStatus.SHORT_CLOSED, FulfilmentStatus.CANCELLED})


def check(customizing: ErpSettings, fulfilment: Fulfilment, confirmation: ShipmentConfirmation) -> None:
    """Raises: Refusal `invalid-request`, `duplicate-shipment`, `fulfilment-state`, `wrong-warehouse`, `unknown-line`,
    `unknown-unit`, `over-delivery`.
    """
    _expect_same(fulfilment, confirmation)
    if customizing.shipment_id_unique and confirmation.shipment_id in fulfilment.shipment_ids:
        detail = f"{confirmation.shipment_id} of {fulfilment.fulfilment_id} was booked before"
        raise Refusal("duplicate-shipment", detail, existing=confirmation.shipment_id)
    if fulfilment.status in OVER:
        raise Refusal(
            "fulfilment-state", f"{fulfilment.fulfilment_id} is {fulfilment.status.value}: nothing is to come"
        )
    expect_warehouse(fulfilment, confirmation.warehouse_id)
    asked = {line.line_id: line for line in fulfilment.lines}
    refuse([*_in_lines(asked, confirmation), *_in_packages(asked, confirmation)])
    _expect_not_over(customizing, asked, confirmation)


def _expect_same(fulfilment: Fulfilment, confirmation: ShipmentConfirmation) -> None:
    if confirmation.fulfilment_id != fulfilment.fulfilment_id:
        problem = f"the path says {fulfilment.fulfilment_id}, the body {confirmation.fulfilment_id}"
        raise Refusal.at("invalid-request", "/fulfilmentId", problem)
    if confirmation.order_id != fulfilment.order_id:
        problem = f"{fulfilment.fulfilment_id} is of order {fulfilment.order_id}, not of {confirmation.order_id}"
        raise Refusal.at("invalid-request", "/orderId", problem)


def _in_lines(asked: dict[LineId, FulfilmentLine], confirmation: ShipmentConfirmation) -> Iterator[Mistake]:
    seen: set[LineId] = set()
    for place, line in enumerate(confirmation.lines):
        pointer = f"/lines/{place}"
        known = asked.get(line.line_id)
        if known is None:
            yield mistake("unknown-line", f"{pointer}/lineId", f"the fulfilment has no line {line.line_id!r}")
        elif known.sku != line.sku:
            problem = f"line {line.line_id} is {known.sku}, not {line.sku}"
            yield mistake("unknown-line", f"{pointer}/sku", problem)
        else:
            for name in ("ordered", "shipped", "difference"):
                if (uom := getattr(line, f"{name}_quantity").uom) != known.quantity.uom:
                    problem = f"line {line.line_id} is counted in {known.quantity.uom}, not in {uom}"
                    yield mistake("unknown-unit", f"{pointer}/{name}Quantity/uom", problem)
        if line.line_id in seen:
            problem = f"line {line.line_id!r} stands here already"
            yield mistake("invalid-request", f"{pointer}/lineId", problem)
        seen.add(line.line_id)


def _in_packages(asked: dict[LineId, FulfilmentLine], confirmation: ShipmentConfirmation) -> Iterator[Mistake]:
    packed: dict[LineId, Decimal] = {}
    seen = set()
    for place, package in enumerate(confirmation.packages):
        pointer = f"/packages/{place}"
        if package.package_id in seen:
            problem = f"package {package.package_id!r} stands here already"
            yield mistake("invalid-request", f"{pointer}/packageId", problem)
        seen.add(package.package_id)
        if package.sscc is not None and not has_valid_check_digit(package.sscc):
            problem = f"{package.sscc} has a wrong check digit (GS1 General Specifications, 7.9)"
            yield mistake("invalid-request", f"{pointer}/sscc", problem)
        for number, item in enumerate(package.items):
            known = asked.get(item.line_id)
            where = f"{pointer}/items/{number}"
            if known is None or known.sku != item.sku:
                problem = f"the fulfilment has no line {item.line_id!r} of {item.sku}"
                yield mistake("unknown-line", f"{where}/lineId", problem)
            elif known.quantity.uom != item.quantity.uom:
                problem = f"line {item.line_id} is counted in {known.quantity.uom}, not in {item.quantity.uom}"
                yield mistake("unknown-unit", f"{where}/quantity/uom", problem)
            packed[item.line_id] = packed.get(item.line_id, Decimal(0)) + item.quantity.value
    for place, line in enumerate(confirmation.lines):
        inside = packed.pop(line.line_id, Decimal(0))
        if inside != line.shipped_quantity.value:
            problem = f"the packages hold {inside:f} of line {line.line_id}, it says {line.shipped_quantity}"
            yield mistake("invalid-request", f"/lines/{place}/shippedQuantity", problem)
    for line_id in packed:
        if line_id in asked:
            yield mistake("invalid-request", "/lines", f"line {line_id} is packed but stands not here")


def _expect_not_over(
    customizing: ErpSettings, asked: dict[LineId, FulfilmentLine], confirmation: ShipmentConfirmation
) -> None:
    for place, line in enumerate(confirmation.lines):
        known = asked[line.line_id]
        tolerated = known.quantity.value * customizing.over_delivery_percent / 100
        most = known.quantity.value + tolerated - known.cancelled_quantity.value - known.shipped_quantity.value
        if line.shipped_quantity.value > most:
            problem = f"{known.quantity} were asked for, {known.shipped_quantity} are shipped: {most:f} may follow"
            raise Refusal.at(
                "over-delivery", f"/lines/{place}/shippedQuantity", f"{problem}, not {line.shipped_quantity}"
            )

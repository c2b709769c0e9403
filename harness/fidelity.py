"""Whether what arrived is what left: compared by value, at the precision of the way in which it was told.

A pair is (name, as it left, as it arrived). What the sender left out is not compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec

from ..contracts.objects import (
    Address,
    AnnouncedReturn,
    Carrier,
    Condition,
    Disposition,
    Fulfilment,
    FulfilmentRequest,
    Order,
    Package,
    ReturnAuthorization,
    ReturnReceipt,
    ReturnRequest,
    SalesOrder,
    Shipment,
    ShipmentConfirmation,
)

# What is paid for, and what is put back: where it crosses these lines, M2 and Q3 speak.
PAID = frozenset({Condition.GOOD, Condition.DEFECTIVE})
ADDRESS = (
    *("name", "company", "line1", "line2", "city", "region", "postal_code", "country"),
    *("phone", "email"),
)


class Pair(msgspec.Struct, frozen=True, gc=False):
    """A field on both sides."""

    name: str
    left: object
    arrived: object


@dataclass(frozen=True, slots=True)
class Precision:
    """What a channel can carry: moments to `moments_s` seconds, and all characters of a text or (`letters_only`) those
    for certain that are letters and digits, because the others may be its separators.
    """

    moments_s: float
    letters_only: bool = False

    def differences(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        # Nearly all is the very same, and judging is done often.
        changed = (pair for pair in pairs if pair.left is not None and pair.left != pair.arrived)
        return (pair for pair in changed if not self._same(pair.left, pair.arrived))

    def _same(self, left: object, arrived: object) -> bool:
        if isinstance(left, datetime) and isinstance(arrived, datetime):
            return abs((left - arrived).total_seconds()) < self.moments_s
        return self._plain(left) == self._plain(arrived)

    def _plain(self, value: object) -> object:
        if isinstance(value, frozenset):
            return frozenset(map(self._plain, value))
        if isinstance(value, tuple):
            return tuple(map(self._plain, value))
        if not isinstance(value, str):
            return value
        text = unicodedata.normalize("NFC", value)
        return "".join(filter(str.isalnum, text)) if self.letters_only else " ".join(text.split())


# JSON carries microseconds, but many a program keeps milliseconds (docs/reference/warehouse-files.md for the others).
PRECISIONS = {
    "rest": Precision(0.001),
    "queue": Precision(0.001),
    "csv": Precision(1.0),
    "x12": Precision(0.01, letters_only=True),
}


def of_order(order: Order, made: SalesOrder) -> Iterator[Pair]:
    """From the customer's order to the ERP's."""
    yield from _address("shipTo", order.ship_to, made.ship_to)
    yield from _address("billTo", order.bill_to, made.bill_to)
    yield Pair("customerReference", order.customer_reference, made.customer_reference)
    yield Pair("requestedDate", order.requested_date, made.requested_date)
    yield Pair("serviceLevel", order.service_level, made.service_level)
    yield Pair("partialPolicy", order.partial_policy, made.partial_policy)


def of_release(release: FulfilmentRequest, asked: Fulfilment) -> Iterator[Pair]:
    """From what the ERP released to what the warehouse was asked for."""
    yield from _address("shipTo", release.ship_to, asked.ship_to)
    yield Pair("salesOrderId", release.sales_order_id, asked.sales_order_id)
    yield Pair("customerReference", release.customer_reference, asked.customer_reference)
    yield Pair("serviceLevel", release.service_level, asked.service_level)
    yield Pair("requestedShipDate", release.requested_ship_date, asked.requested_ship_date)
    yield Pair("instructions", release.instructions, asked.instructions)
    there = {line.line_id: line.sku for line in asked.lines}
    for line in release.lines:
        if line.line_id in there:
            yield Pair(f"line {line.line_id}, sku", line.sku, there[line.line_id])


def of_shipment(shipment: Shipment, told: ShipmentConfirmation) -> Iterator[Pair]:
    """From what left the warehouse to what the ERP booked; quantities are Q1's affair, and how a line stands is
    compared where they are right.
    """
    yield Pair("shippedAt", shipment.shipped_at, told.shipped_at)
    yield from of_carrier(shipment.carrier, told.carrier)
    lines = {line.line_id: line for line in told.lines}
    for line in shipment.lines:
        booked = lines.get(line.line_id)
        if booked is not None and booked.shipped_quantity == line.shipped_quantity:
            yield Pair(f"line {line.line_id}, lineStatus", line.line_status, booked.line_status)
    there = {package.tracking_number: package for package in told.packages}
    for package in shipment.packages:
        name = f"package {package.tracking_number}"
        known = there.get(package.tracking_number)
        yield Pair(name, "in the shipment", "in the shipment" if known else "nowhere")
        if known is not None and known != package:
            yield Pair(f"{name}, packageId", package.package_id, known.package_id)
            yield Pair(f"{name}, sscc", package.sscc, known.sscc)
            yield Pair(f"{name}, weight", package.weight, known.weight)
            yield Pair(f"{name}, contents", _contents(package), _contents(known))


def of_carrier(left: Carrier, arrived: Carrier | None) -> Iterator[Pair]:
    """Who carries a parcel."""
    for name in ("scac", "name", "service") if left != arrived else ():
        yield Pair(f"carrier, {name}", getattr(left, name), getattr(arrived, name, None))


def of_return(request: ReturnRequest, authorized: ReturnAuthorization) -> Iterator[Pair]:
    """From what the customer wants to send back to what the ERP lets come back; how much of it is its own to say."""
    yield Pair("reason", request.reason, authorized.reason)


def of_authorization(authorized: ReturnAuthorization, announced: AnnouncedReturn) -> Iterator[Pair]:
    """From what the ERP lets come back to what the warehouse expects."""
    yield Pair("expectedBy", authorized.expected_by, announced.expected_by)
    there = {line.line_id: line.sku for line in announced.lines}
    for line in authorized.lines:
        if line.line_id in there:
            yield Pair(f"line {line.line_id}, sku", line.sku, there[line.line_id])


def of_receipt(receipt: ReturnReceipt, booked: ReturnReceipt) -> Iterator[Pair]:
    """From what the warehouse received to what the ERP booked; quantities are Q1's affair, and what condition and
    disposition do to money and book M2's and Q3's.
    """
    yield Pair("receivedAt", receipt.received_at, booked.received_at)
    paid = [[line.condition in PAID for line in each.lines] for each in (receipt, booked)]
    kept = [[line.disposition is Disposition.RESTOCK for line in each.lines] for each in (receipt, booked)]
    if paid[0] == paid[1] and kept[0] == kept[1]:
        yield Pair("goods", _goods(receipt), _goods(booked))


def _address(role: str, left: Address, arrived: Address) -> Iterator[Pair]:
    for name in ADDRESS if left != arrived else ():
        yield Pair(f"{role}, {name.replace('_', ' ')}", getattr(left, name), getattr(arrived, name))


def _contents(package: Package) -> frozenset[object]:
    return frozenset(
        (item.line_id, item.sku, item.lot or "", tuple(sorted(item.serials or ()))) for item in package.items
    )


def _goods(receipt: ReturnReceipt) -> frozenset[object]:
    return frozenset(
        (
            *(line.line_id, line.condition, line.disposition, line.lot or ""),
            tuple(sorted(line.serials or ())),
        )
        for line in receipt.lines
    )

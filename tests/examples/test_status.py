"""What customer service sees of an order."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from crossdock.examples.reference_layer.documents import Knowledge, Parcel, Quantity, SalesOrder, SalesOrderLine, Told
from crossdock.examples.reference_layer.status import RANK, StatusPolicy

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POLICY = StatusPolicy()


def sales_order(status: str, shipped: int = 0, cancelled: int = 0, version: int = 1) -> SalesOrder:
    def pieces(count: int) -> Quantity:
        return Quantity(value=Decimal(count), uom="EA")

    line = SalesOrderLine(
        line_id="1",
        quantity=pieces(10),
        shipped_quantity=pieces(shipped),
        backordered_quantity=pieces(0),
        cancelled_quantity=pieces(cancelled),
        returned_quantity=pieces(0),
    )
    return SalesOrder(
        sales_order_id="SO-1",
        external_reference="CO-1",
        status=status,
        version=version,
        updated_at=NOON,
        lines=[line],
    )


def order(erp: SalesOrder, *codes: str) -> Knowledge:
    parcels = {f"T-{n}": Parcel("S-1", "east", {}, code, NOON + timedelta(hours=n)) for n, code in enumerate(codes)}
    return Knowledge(order_id="CO-1", sales_order=erp, parcels=parcels)


@pytest.mark.parametrize("status", ["accepted", "onHold", "rejected", "backordered", "released", "cancelled"])
def test_before_anything_is_shipped_the_erp_decides(status: str) -> None:
    assert POLICY.status(order(sales_order(status)), "submitted") == status


def test_a_pending_cancellation_changes_nothing_yet() -> None:
    assert POLICY.status(order(sales_order("cancelPending")), "released") == "released"


@pytest.mark.parametrize(
    ("shipped", "cancelled", "codes", "expected"),
    [
        (6, 0, ("delivered",), "partiallyShipped"),
        (6, 4, ("in_transit",), "shipped"),
        (10, 0, (), "shipped"),
        (10, 0, ("", "delivered"), "shipped"),
        (10, 0, ("delivered", "delivered"), "delivered"),
        (10, 0, ("delivered", "lost"), "deliveryFailed"),
        (10, 0, ("in_transit", "lost"), "shipped"),
        (10, 0, ("attempted",), "shipped"),
        (10, 0, ("returning",), "deliveryFailed"),
        (6, 4, ("delivered",), "delivered"),
    ],
)
def test_afterwards_quantities_and_parcels_decide(
    shipped: int, cancelled: int, codes: tuple[str, ...], expected: str
) -> None:
    assert POLICY.status(order(sales_order("shipped", shipped, cancelled), *codes), "released") == expected


@pytest.mark.parametrize("end", ["delivered", "rejected", "cancelled", "returned"])
def test_an_end_is_never_left(end: str) -> None:
    assert not any(POLICY.may_follow(end, then) for then in RANK if then != end)


@pytest.mark.parametrize(
    ("now", "then", "may"),
    [
        ("submitted", "shipped", True),
        ("onHold", "accepted", True),
        ("released", "backordered", True),
        ("backordered", "released", True),
        ("deliveryFailed", "delivered", True),
        ("released", "cancelled", True),
        ("shipped", "cancelled", False),
        ("partiallyShipped", "released", False),
        ("shipped", "partiallyShipped", False),
        ("deliveryFailed", "shipped", False),
        ("accepted", "submitted", False),
    ],
)
def test_a_status_may_skip_but_never_go_back(now: str, then: str, may: bool) -> None:
    assert POLICY.may_follow(now, then) is may


def test_an_older_version_of_the_sales_order_is_no_news() -> None:
    assert not POLICY.newer(sales_order("shipped", version=5), sales_order("released", version=4))
    assert not POLICY.newer(sales_order("shipped", version=5), sales_order("shipped", version=5))
    assert POLICY.newer(sales_order("released", version=4), sales_order("shipped", version=5))


def test_the_time_told_never_goes_back() -> None:
    known = order(sales_order("shipped", 10))
    known.told = Told("shipped", NOON + timedelta(hours=9), "", [])

    assert POLICY.as_of(known) == NOON + timedelta(hours=9)

"""Which ERP the reference layer books an order in, while regions go over."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crossdock.examples.reference_layer.calls import Calls
from crossdock.examples.reference_layer.documents import Knowledge, Line, Order, Place, Quantity, SalesOrder
from crossdock.examples.reference_layer.erps import Erps, Row, Table
from crossdock.examples.reference_layer.intake import Intake
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.log import Log
from crossdock.examples.reference_layer.settings import Party
from crossdock.examples.reference_layer.store import Store
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.desk import Desk
from crossdock.tests.examples.virtual import SECRET, VirtualTiming, settings

MOMENT = datetime(2026, 3, 4, 8, tzinfo=UTC)
SECOND = Party("erp-cloud", "http://erp-cloud.test", "layer", "s3cret", SECRET)
TABLE = Table((Row("FL", "erp-cloud", MOMENT),))


@pytest.fixture
def make_calls(timing: VirtualTiming, store: Store) -> MakeCalls:
    """As everywhere, to two ERPs."""
    both = settings(parties={**settings().parties, SECOND.name: SECOND})
    return lambda http: Calls(both, http, timing, store, Log(timing, io.StringIO()), Parts())


def order(region: str, created_at: datetime, order_id: str = "CO-1") -> Order:
    line = Line(line_id="1", sku="A", quantity=Quantity(value=Decimal(1), uom="EA"))
    to = Place(country="US", region=region)
    return Order(order_id=order_id, ship_to=to, service_level="standard", lines=[line], created_at=created_at)


@pytest.mark.parametrize(
    ("region", "after", "erp"),
    [
        ("FL", timedelta(seconds=-1), "erp"),
        ("FL", timedelta(0), "erp-cloud"),
        ("FL", timedelta(days=9), "erp-cloud"),
        ("GA", timedelta(days=9), "erp"),
    ],
)
def test_an_order_goes_by_when_it_was_placed(region: str, after: timedelta, erp: str, store: Store) -> None:
    erps = Erps(store)
    erps.learn(TABLE)
    assert erps.of_new(order(region, MOMENT + after)) == erp


def test_without_a_table_there_is_one_erp(store: Store) -> None:
    assert Erps(store).of_new(order("FL", MOMENT)) == "erp"


def test_where_an_order_was_sent_first_it_stays_whatever_the_table_says_later(store: Store) -> None:
    erps = Erps(store)
    erps.learn(TABLE)
    before = order("FL", MOMENT - timedelta(hours=1))
    assert erps.of_new(before) == "erp"
    erps.learn(Table((Row("FL", "erp-cloud", MOMENT - timedelta(days=1)),)))
    assert erps.of_new(before) == "erp"
    assert erps.of_new(order("FL", before.created_at, "CO-2")) == "erp-cloud"


def test_the_table_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Store(str(tmp_path / "layer.sqlite"))
    Erps(first).learn(TABLE)
    first.close()
    again = Store(str(tmp_path / "layer.sqlite"))
    assert Erps(again).table == TABLE
    again.close()


async def test_what_follows_of_an_order_goes_where_it_is_booked(make_calls: MakeCalls) -> None:
    placed = {
        "orderId": "CO-1",
        "createdAt": "2026-03-05T08:00:00Z",
        "shipTo": {"country": "US", "region": "FL"},
        "serviceLevel": "standard",
        "lines": [{"lineId": "1", "sku": "A", "quantity": {"value": "1", "uom": "EA"}, "unitPrice": {}}],
    }
    booked: dict[str, Any] = {
        "salesOrderId": "SO-1",
        "externalReference": "CO-1",
        "version": 1,
        "status": "accepted",
        "updatedAt": "2026-03-05T08:00:00Z",
        "lines": [],
    }
    known = Knowledge(erp="erp-cloud", sales_order=msgspec.convert(booked, SalesOrder, strict=False))
    desk = Desk(make_calls, known)
    desk.calls.erps.learn(TABLE)
    request = {"returnRequestId": "RR-1", "orderId": "CO-1", "reason": "wrong size", "lines": []}
    await desk.take(desk.parts.return_requests, "crm", request)
    assert desk.sent("POST erp-cloud/v1/returns")
    assert not desk.sent("POST erp/v1/returns")

    fresh = Desk(make_calls, None, **{"POST erp-cloud/v1/sales-orders": booked})
    await fresh.take(Intake(), "crm", placed)
    assert len(fresh.sent("POST erp-cloud/v1/sales-orders")) == 1
    assert fresh.order.erp == "erp-cloud"
    assert not fresh.sent("POST erp/v1/sales-orders")

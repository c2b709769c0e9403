"""Customers and items on their way from their owner to everybody else."""

from typing import Any

import pytest

from crossdock.examples.reference_layer.calls import Refused
from crossdock.examples.reference_layer.documents import Event
from crossdock.examples.reference_layer.job import NotYet
from crossdock.examples.reference_layer.worker import subject_key
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.desk import Desk, pieces
from crossdock.tests.examples.virtual import refusal

READ = "GET erp/v1/customers/CUST-1"
CREATE, CHANGE = "POST erp/v1/customers", "PATCH erp/v1/customers/CUST-1"
CANAL, HIGH = {"line1": "12 Canal Street"}, {"line1": "1 High Street"}


def account(version: int = 1, bill_to: dict[str, str] | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "accountId": "ACC-1",
        "customerNumber": "CUST-1",
        "name": "Byrne Tools",
        "status": "active",
        "currency": "EUR",
        "billTo": bill_to or CANAL,
        "shipTos": [],
        "contacts": [],
        "version": version,
    } | fields


def item(version: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "sku": "A",
        "description": "wrench",
        "baseUom": "EA",
        "packs": [{"uom": "CA", "quantityPerBase": pieces(12)}],
        "prices": [{"amount": "12.50", "currency": "USD"}],
        "taxCategory": "standard",
        "lotTracked": False,
        "serialTracked": True,
        "active": True,
        "version": version,
    } | fields


@pytest.fixture
def desk(make_calls: MakeCalls) -> Desk:
    made = Desk(make_calls)
    made.replies[READ] = refusal(404, "not-found")
    return made


def at_the_erp(desk: Desk, bill_to: dict[str, str], version: int = 5) -> None:
    desk.replies[READ] = {"name": "Byrne Tools", "status": "active", "billTo": bill_to, "version": version}


async def test_a_new_customer_is_created_with_its_own_number_and_currency(desk: Desk) -> None:
    await desk.take(desk.parts.customers, "crm", account())
    (body,) = desk.sent(CREATE)
    own = ("customerNumber", "accountId", "name", "status", "currency", "billTo")
    assert body == {name: account()[name] for name in own}, "terms and credit limit are the ERP's own"


async def test_a_customer_that_the_erp_has_as_it_is_is_left_alone(desk: Desk) -> None:
    at_the_erp(desk, CANAL)
    await desk.take(desk.parts.customers, "crm", account())
    assert desk.asked() == []


async def test_a_change_is_made_over_what_was_just_read(desk: Desk) -> None:
    at_the_erp(desk, CANAL, version=5)
    await desk.take(desk.parts.customers, "crm", account(2, HIGH))
    assert desk.sent(CHANGE) == [{"name": "Byrne Tools", "status": "active", "billTo": HIGH}]
    assert desk.http.sent[-1].headers["if-match"] == '"5"'


@pytest.mark.parametrize(("where", "code"), [(CREATE, "already-exists"), (CHANGE, "precondition-failed")])
async def test_who_was_overtaken_looks_again(desk: Desk, where: str, code: str) -> None:
    if where == CHANGE:
        at_the_erp(desk, CANAL)
    desk.replies[where] = refusal(409, code)
    with pytest.raises(NotYet):
        await desk.take(desk.parts.customers, "crm", account(2, HIGH))
    at_the_erp(desk, CANAL, version=6)
    desk.replies[CHANGE] = {"version": 7}
    await desk.take(desk.parts.customers, "crm", account(2, HIGH))
    assert desk.http.sent[-1].headers["if-match"] == '"6"'


async def test_another_refusal_is_set_aside(desk: Desk) -> None:
    desk.replies[CREATE] = refusal(422, "invalid-request")
    with pytest.raises(Refused):
        await desk.take(desk.parts.customers, "crm", account())


async def test_older_news_of_a_customer_are_no_news(desk: Desk) -> None:
    await desk.take(desk.parts.customers, "crm", account(3, HIGH))
    at_the_erp(desk, HIGH)
    await desk.take(desk.parts.customers, "crm", account(2, CANAL))
    assert desk.asked() == [CREATE]


async def test_an_item_is_shown_in_the_crm_and_has_a_place_in_every_warehouse(desk: Desk) -> None:
    await desk.take(desk.parts.items, "erp", item())
    assert desk.asked() == ["PUT crm/v1/products/A", "PUT east/v1/items/A", "PUT west/v1/items/A"]
    (product,), (place,) = desk.sent("PUT crm/v1/products/A"), desk.sent("PUT east/v1/items/A")
    assert product.keys() == {"description", "baseUom", "prices", "active"}
    assert place.keys() == {"description", "baseUom", "packs", "lotTracked", "serialTracked"}


async def test_older_news_of_an_item_are_no_news(desk: Desk) -> None:
    await desk.take(desk.parts.items, "erp", item(2, active=False))
    await desk.take(desk.parts.items, "erp", item(1))
    assert [body["active"] for body in desk.sent("PUT crm/v1/products/A")] == [False]


async def test_nothing_older_goes_out_while_newer_news_of_an_item_are_half_told(desk: Desk) -> None:
    desk.replies["PUT east/v1/items/A"] = refusal(422, "unknown-unit")
    with pytest.raises(Refused):
        await desk.take(desk.parts.items, "erp", item(2, active=False))
    await desk.take(desk.parts.items, "erp", item(1))
    assert [body["active"] for body in desk.sent("PUT crm/v1/products/A")] == [False]


@pytest.mark.parametrize(
    ("event_type", "data", "key"),
    [
        ("crossdock.order.submitted.v1", {"orderId": "CO-1"}, "CO-1"),
        ("crossdock.sales-order.changed.v1", {"externalReference": "CO-1"}, "CO-1"),
        ("crossdock.return.received.v1", {"orderId": "CO-1", "rmaId": "RMA-1"}, "CO-1"),
        ("crossdock.account.changed.v1", {"accountId": "ACC-1"}, "account:ACC-1"),
        ("crossdock.item.changed.v1", {"sku": "A"}, "item:A"),
        ("crossdock.inventory.snapshot.v1", {"snapshotId": "SNAP-1"}, "counts:east"),
        ("crossdock.inventory.adjusted.v1", {"adjustmentId": "ADJ-1", "sku": "A"}, "east:EV-1"),
    ],
)
def test_what_belongs_together_is_worked_off_in_order(event_type: str, data: dict[str, str], key: str) -> None:
    event = Event(id="EV-1", source="/parties/east", type=event_type, data=dict(data))
    assert subject_key("east", event) == key

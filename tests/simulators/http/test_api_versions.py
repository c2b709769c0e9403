"""Two versions of a warehouse's API over one set of rules, and the end of the older."""

from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from crossdock.simulators.refusal import Refusal
from crossdock.simulators.version_upgrade import upgrade_version
from crossdock.tests.simulators.http.receiver import Receiver
from crossdock.tests.simulators.http.site import Site, open_site
from crossdock.tests.simulators.http.test_webhooks import GOODS

COMMON: dict[str, Any] = {
    "fulfilmentId": "FF-1",
    "revision": 1,
    "warehouseId": "east",
    "orderId": "ORD-1",
    "salesOrderId": "SO-1",
    "lines": [{"lineId": "1", "sku": "SKU-1", "quantity": {"value": "6", "uom": "EA"}}],
}
PERSON = {"name": "Ada Byrne", "company": "Byrne Ltd", "email": "ada@example.com"}
PLACE = {"line1": "12 Canal Street", "city": "Albany", "region": "NY", "postalCode": "12207", "country": "US"}
V1 = {**COMMON, "shipTo": PERSON | PLACE, "serviceLevel": "express", "requestedShipDate": "2026-03-03"}
V2 = {**COMMON, "consignee": PERSON, "shipTo": PLACE, "carriage": {"service": "express", "shipOn": "2026-03-03"}}
ALL = "/fulfilment-requests"
THIS = f"{ALL}/FF-1"
KEY = {"Idempotency-Key": "k1"}
NOTICE_H = 24
NOTICE_S = NOTICE_H * 3600.0


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A warehouse with goods and two versions, the first of which is to end."""
    async with open_site({"east": "warehouse"}) as site:
        await site.admin("POST", "/parties/east/perform/receiveGoods", GOODS)
        upgrade_version(site.world, site.world.parties["east"], "v2", NOTICE_H)
        yield site


async def the_first_version_ends(site: Site) -> None:
    await site.advance(NOTICE_S, step_s=3600)
    site.tokens.clear()  # they have expired meanwhile


async def test_each_version_shows_what_was_taken_under_the_other_in_its_own_form(site: Site) -> None:
    asked = await site.ask("POST", f"/v2{ALL}", V2, party="east", headers=KEY)

    assert asked.status == 201, asked.json
    assert asked.headers["location"] == f"/v2{THIS}"
    assert V2.items() <= {**asked.json, "lines": V2["lines"]}.items()
    in_first = (await site.ask("GET", f"/v1{THIS}", party="east")).json
    assert V1.items() <= {**in_first, "lines": V1["lines"]}.items()
    in_second = (await site.ask("GET", f"/v2{ALL}", party="east")).json["items"]
    assert in_second == [asked.json]


async def test_a_request_repeated_under_the_other_version_has_no_second_effect(site: Site) -> None:
    first = await site.ask("POST", f"/v1{ALL}", V1, party="east", headers=KEY)

    again = await site.ask("POST", f"/v2{ALL}", V2, party="east", headers=KEY)
    other = await site.ask("POST", f"/v2{ALL}", V2 | {"revision": 2}, party="east", headers=KEY)

    assert (first.status, again.status, other.code) == (201, 201, "idempotency-key-reused")
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json["carriage"] == V2["carriage"]
    assert site.state("east")["Fulfilment"] == 1


async def test_what_a_version_does_not_know_is_refused_by_its_own_contract(site: Site) -> None:
    old_form = await site.ask("POST", f"/v2{ALL}", V1, party="east", headers=KEY)
    new_form = await site.ask("POST", f"/v1{ALL}", V2, party="east", headers=KEY)
    await site.ask("POST", f"/v1{ALL}", V1, party="east", headers=KEY)
    without_key = await site.ask("POST", f"/v2{THIS}/cancel", {}, party="east")

    assert (old_form.code, new_form.code) == ("invalid-request", "invalid-request")
    assert without_key.code == "idempotency-key-missing"
    assert (await site.ask("POST", f"/v1{THIS}/cancel", {}, party="east")).status == 200


async def test_the_answers_of_a_version_that_is_to_end_say_when_and_what_follows(site: Site) -> None:
    deprecated = await site.ask("GET", "/v1/capacity", party="east")
    current = await site.ask("GET", "/v2/capacity", party="east")

    now = site.clock.now()
    assert deprecated.headers["deprecation"] == f"@{int(now.timestamp())}"
    assert (parsedate_to_datetime(deprecated.headers["sunset"]) - now).total_seconds() == NOTICE_S
    assert deprecated.headers["link"] == '</v2>; rel="successor-version"'
    assert not {"deprecation", "sunset", "link"} & set(current.headers)


async def test_after_its_end_a_version_answers_nothing_but_that_it_is_gone(site: Site) -> None:
    await site.ask("POST", f"/v1{ALL}", V1, party="east", headers=KEY)
    await the_first_version_ends(site)

    gone = await site.ask("GET", f"/v1{THIS}", party="east")

    assert (gone.status, gone.code) == (410, "version-gone")
    assert gone.headers["link"] == '</v2>; rel="successor-version"'
    assert (await site.ask("GET", f"/v2{THIS}", party="east")).status == 200


async def test_a_subscription_ends_with_its_version_and_the_feed_goes_on(site: Site, receiver: Receiver) -> None:
    wish = {"url": receiver.url}
    old = await site.ask("POST", "/v1/webhook-subscriptions", wish, party="east")
    new = await site.ask("POST", "/v2/webhook-subscriptions", wish, party="east")
    cursor = (await site.ask("GET", "/v1/events", party="east")).json["nextCursor"]
    await site.ask("POST", f"/v1{ALL}", V1, party="east", headers=KEY)
    await the_first_version_ends(site)

    assert new.headers["location"] == f"/v2/webhook-subscriptions/{new.json['subscriptionId']}"
    status = {each.subscription_id: each.status for each in site.world.parties["east"].subscriptions.values()}
    assert status == {old.json["subscriptionId"]: "ended", new.json["subscriptionId"]: "active"}
    shown = (await site.ask("GET", "/v2/webhook-subscriptions", party="east")).json["items"]
    assert [each["subscriptionId"] for each in shown] == [new.json["subscriptionId"]]
    after = (await site.ask("GET", f"/v2/events?cursor={cursor}", party="east")).json["items"]
    assert "crossdock.shipment.shipped.v1" in [event["type"] for event in after]


async def test_a_version_can_be_brought_out_once(site: Site) -> None:
    with pytest.raises(Refusal, match="gone over to v2 already"):
        upgrade_version(site.world, site.world.parties["east"], "v2", NOTICE_H)


async def test_a_version_that_is_not_out_yet_has_nothing_to_call() -> None:
    async with open_site({"east": "warehouse"}) as site:
        reply = await site.ask("GET", f"/v2{THIS}", party="east")
        assert (reply.status, reply.code) == (404, "not-found")
        assert reply.json["detail"] == f"there is nothing at /v2{THIS}"

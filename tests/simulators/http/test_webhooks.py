"""Events pushed to subscribers over real sockets: signed, repeated, and told in the journal."""

import msgspec
from standardwebhooks import Webhook

from crossdock.contracts.validation import canonical
from crossdock.simulators.interference import Message, NoInterference, Sending, Sendings
from crossdock.tests.simulators.http.receiver import Receiver
from crossdock.tests.simulators.http.site import Site

CHANGED = "crossdock.case.changed.v1"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


async def subscribe(site: Site, receiver: Receiver, *types: str) -> str:
    """The id of a new subscription."""
    body = {"url": receiver.url, "secret": SECRET, **({"eventTypes": list(types)} if types else {})}
    reply = await site.ask("POST", "/v1/webhook-subscriptions", body)
    assert reply.status == 201, reply.json
    return str(reply.json["subscriptionId"])


async def delivered(site: Site, *kinds: str, count: int = 1) -> None:
    await site.until(lambda: len(site.journal(CHANGED, *kinds)) >= count, f"{count} deliveries have ended as {kinds}")


async def test_an_event_arrives_as_a_signed_cloud_event(site: Site, receiver: Receiver) -> None:
    await subscribe(site, receiver)

    case = await site.open_case()
    await delivered(site, "ok")

    (delivery,) = receiver.deliveries
    event = Webhook(SECRET).verify(delivery.body, dict(delivery.headers))
    assert canonical("cloud-event").errors(event) == []
    assert (event["type"], event["source"], event["data"]) == (CHANGED, "/parties/crm", case.json)
    assert delivery.headers["webhook-id"] == event["id"]
    assert delivery.headers["content-type"] == "application/cloudevents+json"


async def test_the_same_octets_stand_in_the_feed(site: Site, receiver: Receiver) -> None:
    await subscribe(site, receiver)
    await site.open_case()
    await delivered(site, "ok")

    feed = await site.ask("GET", "/v1/events")

    assert receiver.deliveries[0].body in feed.body


async def test_a_subscriber_that_fails_is_told_again_until_it_takes_it(site: Site, receiver: Receiver) -> None:
    await subscribe(site, receiver)
    receiver.answer(500, 302)

    await site.open_case()
    await delivered(site, "fail")
    await site.advance(0.5)
    await delivered(site, "fail", count=2)
    await site.advance(1.0)
    await delivered(site, "ok")

    assert len({delivery.headers["webhook-id"] for delivery in receiver.deliveries}) == 1
    assert len({delivery.body for delivery in receiver.deliveries}) == 1
    assert len(receiver.deliveries) == 3
    assert site.world.busy() is None


async def test_a_subscriber_that_asks_for_a_pause_gets_it(site: Site, receiver: Receiver) -> None:
    await subscribe(site, receiver)
    receiver.answer(503, Retry_After="3")
    await site.open_case()
    await delivered(site, "fail")

    await site.advance(2.9)
    assert (len(receiver.deliveries), site.world.busy()) == (1, "1 events are being delivered")

    await site.advance(0.2)
    await delivered(site, "ok")


async def test_a_pause_that_cannot_be_read_is_passed_over(site: Site, receiver: Receiver) -> None:
    await subscribe(site, receiver)
    receiver.answer(503, Retry_After="²")
    receiver.answer(503, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT")

    await site.open_case()
    await delivered(site, "fail")
    await site.advance(0.5)
    await delivered(site, "fail", count=2)
    await site.advance(1)
    await delivered(site, "ok")


async def test_gone_ends_the_subscription(site: Site, receiver: Receiver) -> None:
    subscription = await subscribe(site, receiver)
    receiver.answer(410)

    await site.open_case()
    await delivered(site, "note")
    await site.open_case()

    shown = await site.ask("GET", f"/v1/webhook-subscriptions/{subscription}")
    assert (shown.json["status"], shown.json["version"], shown.headers["etag"]) == ("ended", 2, '"2"')
    assert len(receiver.deliveries) == 1
    assert site.world.busy() is None


async def test_nobody_there_is_a_definite_failure_and_is_tried_again(site: Site, receiver: Receiver) -> None:
    body = {"url": "http://127.0.0.1:9/events", "secret": SECRET}
    await site.ask("POST", "/v1/webhook-subscriptions", body)

    await site.open_case()
    await delivered(site, "fail")

    (fail,) = site.journal(CHANGED, "fail")
    assert fail.detail["reason"].startswith("no connection to http://127.0.0.1:9/events")
    assert site.world.outbox.pending() == 1


async def test_only_the_types_that_were_asked_for_arrive(site: Site, receiver: Receiver) -> None:
    await subscribe(site, receiver, "crossdock.account.changed.v1", CHANGED)
    await subscribe(site, receiver, "crossdock.account.changed.v1")

    await site.open_case()
    await delivered(site, "ok")

    assert receiver.types() == [CHANGED]


async def test_a_deleted_subscription_is_told_nothing_more(site: Site, receiver: Receiver) -> None:
    subscription = await subscribe(site, receiver)
    receiver.answer(500)
    await site.open_case()
    await delivered(site, "fail")

    assert (await site.ask("DELETE", f"/v1/webhook-subscriptions/{subscription}")).status == 204
    await site.open_case()
    await site.advance(60)

    assert len(receiver.deliveries) == 1, "neither the retry nor the next event"
    assert site.world.busy() is None


async def test_an_event_can_be_doubled_by_interference(site: Site, receiver: Receiver) -> None:
    class Twice(NoInterference):
        def deliver(self, message: Message) -> Sendings | None:
            return Sendings("duplicate-event", (Sending(), Sending()))

    await subscribe(site, receiver)
    site.interfere(Twice())

    await site.open_case()
    await delivered(site, "ok", count=2)

    assert len({delivery.headers["webhook-id"] for delivery in receiver.deliveries}) == 1
    assert len(receiver.deliveries) == 2


async def test_reset_forgets_what_was_still_to_be_told(site: Site, receiver: Receiver) -> None:
    await subscribe(site, receiver)
    receiver.answer(500)
    await site.open_case()
    await delivered(site, "fail")

    site.world.reset()
    await site.advance(60)

    assert len(receiver.deliveries) == 1
    assert site.world.busy() is None


async def test_events_of_own_work_are_told_as_they_happen(site: Site, receiver: Receiver) -> None:
    await site.ask("POST", "/v1/webhook-subscriptions", {"url": receiver.url}, party="east")
    await site.admin("POST", "/parties/east/perform/receiveGoods", GOODS)
    headers = {"Idempotency-Key": "k1", "X-Correlation-Id": "CORR-1"}
    reply = await site.ask("POST", "/v1/fulfilment-requests", REQUEST, party="east", headers=headers)
    assert reply.status == 201, reply.json

    await site.advance(3 * 24 * 3600, step_s=3600)
    await site.until(lambda: site.world.busy() is None, "the parcel is delivered and everything told")

    events = [msgspec.json.decode(delivery.body) for delivery in receiver.deliveries]
    told = [event["type"] for event in sorted(events, key=lambda event: event["time"])]
    assert "crossdock.shipment.shipped.v1" in told
    assert [event["data"]["code"] for event in events if "tracking" in event["type"]].count("delivered") == 1
    caused = [event for event in events if event["type"] != "crossdock.inventory.changed.v1"]
    assert {event["correlationid"] for event in caused} == {"CORR-1"}, "however many days later"
    assert {entry.order_id for entry in site.journal("crossdock.shipment.shipped.v1")} == {"ORD-1"}


GOODS = {"body": {"sku": "SKU-1", "quantity": {"value": "100", "uom": "EA"}, "item": {"sku": "SKU-1"}}}
REQUEST = {
    "fulfilmentId": "FF-1",
    "revision": 1,
    "warehouseId": "east",
    "orderId": "ORD-1",
    "salesOrderId": "SO-1",
    "shipTo": {
        "name": "Ada Byrne",
        "line1": "12 Canal Street",
        "city": "Albany",
        "region": "NY",
        "postalCode": "12207",
        "country": "US",
    },
    "serviceLevel": "standard",
    "lines": [{"lineId": "1", "sku": "SKU-1", "quantity": {"value": "6", "uom": "EA"}}],
}

"""Events over a broker: CloudEvents that keep their order, told in the journal, and struck as webhooks are."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from cloudevents.core.bindings import amqp, http, kafka
from cloudevents.core.formats.json import JSONFormat

from crossdock.contracts.asyncapi import event_types
from crossdock.contracts.validation import canonical
from crossdock.simulators.channels.queue.message import Message
from crossdock.simulators.channels.queue.servers.nats import NatsServer
from crossdock.simulators.interference import Sending
from crossdock.simulators.refusal import Refusal
from crossdock.tests.simulators.queue.bench import until_depth
from crossdock.tests.simulators.queue.conftest import Running, on_nats
from crossdock.tests.simulators.queue.site import CASE_CHANGED, Interfering, Site, open_site

ATTRIBUTES = ("id", "source", "type", "subject", "correlationid", "traceparent")


def decoded(message: Message) -> Any:
    return msgspec.json.decode(message.body)


async def subjects(site: Site, count: int) -> list[tuple[str, int]]:
    """Subject and sequence of the next events."""
    events = [decoded(await site.read(site.events)) for _ in range(count)]
    return [(event["subject"], event["sequence"]) for event in events]


async def test_an_event_arrives_as_a_structured_cloud_event(site: Site) -> None:
    case_id = site.open_case()

    delivery = await site.take(site.events)
    await delivery.ack()

    message, event = delivery.message, decoded(delivery.message)
    assert message.content_type == "application/cloudevents+json"
    assert canonical("cloud-event").errors(event) == []
    assert event_types()[CASE_CHANGED].event.errors(event) == []
    assert (event["type"], event["source"], event["subject"]) == (CASE_CHANGED, "/parties/crm", case_id)
    assert (message.id, message.key, message.correlation_id) == (event["id"], case_id, event["correlationid"])
    assert message.headers["traceparent"] == event["traceparent"]
    assert message.headers["x-correlation-id"] == event["correlationid"]


async def test_the_same_octets_stand_in_the_feed(site: Site) -> None:
    site.open_case()

    message = await site.read(site.events)

    (event,) = site.world.parties["crm"].feed.page(None, 10).items
    assert message.body == msgspec.json.encode(event)


def read_by_the_sdk(kind: str, message: Message) -> Any:
    """The event as CloudEvents' own library reads it from such a message."""
    if kind == "rabbitmq":
        properties = {"content-type": message.content_type}
        return amqp.from_amqp(amqp.AMQPMessage(properties, dict(message.headers), message.body), JSONFormat())
    if kind == "kafka":
        headers = {name: value.encode() for name, value in message.headers.items()}
        if message.content_type:
            headers["content-type"] = message.content_type.encode()
        return kafka.from_kafka(kafka.KafkaMessage(headers, message.key, message.body), JSONFormat())
    # The binding for NATS has HTTP's rules, but for the content type of the data, which is an attribute like any other.
    by_http = {**message.headers, "content-type": message.content_type or message.headers["ce-datacontenttype"]}
    by_http.pop("ce-datacontenttype", None)
    return http.from_http(http.HTTPMessage(by_http, message.body), JSONFormat())


async def test_the_sdk_of_cloud_events_reads_the_structured_mode(site: Site, kind: str) -> None:
    site.open_case()

    message = await site.read(site.events)

    event, expected = read_by_the_sdk(kind, message), decoded(message)
    assert {name: event.get_attributes()[name] for name in ATTRIBUTES} == {name: expected[name] for name in ATTRIBUTES}
    assert event.get_data() == expected["data"]


async def test_the_sdk_of_cloud_events_reads_the_binary_mode(server: Running, kind: str, mark: str) -> None:
    async with open_site(server.server.url, mark, mode="binary") as site:
        case_id = site.open_case()
        message = await site.read(site.events)

        (expected,) = site.world.parties["crm"].feed.page(None, 10).items
        event = read_by_the_sdk(kind, message)
        attributes = event.get_attributes()
        assert {name: attributes[name] for name in ATTRIBUTES} == {name: getattr(expected, name) for name in ATTRIBUTES}
        assert attributes["time"] == expected.time
        assert attributes["datacontenttype"] == "application/json"
        assert str(attributes["sequence"]) == "1"
        assert event.get_data()["caseId"] == case_id


async def test_the_events_of_a_subject_keep_their_order_in_a_burst(site: Site) -> None:
    cases = [site.open_case() for _ in range(10)]
    for priority in ("high", "normal", "low", "normal") * 3:
        for case_id in cases:
            site.note_case(case_id, priority)

    seen: dict[str, list[int]] = defaultdict(list)
    for subject, sequence in await subjects(site, 130):
        seen[subject].append(sequence)

    assert seen == {case_id: list(range(1, 14)) for case_id in cases}


@on_nats
async def test_only_the_types_that_were_asked_for_are_published(server: Running, mark: str) -> None:
    async with open_site(server.server.url, mark, subscribed=False) as site:
        await site.host.subscribe("east", ["crossdock.inventory.changed.v1"])
        site.stock(5)
        await site.ask()
        await site.reply()  # the request is accepted, which is another event
        site.stock(5)

        queue = site.host.events.queues["east"]
        events = [decoded(await site.read(queue)) for _ in range(2)]

        assert {event["type"] for event in events} == {"crossdock.inventory.changed.v1"}
        await until_depth(site.layer, queue, 0)


@on_nats
async def test_the_events_of_a_party_are_published_once_however_many_read_them(site: Site) -> None:
    with pytest.raises(Refusal, match="crm publishes its events already"):
        await site.host.subscribe("crm")


# -- the journal


@pytest.mark.parametrize("kind", ["nats", "kafka"], indirect=True)
async def test_an_exchange_ends_when_its_reader_has_acknowledged_where_that_can_be_seen(site: Site) -> None:
    case_id = site.open_case()
    delivery = await site.take(site.events)
    event_id = decoded(delivery.message)["id"]
    await site.until(lambda: site.host.events.unread() == 1, "the event is stored")
    assert site.kinds(CASE_CHANGED) == ["invoke"]

    await delivery.ack()
    await site.until(lambda: site.kinds(CASE_CHANGED) == ["invoke", "ok"], "the acknowledgement is heard")

    invoke, ok = site.journal(CASE_CHANGED)
    assert invoke.detail == {"queue": site.events.name, "key": case_id, "event": event_id, "attempt": 1}
    assert (invoke.party, invoke.client, ok.exchange) == ("crm", "layer", invoke.seq)
    assert (ok.detail["event"], ok.detail["acknowledged"]) == (event_id, True)
    assert site.host.events.unread() == 0
    await site.until(lambda: site.world.busy() is None, "the next look at the queue finds nothing")


@pytest.mark.parametrize("kind", ["rabbitmq"], indirect=True)
async def test_where_it_cannot_be_seen_the_exchange_ends_unknown_when_the_event_is_stored(site: Site) -> None:
    site.open_case()
    await site.until(lambda: site.kinds(CASE_CHANGED) == ["invoke", "info"], "the event is stored")

    assert site.journal(CASE_CHANGED)[1].detail["stored"] is True


@on_nats
async def test_an_event_that_its_reader_terminates_is_a_failure_and_a_dead_letter(site: Site) -> None:
    import nats

    site.open_case()
    client = await nats.connect(site.host.url)
    stream, durable = site.host.broker.reading(site.events)
    subscription = await client.jetstream().pull_subscribe_bind(durable, stream)
    (message,) = await subscription.fetch(1, timeout=10)
    await message.term()
    await client.flush()

    await site.until(lambda: site.kinds(CASE_CHANGED) == ["invoke", "fail"], "the refusal is heard")
    assert site.events.dead_letters is not None
    letter = await site.read(site.events.dead_letters)
    assert letter.body == message.data
    assert letter.headers["dead-letter-reason"] == "its reader terminated it"
    await client.close()


@on_nats
async def test_what_nobody_acknowledged_by_the_end_is_said_to_be_unknown(server: Running, mark: str) -> None:
    async with open_site(server.server.url, mark) as site:
        site.open_case()
        await site.until(lambda: site.host.events.unread() == 1, "the event is stored")

    assert site.kinds(CASE_CHANGED) == ["invoke", "info"]
    assert "not acknowledged by the end" in site.journal(CASE_CHANGED)[1].detail["reason"]


@on_nats
async def test_an_event_that_is_too_large_for_the_broker_is_given_up_and_holds_nothing_up(site: Site) -> None:
    site.world.set_interference(Interfering(deliver=[(Sending(payload=b"x" * 2_000_000),)]))

    site.open_case()
    second = site.open_case()

    assert await subjects(site, 1) == [(second, 1)]
    (fail,) = site.journal(CASE_CHANGED, "fail")
    assert fail.detail["givenUp"] == 1
    assert site.world.busy() is None


# -- faults


@dataclass
class Struck:
    """A fault on the first event, and the subjects and sequences that then arrive of two cases, a and b."""

    name: str
    sendings: tuple[Sending, ...]
    arrives: list[tuple[str, int]]


FAULTS = [
    Struck("lost", (), [("b", 1)]),
    Struck("duplicate", (Sending(), Sending()), [("a", 1), ("a", 1), ("b", 1)]),
    Struck("delayed", (Sending(2.0),), [("b", 1), ("a", 1)]),
    Struck("confirm lost", (Sending(unheard=True),), [("a", 1), ("a", 1), ("b", 1)]),
]


@pytest.mark.parametrize("struck", FAULTS, ids=lambda struck: struck.name)
async def test_a_fault_on_an_event_is_what_the_reader_sees(site: Site, struck: Struck) -> None:
    interfering = Interfering(deliver=[struck.sendings])
    site.world.set_interference(interfering)

    first = site.open_case()
    second = site.open_case()
    names = {first: "a", second: "b"}
    arriving = asyncio.ensure_future(subjects(site, len(struck.arrives)))
    await site.until(arriving.done, "everything has arrived", passing_s=0.05)

    # Several subjects have no order among each other but the one that a delay makes.
    arrived = [(names[subject], sequence) for subject, sequence in arriving.result()]
    assert arrived == struck.arrives if struck.name == "delayed" else sorted(arrived) == struck.arrives
    await until_depth(site.layer, site.events, 0)
    (fault,) = site.journal("the-fault")
    assert (fault.kind, fault.party) == ("fault", "crm")
    assert (interfering.asked[0].direction, interfering.asked[0].name) == ("event", CASE_CHANGED)


@on_nats
async def test_a_duplicate_can_have_another_event_id(site: Site) -> None:
    site.world.set_interference(Interfering(deliver=[(Sending(), Sending(new_id=True))]))

    site.open_case()

    one, other = [await site.read(site.events) for _ in range(2)]
    assert one.id != other.id
    assert decoded(one) | {"id": ""} == decoded(other) | {"id": ""}


async def test_poison_reaches_the_reader_octet_for_octet(site: Site) -> None:
    poison = b"\x00\xff no event"
    site.world.set_interference(Interfering(deliver=[(Sending(payload=poison), Sending())]))

    site.open_case()

    assert (await site.read(site.events)).body == poison
    assert decoded(await site.read(site.events))["type"] == CASE_CHANGED


async def test_what_a_party_says_while_it_is_down_comes_in_a_burst_when_it_is_back(site: Site) -> None:
    site.world.take_down("crm", "outage")
    case_id = site.open_case()
    for priority in ("high", "normal", "low"):
        site.note_case(case_id, priority)
    assert await site.host.broker.depth(site.events) == 0

    site.world.bring_up("crm", "outage")

    assert await subjects(site, 4) == [(case_id, number) for number in (1, 2, 3, 4)]


async def test_events_wait_in_order_while_the_broker_is_down(mark: str) -> None:
    async with NatsServer() as server, open_site(server.url, mark) as site:
        case_id = site.open_case()
        assert await subjects(site, 1) == [(case_id, 1)]

        await server.go_down()
        site.note_case(case_id, "high")
        other = site.open_case()
        site.note_case(case_id, "normal")
        await site.until(lambda: len(site.journal(CASE_CHANGED, "fail")) >= 4, "tries have failed", passing_s=0.1)
        assert site.world.outbox.pending() == 3
        await server.start()
        await site.until(lambda: site.world.outbox.pending() == 0, "they are published", passing_s=0.1)

        (reader,) = site.readers.values()
        await reader.close()
        site.readers.clear()
        expected = {(case_id, 2), (case_id, 3), (other, 1)}
        seen: list[tuple[str, int]] = []
        while not expected <= set(seen):  # what was acknowledged just before the server went down may come again
            seen += await subjects(site, 1)
        told = dict.fromkeys(each for each in seen if each in expected and each[0] == case_id)
        assert list(told) == [(case_id, 2), (case_id, 3)]


@on_nats
async def test_ending_the_subscription_leaves_events_unsaid(site: Site) -> None:
    (subscription,) = [each for each in site.world.parties["crm"].subscriptions.values() if each.channel == "queue"]

    site.world.unsubscribe("crm", subscription.subscription_id)
    site.open_case()

    assert site.journal(CASE_CHANGED) == []
    assert "secret" not in subscription.url

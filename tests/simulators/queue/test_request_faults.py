"""What faults make of requests over a broker: readers that crash, answers that mislead, outages."""

import pytest

from crossdock.simulators.channels.queue.servers.nats import NatsServer
from crossdock.simulators.interference import Answer, Delay, Sending, Withhold
from crossdock.tests.simulators.queue.bench import until_depth
from crossdock.tests.simulators.queue.conftest import on_nats
from crossdock.tests.simulators.queue.site import REQUEST, Interfering, Site, open_site, problem, request_body


async def test_a_reader_that_crashes_after_the_effect_has_the_effect_once(site: Site) -> None:
    site.world.set_interference(Interfering(committed=[Withhold(5, "consumer-crash")]))

    await site.ask(key="FF-1")
    reply = await site.reply()

    assert reply.headers["status"] == "201"
    assert reply.headers["idempotent-replayed"] == "true"
    assert site.fulfilments() == ["FF-1"]
    assert site.host.requests["east"][0].crashes == 1
    await until_depth(site.host.broker, site.requests, 0)
    kinds = [entry.kind for entry in site.journal() if entry.name in (REQUEST, "consumer-crash")]
    assert kinds == ["invoke", "commit", "fault", "info", "invoke", "ok"]
    info = site.journal(REQUEST, "info")[0]
    assert (info.detail["crashed"], info.detail["withheld"], info.detail["fault"]) == (True, True, "consumer-crash")


async def test_a_reader_that_crashes_before_the_effect_has_it_when_the_message_comes_again(site: Site) -> None:
    site.world.set_interference(Interfering(before=[Withhold(5, "consumer-crash")]))

    await site.ask(key="FF-1")
    reply = await site.reply()

    assert reply.headers["status"] == "201"
    assert "idempotent-replayed" not in reply.headers
    assert site.fulfilments() == ["FF-1"]
    await until_depth(site.host.broker, site.requests, 0)  # the reply comes before the end is written down
    kinds = [entry.kind for entry in site.journal() if entry.name in (REQUEST, "consumer-crash")]
    assert kinds == ["invoke", "fault", "fail", "invoke", "commit", "ok"]


async def test_requests_of_one_fulfilment_keep_their_order_though_the_first_is_held_up(site: Site) -> None:
    site.world.set_interference(Interfering(before=[Delay(3, "slow")]))

    await site.ask(request_body("FF-1", value="6"), id="first", key="FF-1")
    await site.until(lambda: site.kinds() == ["invoke", "fault"], "the first is held up")
    await site.ask(request_body("FF-1", value="8", revision=2), id="second", key="FF-1")
    await site.ask(request_body("FF-2", orderId="CO-2"), id="other", key="FF-2")

    assert (await site.reply()).correlation_id == "other"
    assert site.fulfilments() == ["FF-2"]
    await site.until(lambda: len(site.journal(REQUEST, "ok")) == 3, "all are answered", passing_s=0.1)
    assert [(await site.reply()).correlation_id for _ in range(2)] == ["first", "second"]
    assert site.fulfilments() == ["FF-2", "FF-1"]


@pytest.mark.parametrize("kind", ["nats", "rabbitmq"], indirect=True)
async def test_where_a_queue_keeps_its_order_a_request_without_a_key_goes_by_its_fulfilment(site: Site) -> None:
    site.world.set_interference(Interfering(before=[Delay(3, "slow")]))

    await site.ask(request_body("FF-1"), id="first")
    await site.until(lambda: site.kinds() == ["invoke", "fault"], "the first is held up")
    await site.ask(request_body("FF-1", revision=2), id="second")
    await site.ask(request_body("FF-2", orderId="CO-2"), id="other")

    assert (await site.reply()).correlation_id == "other"
    await site.until(lambda: len(site.journal(REQUEST, "ok")) == 3, "all are answered", passing_s=0.1)
    assert [(await site.reply()).correlation_id for _ in range(2)] == ["first", "second"]


@pytest.mark.parametrize("when", ["before", "committed"])
@on_nats
async def test_an_answer_can_be_another_than_the_truth(site: Site, when: str) -> None:
    unavailable = Answer(503, "unavailable")
    interfering = Interfering(before=[unavailable]) if when == "before" else Interfering(committed=[unavailable])
    site.world.set_interference(interfering)

    await site.ask(id="REQ-9")
    assert problem(await site.reply())["code"] == "unavailable"
    assert site.fulfilments() == ([] if when == "before" else ["FF-1"])
    await site.ask(id="REQ-9")

    assert (await site.reply()).headers["status"] == "201"
    assert site.fulfilments() == ["FF-1"]
    last = site.journal(REQUEST, "fail", "info")[-1]
    assert (last.kind, last.detail.get("instead")) == (("fail", None) if when == "before" else ("info", 201))


@on_nats
async def test_an_answer_can_come_late(site: Site) -> None:
    site.world.set_interference(Interfering(committed=[Delay(2, "slow")]))

    await site.ask()
    await site.until(lambda: site.fulfilments() == ["FF-1"], "the effect is there")
    assert site.journal(REQUEST, "ok") == []
    assert site.world.busy() == "1 requests are being answered"
    await site.until(lambda: site.journal(REQUEST, "ok"), "it is answered", passing_s=0.1)

    assert (await site.reply()).headers["status"] == "201"


@on_nats
async def test_a_reply_can_be_lost_and_the_journal_says_that_nobody_knows(site: Site) -> None:
    site.world.set_interference(Interfering(deliver=[()]))

    await site.ask(id="REQ-9")
    await site.until(lambda: site.journal(REQUEST, "info"), "the exchange has ended")
    assert await site.layer.depth(site.replies) == 0
    await site.ask(id="REQ-9")

    assert (await site.reply()).headers["idempotent-replayed"] == "true"
    assert site.fulfilments() == ["FF-1"]


@on_nats
async def test_a_reply_can_come_twice_late_or_as_garbage(site: Site) -> None:
    twice_and_late = (Sending(), Sending(), Sending(2.0))
    garbage, unheard = (Sending(payload=b"\x00"),), (Sending(unheard=True),)
    site.world.set_interference(Interfering(deliver=[twice_and_late, garbage, unheard]))

    await site.ask(request_body("FF-1"), id="first", key="k")
    assert [(await site.reply()).correlation_id for _ in range(2)] == ["first", "first"]
    await site.ask(request_body("FF-2"), id="second", key="k")
    assert (await site.reply()).body == b"\x00"
    await site.ask(request_body("FF-3"), id="third", key="k")
    assert [(await site.reply()).correlation_id for _ in range(2)] == ["third", "third"]
    await site.until(lambda: site.world.in_flight == 1, "only the late one is not out yet")
    await site.until(lambda: site.world.in_flight == 0, "the late one is out", passing_s=0.1)
    assert (await site.reply()).correlation_id == "first"


async def test_requests_wait_in_the_queue_while_the_warehouse_is_down(site: Site) -> None:
    site.world.take_down("east", "outage")
    await site.ask(request_body("FF-1"))
    await site.ask(request_body("FF-2"))
    await until_depth(site.host.broker, site.requests, 2)
    assert site.journal(REQUEST) == []

    site.world.bring_up("east", "outage")

    assert [(await site.reply()).headers["status"] for _ in range(2)] == ["201", "201"]


async def test_a_warehouse_that_goes_down_in_the_middle_carries_out_the_rest_when_it_is_back(site: Site) -> None:
    count = 40
    for number in range(count // 2):
        await site.ask(request_body(f"FF-{number}", value="1"))
    await site.reply()
    site.world.take_down("east", "outage")
    for number in range(count // 2, count):
        await site.ask(request_body(f"FF-{number}", value="1"))

    site.world.bring_up("east", "outage")

    await until_depth(site.host.broker, site.requests, 0)
    await site.until(lambda: site.world.in_flight == 0, "all work is done")
    assert sorted(site.fulfilments()) == sorted(f"FF-{number}" for number in range(count))


async def test_requests_survive_a_broker_that_goes_down(mark: str) -> None:
    async with NatsServer() as server, open_site(server.url, mark) as site:
        site.world.take_down("east", "outage")
        await site.ask(request_body("FF-1"))
        await server.go_down()
        site.world.bring_up("east", "outage")
        await server.start()
        await site.ask(request_body("FF-2"))

        assert [(await site.reply()).headers["status"] for _ in range(2)] == ["201", "201"]
        assert sorted(site.fulfilments()) == ["FF-1", "FF-2"]

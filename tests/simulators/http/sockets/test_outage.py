"""An outage: connections are refused and dropped, the party works on, and is back at the same address."""

import asyncio
import socket

import aiohttp
import pytest

from crossdock.tests.simulators.http.receiver import Receiver
from crossdock.tests.simulators.http.site import CASE, Site, open_site


async def test_a_party_that_is_down_refuses_connections_and_is_back_at_the_same_port(site: Site) -> None:
    assert (await site.open_case()).status == 201
    address = site.url()

    site.world.take_down("crm", "outage")
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):  # as the loop's version has it
        await site.open_case()  # on the connection that it has
    with pytest.raises(aiohttp.ClientConnectorError):
        await site.open_case()  # on a new one
    site.world.bring_up("crm", "outage")

    assert (await site.open_case()).status == 201
    assert site.url() == address
    assert site.state()["Case"] == 2
    assert [entry.detail for entry in site.journal("outage", "fault")] == [{"reachable": False}, {"reachable": True}]


async def test_it_is_back_without_a_turn_of_the_loop_in_between(site: Site) -> None:
    await site.token()

    for _ in range(3):
        site.world.take_down("crm", "outage")
        site.world.bring_up("crm", "outage")

    async with aiohttp.ClientSession() as site.session:  # without connections from before
        assert (await site.open_case()).status == 201


async def test_down_and_at_once_up_and_down_again_ends_down(site: Site) -> None:
    await site.token()

    site.world.take_down("crm", "outage")
    site.world.bring_up("crm", "outage")
    site.world.take_down("crm", "outage")

    for _ in range(5):
        with pytest.raises(aiohttp.ClientConnectionError):
            await site.open_case()


async def test_the_other_parties_go_on(site: Site) -> None:
    site.world.take_down("crm", "outage")

    assert (await site.ask("GET", "/v1/capacity", party="east")).status == 200


async def test_a_connection_that_was_open_is_dropped(site: Site) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.host.listeners["crm"].port)
    writer.write(b"GET /v1/cases HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 401")

    site.world.take_down("crm", "outage")

    with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
        await reader.readuntil(b"never")
    writer.close()


async def test_a_request_that_was_half_sent_is_lost_and_told_as_lost(site: Site) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.host.listeners["crm"].port)
    writer.write(b"POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    await site.until(lambda: site.world.in_flight, "the request has begun")

    site.world.take_down("crm", "outage")
    await site.until(lambda: site.journal("createCase", "fail"), "the loss is in the journal")

    assert site.journal("createCase", "fail")[0].detail == {"callerLeft": True}
    assert site.world.in_flight == 0
    writer.close()
    assert "Case" not in site.state()
    del reader


async def test_events_wait_for_the_end_of_the_outage(site: Site, receiver: Receiver) -> None:
    await site.ask("POST", "/v1/webhook-subscriptions", {"url": receiver.url})
    site.world.take_down("crm", "outage")

    await site.admin("POST", "/parties/crm/perform/createCase", {"body": CASE})
    await site.advance(60)
    assert (receiver.deliveries, site.world.busy()) == ([], "1 events are being delivered")

    site.world.bring_up("crm", "outage")
    await site.until(lambda: receiver.deliveries, "the event arrives")


async def test_down_is_down_however_often_it_is_said(site: Site) -> None:
    for _ in range(2):
        site.world.take_down("crm", "outage")
    for _ in range(2):
        site.world.bring_up("crm", "outage")

    assert len(site.journal("outage", "fault")) == 2
    assert (await site.open_case()).status == 201


async def test_the_port_stays_ours_while_the_party_is_down(site: Site) -> None:
    site.world.take_down("crm", "outage")

    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", site.host.listeners["crm"].port))


async def test_a_port_that_is_taken_is_told_and_nothing_stays_open() -> None:
    async with open_site({"crm": "crm", "east": "warehouse"}) as site:
        taken = site.host.listeners["crm"].port
        with pytest.raises(OSError, match="in use"):
            async with open_site({"east": "warehouse", "crm": "crm"}, ports={"crm": taken}):
                pass


async def test_a_closed_host_is_refused_and_its_world_is_still(site: Site) -> None:
    async with open_site({"crm": "crm"}) as other:
        url = other.url()
        assert (await other.open_case()).status == 201

    with pytest.raises(aiohttp.ClientConnectorError):
        await site.session.get(url + "/v1/cases")
    assert other.world.busy() is None

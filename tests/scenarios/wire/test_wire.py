"""All that stands between the layer and the parties: where it is, that it is as good as nothing, and how it ends."""

import asyncio
import socket
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import Random

import aiohttp
import pytest

from crossdock.scenarios.interference import ArmedFault, Faults
from crossdock.scenarios.scenario import fault_of
from crossdock.scenarios.wire.place import Place
from crossdock.scenarios.wire.wire import HAR_FILE, PROXY_LOG, Wire
from crossdock.simulators.interference import Message, NoInterference, RequestEffect, Withhold
from crossdock.tests.simulators.http.site import CASE, Site, open_site

BOTH = {Place.RELAY, Place.PROXY}


@asynccontextmanager
async def wired(
    folder: Path, places: Collection[Place], own_port: int = 0, *, record: bool = False
) -> AsyncIterator[tuple[Site, Wire]]:
    """A CRM with this in front of it."""
    async with open_site({"crm": "crm"}) as site:
        wire = Wire(site.world, {"crm": site.url()}, folder, Random(1))
        await wire.open({"crm": places}, {"crm": own_port}, record=record)
        site.tokens["crm"] = await site.token()
        try:
            yield site, wire
        finally:
            await wire.close()


async def post(site: Site, wire: Wire, **more: float) -> int:
    """Open a case by way of the wire; the status."""
    headers = {"Authorization": f"Bearer {site.tokens['crm']}"}
    url = f"{wire.addresses['crm']}/v1/cases"
    timeout = aiohttp.ClientTimeout(total=more.get("timeout_s", 5.0))
    async with site.session.post(url, json=CASE, headers=headers, timeout=timeout) as response:
        await response.read()
        return response.status


async def test_where_nothing_is_needed_nothing_is_put(tmp_path: Path) -> None:
    async with wired(tmp_path, {Place.DELIVERY, Place.ADDRESS}) as (_, wire):
        assert (wire.addresses, wire.relays, wire.proxy, wire.authority) == ({}, {}, None, None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("places", [{Place.RELAY}, BOTH], ids=["relay", "relay and proxy"])
async def test_while_nothing_is_wrong_it_is_as_if_it_were_not_there(tmp_path: Path, places: set[Place]) -> None:
    async with wired(tmp_path, places) as (site, wire):
        site.interfere(Faults(site.world, lambda _order_id: None, wire=wire))
        for number in range(1, 6):
            assert await post(site, wire) == 201
            assert site.state()["Case"] == number
        assert [entry.kind for entry in site.journal("createCase")] == ["invoke", "commit", "ok"] * 5


@pytest.mark.parametrize("places", [{Place.RELAY}, BOTH], ids=["relay", "relay and proxy"])
async def test_a_party_that_is_down_refuses_its_callers_and_is_back_at_the_same_port(
    tmp_path: Path, places: set[Place]
) -> None:
    async with wired(tmp_path, places) as (site, wire):
        assert await post(site, wire) == 201
        site.world.take_down("crm", "outage")
        with pytest.raises(aiohttp.ClientConnectionError):
            await post(site, wire)  # over the connection that it has
        with pytest.raises(aiohttp.ClientConnectorError):
            await post(site, wire)
        site.world.bring_up("crm", "outage")
        assert await post(site, wire) == 201


async def test_a_party_that_says_nothing_says_nothing_through_the_proxy_either(tmp_path: Path) -> None:
    class Silent(NoInterference):
        def before(self, message: Message) -> RequestEffect | None:
            return Withhold(0.5, "no-answer")

    async with wired(tmp_path, BOTH) as (site, wire):
        site.interfere(Silent())
        asking = asyncio.ensure_future(post(site, wire))
        await site.until(lambda: site.journal("no-answer", "fault"), "the request has come")
        await site.advance(1)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await asking


async def test_a_caller_that_leaves_has_left_through_the_proxy_too(tmp_path: Path) -> None:
    class Silent(NoInterference):
        def before(self, message: Message) -> RequestEffect | None:
            return Withhold(60.0, "no-answer")

    async with wired(tmp_path, BOTH) as (site, wire):
        site.interfere(Silent())
        with pytest.raises(TimeoutError):
            await post(site, wire, timeout_s=0.5)
        await site.until(lambda: site.journal("createCase", "fail"), "the simulator has noticed")
        assert site.journal("createCase", "fail")[0].detail["callerLeft"] is True


async def test_relay_and_proxy_strike_one_after_the_other_at_the_same_party(tmp_path: Path) -> None:
    async with wired(tmp_path, BOTH) as (site, wire):
        faults = Faults(site.world, lambda _order_id: ("s", "A"), wire=wire)
        for name, nth in (("connection-reset", 1), ("kill-after-commit", 2)):
            document = {"fault": name, "party": "crm", "operation": "createCase", "nth": nth}
            faults.arm(ArmedFault("s", name, fault_of(document)))
        site.interfere(faults)

        with pytest.raises(aiohttp.ClientOSError):
            await post(site, wire)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await post(site, wire)
        assert await post(site, wire) == 201

        told = [(entry.name, entry.detail["place"]) for entry in site.entries if entry.kind == "fault"]
        assert told == [("connection-reset", "relay"), ("kill-after-commit", "proxy")]
        assert [armed.fired for armed in faults.armed] == [1, 1]
        asked = {entry.seq for entry in site.journal("createCase", "invoke")}
        assert {entry.exchange for entry in site.entries if entry.kind == "fault"} < asked


async def test_a_relay_takes_the_port_at_which_the_layer_must_find_the_party(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with wired(tmp_path, {Place.RELAY}, port) as (site, wire):
        assert wire.addresses == {"crm": f"http://127.0.0.1:{port}"}
        assert await post(site, wire) == 201
        second = Wire(site.world, wire.upstreams, tmp_path, Random(1))
        with pytest.raises(OSError, match="in use"):
            await second.open({"crm": {Place.RELAY}}, {"crm": port})


async def test_what_passed_is_written_when_all_is_over(tmp_path: Path) -> None:
    async with wired(tmp_path, BOTH, record=True) as (site, wire):
        assert await post(site, wire) == 201
    assert '"version": "1.2"' in (tmp_path / HAR_FILE).read_text("utf-8")
    assert site.tokens["crm"] not in (tmp_path / HAR_FILE).read_text("utf-8")


async def test_what_lasts_ends_once_by_its_time_by_hand_or_with_the_wire(tmp_path: Path) -> None:
    ended: list[int] = []
    async with wired(tmp_path, {Place.RELAY}) as (site, wire):
        for key, for_s in ((1, 2.0), (2, 60.0), (3, 60.0)):
            wire.last(key, partial(ended.append, key), for_s)
        assert wire.busy
        await site.advance(2.5)
        wire.over(2)
        wire.over(2)
        wire.over(1)
        assert ended == [1, 2]
        assert wire.busy
    assert ended == [1, 2, 3]
    assert not wire.busy


async def test_what_fails_on_the_way_is_the_harnesss_own_fault(tmp_path: Path) -> None:
    async def fail() -> None:
        raise ValueError("no such thing")

    async with wired(tmp_path, {Place.RELAY}) as (site, wire):
        wire.soon(fail())
        await wire.calm()
        assert site.world.errors.pop() == "on the wire: ValueError: no such thing"


async def test_nothing_is_begun_once_it_is_closed(tmp_path: Path) -> None:
    begun: list[int] = []

    async def begin() -> None:
        begun.append(1)

    async with wired(tmp_path, {Place.RELAY}) as (_, wire):
        wire.last(1, lambda: wire.soon(begin()), 60.0)
    assert begun == []
    assert not wire.busy


async def test_a_proxy_that_dies_is_the_harnesss_own_fault(tmp_path: Path) -> None:
    async with wired(tmp_path, BOTH) as (site, wire):
        assert wire.proxy is not None
        process = wire.proxy._process
        assert process is not None
        process.kill()
        await site.until(lambda: site.world.errors, "it is noticed")
        assert "the proxy ended by itself" in site.world.errors.pop()
        assert PROXY_LOG in str(wire.proxy.log)

"""A world without sockets behaves towards its callers as on sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from crossdock.simulators.ids import Ids
from crossdock.simulators.virtual.clock import VirtualClock
from crossdock.simulators.virtual.host import VirtualHost, parts_of
from crossdock.simulators.virtual.wire import HOST, LONGEST_S, SHORTEST_S, Wire
from crossdock.simulators.world import World

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


async def no_post(url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, float | None]:
    raise AssertionError(f"nothing is subscribed, and yet {url} is to be called")


@asynccontextmanager
async def hosted() -> AsyncIterator[VirtualHost]:
    world = World("test", VirtualClock(asyncio.get_running_loop(), START), Ids("TEST", 1))
    for name in world.parties:
        world.register_client(name, "layer", "s3cret", ("customers.read",))
    async with VirtualHost(world, Wire("1"), no_post, channels={"west": "x12"}, ports={"erp": 4711}) as host:
        yield host


async def asked(host: VirtualHost, url: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
    form = [("Content-Type", "application/x-www-form-urlencoded")]
    status, fields, content = await host.request("POST" if body else "GET", url, form if body else [], body)
    return status, dict(fields), content


TOKEN = b"grant_type=client_credentials&client_id=layer&client_secret=s3cret"


async def test_a_party_answers_at_its_address_and_the_way_there_and_back_takes_time() -> None:
    async with hosted() as host:
        status, fields, content = await asked(host, f"{host.addresses['erp']}/v1/oauth/token", TOKEN)

        assert status == 200
        assert fields["content-type"].startswith("application/json")
        assert json.loads(content)["token_type"] == "Bearer"
        assert 2 * SHORTEST_S <= asyncio.get_running_loop().time() <= 2 * LONGEST_S


async def test_a_fixed_port_is_kept_and_localhost_is_the_same_machine() -> None:
    async with hosted() as host:
        assert host.addresses["erp"] == f"http://{HOST}:4711"
        assert (await asked(host, "http://localhost:4711/v1/customers"))[0] == 401


async def test_nobody_listens_anywhere_else() -> None:
    async with hosted() as host:
        with pytest.raises(ConnectionRefusedError, match=r"nobody listens at http://example\.com/"):
            await host.request("GET", "http://example.com/")
        with pytest.raises(ConnectionRefusedError, match="no SFTP server at"):
            await host.log_in(HOST, 4711, "layer-west", "")


async def test_a_party_that_is_down_refuses_and_is_there_again_afterwards() -> None:
    async with hosted() as host:
        host.sites["erp"].cut()
        with pytest.raises(ConnectionRefusedError):
            await asked(host, f"{host.addresses['erp']}/v1/customers")

        host.sites["erp"].reopen()
        assert (await asked(host, f"{host.addresses['erp']}/v1/customers"))[0] == 401


async def test_a_partner_writes_reads_and_moves_files() -> None:
    async with hosted() as host:
        site = host.file_sites["west"]
        told = dict(site.told(site.url))
        session = await host.log_in(told["SFTP_HOST"], int(told["SFTP_PORT"]), told["SFTP_USER"], told["SFTP_PASSWORD"])

        await session.write("/inbound/one.tmp", b"words")
        await session.rename("/inbound/one.tmp", "/inbound/other.tmp")

        assert await session.names("/inbound") == ["other.tmp"]
        assert await session.read("/inbound/other.tmp") == b"words"
        with pytest.raises(FileNotFoundError):
            await session.read("/inbound/one.tmp")
        site.cut()
        with pytest.raises(ConnectionResetError):
            await session.names("/inbound")


async def test_a_wrong_password_is_no_permission() -> None:
    async with hosted() as host:
        told = dict(host.file_sites["west"].told(""))
        with pytest.raises(PermissionError):
            await host.log_in(told["SFTP_HOST"], int(told["SFTP_PORT"]), told["SFTP_USER"], "wrong")


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("http://127.0.0.1:8080/a%20b?c=d", (("127.0.0.1", 8080), "/a%20b", "c=d")),
        ("http://localhost", (("127.0.0.1", 80), "/", "")),
        ("https://localhost:8080/x", (("https:", 0), "/", "")),
    ],
)
async def test_a_url_is_taken_apart(url: str, parts: object) -> None:
    assert parts_of(url) == parts

"""An outage: callers are refused, sessions dropped, what was under way is broken off, and the server is back."""

import socket

import pytest

from crossdock.simulators.channels.sftp.mailbox import BrokenOff
from crossdock.simulators.channels.sftp.server import SftpServer
from crossdock.tests.simulators.sftp.sockets.server_site import LOST, ServerSite


async def test_a_server_that_is_down_refuses_and_is_back_at_the_same_port(site: ServerSite) -> None:
    url = site.server.url
    connection = await site.connect()
    site.server.cut()

    await connection.wait_closed()
    with pytest.raises(ConnectionRefusedError):
        await site.connect()
    site.server.reopen()
    async with await site.connect():
        pass
    assert site.server.url == url


async def test_what_is_half_written_when_it_goes_down_is_broken_off(site: ServerSite) -> None:
    connection = await site.connect()
    async with connection.start_sftp_client() as client:
        handle = await client.open("/inbound/x.csv", "wb")
        await handle.write(b"half")
        site.server.cut()
        assert site.place.events == [BrokenOff("/inbound/x.csv", "layer", 4, "outage")]
        with pytest.raises(LOST):
            await handle.write(b"more")
    site.server.reopen()
    async with await site.connect() as again, again.start_sftp_client() as client:
        assert (await client.stat("/inbound/x.csv")).size == 4

    assert site.place.waiting() == []
    assert site.place.last("upload")["why"] == "outage"


async def test_it_is_back_without_a_turn_of_the_loop_in_between(site: ServerSite) -> None:
    for _ in range(3):
        site.server.cut()
        site.server.reopen()

    async with await site.connect():
        pass


async def test_down_up_and_down_again_ends_down(site: ServerSite) -> None:
    site.server.cut()
    site.server.reopen()
    site.server.cut()
    site.server.cut()

    for _ in range(3):
        with pytest.raises(ConnectionRefusedError):
            await site.connect()


async def test_the_port_stays_ours_while_it_is_down(site: ServerSite) -> None:
    site.server.cut()

    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", site.server.port))


async def test_a_port_that_is_taken_is_told(site: ServerSite) -> None:
    second = SftpServer(site.place.depot, site.server.host_keys, site.server.port)
    with pytest.raises(OSError, match="in use"):
        await second.open()


async def test_a_closed_server_lets_go_of_everything(site: ServerSite) -> None:
    connection = await site.connect()
    await site.server.close()

    await connection.wait_closed()
    with pytest.raises(ConnectionRefusedError):
        await site.connect()

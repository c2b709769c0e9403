"""Partners that do odd or evil things: nothing crashes, hangs, grows without bound or disturbs another session."""

import asyncio
import struct
import tracemalloc
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncssh
import pytest

from crossdock.simulators.channels.sftp.limits import MIB, Limits
from crossdock.simulators.channels.sftp.packet import MAX_PACKET
from crossdock.simulators.interference import Delay
from crossdock.tests.simulators.sftp.fault import Fault, strike
from crossdock.tests.simulators.sftp.sockets.server_site import DEADLINE_S, ServerSite, open_site

INIT = struct.pack(">IBI", 5, 1, 3)


def packet(kind: int, body: bytes) -> bytes:
    return struct.pack(">IB", 1 + len(body), kind) + body


def text(octets: bytes) -> bytes:
    return struct.pack(">I", len(octets)) + octets


@pytest.fixture
async def bystander(site: ServerSite) -> AsyncIterator[asyncssh.SFTPClient]:
    """Somebody who was there before, and is served all the time."""
    async with await site.connect() as connection, connection.start_sftp_client() as client:
        yield client
        async with asyncio.timeout(DEADLINE_S):
            assert await client.exists("/inbound")


async def raw_session(connection: asyncssh.SSHClientConnection) -> asyncssh.SSHClientProcess[bytes]:
    """The subsystem with nothing said yet."""
    return await connection.create_process(subsystem="sftp", encoding=None)


def read_no_more(connection: asyncssh.SSHClientConnection) -> None:
    """Leave in the socket whatever comes, as a client does that hangs."""
    transport = connection._transport
    assert transport is not None
    transport.pause_reading()


async def ends(reader: asyncio.StreamReader) -> bytes:
    """Everything up to the end of the connection, which has to come."""
    async with asyncio.timeout(DEADLINE_S):
        try:
            return await reader.read()
        except ConnectionError:
            return b""


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
        b"\0" * 100_000,
        b"x" * 100_000,
        b"SSH-1.5-Old\r\n",
        b"SSH-2.0-" + b"x" * 10_000 + b"\r\n",
        b"SSH-2.0-x\r\n" + b"\xff" * 100_000,
        b"SSH-2.0-x\r\n" + struct.pack(">IB", 12, 200) + b"\0" * 11,
    ],
    ids=["http", "tls", "zeros", "letters", "ssh 1", "long version", "huge packet", "bad padding"],
)
@pytest.mark.usefixtures("bystander")
async def test_what_is_no_ssh_ends_the_connection(site: ServerSite, garbage: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.server.port)
    writer.write(garbage)
    writer.write_eof()

    await ends(reader)
    writer.close()
    assert len(site.place.journal("login")) == 2, "the bystander's alone"


@pytest.mark.usefixtures("bystander")
async def test_a_packet_that_never_ends_is_not_kept_in_memory(site: ServerSite) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.server.port)
    writer.write(b"SSH-2.0-x\r\n" + struct.pack(">I", 0x7FFFFFFF))
    taken = await taken_before_the_end(writer)
    writer.close()
    del reader

    assert taken < 64 * MIB


async def taken_before_the_end(writer: asyncio.StreamWriter) -> int:
    """How many octets the other side takes before it ends the connection; 256 MiB when it never does."""
    taken = 0
    async with asyncio.timeout(DEADLINE_S):
        while taken < 256 * MIB:
            writer.write(b"x" * 65_536)
            try:
                await writer.drain()
            except ConnectionError:
                break
            taken += 65_536
    return taken


@pytest.mark.usefixtures("bystander")
async def test_connections_that_say_nothing_cost_nothing_but_a_place(site: ServerSite) -> None:
    silent = [await asyncio.open_connection("127.0.0.1", site.server.port) for _ in range(50)]
    async with await site.connect():
        pass
    site.place.advance(site.place.depot.provider.limits.login_s + 1)
    for reader, writer in silent:
        await ends(reader)
        writer.close()

    assert site.server.turned_away == 0


@pytest.mark.parametrize(
    "sent",
    [
        b"\0\0\0\0",
        struct.pack(">I", MAX_PACKET + 1) + b"x" * 1000,
        b"\xff" * 100,
        packet(1, b"\0"),
        packet(3, b"\0\0\0\1" + text(b"/inbound/x")),
        b"GET / HTTP/1.1\r\n\r\n",
        INIT + packet(3, b"\0\0\0\1\xff\xff\xff\xff"),
        INIT + packet(6, b"\0\0\0\1"),
        INIT + packet(200, b"\0\0\0\1"),
        INIT + struct.pack(">I", 0xFFFFFFFF),
    ],
    ids=[
        "empty packet",
        "too long",
        "all ones",
        "short init",
        "no init",
        "http",
        "field past the end",
        "cut write",
        "cut extension",
        "4 GiB",
    ],
)
@pytest.mark.usefixtures("bystander")
async def test_what_is_no_sftp_ends_the_session(site: ServerSite, sent: bytes) -> None:
    connection = await site.connect()
    process = await raw_session(connection)
    process.stdin.write(sent)

    async with asyncio.timeout(DEADLINE_S):
        await process.stdout.read()
        await process.wait_closed()
    await site.until(lambda: site.place.journal("logout"), "the session is over")
    assert site.place.last("logout")["why"].startswith("no SFTP: ")


@pytest.mark.usefixtures("bystander")
async def test_requests_that_nobody_knows_are_answered_one_by_one(site: ServerSite) -> None:
    connection = await site.connect()
    process = await raw_session(connection)
    process.stdin.write(INIT)
    process.stdin.write(b"".join(packet(kind, b"\0\0\0" + bytes([kind])) for kind in range(90, 100)))
    process.stdin.write_eof()

    async with asyncio.timeout(DEADLINE_S):
        said = await process.stdout.read()
    assert said.count(b"not served here") == 10


@pytest.mark.usefixtures("bystander")
async def test_who_never_reads_the_answers_is_not_asked_for_memory(site: ServerSite) -> None:
    fault = strike(site.place, Fault("login"))
    site.place.mailbox.deposit("large.edi", b"x" * MIB)
    connection = await site.connect()
    process = await raw_session(connection)
    process.stdin.write(INIT + packet(3, b"\0\0\0\1" + text(b"/outbound/large.edi") + struct.pack(">II", 1, 0)))
    ask = packet(5, b"\0\0\0\2" + text(b"\0\0\0\1") + struct.pack(">QI", 0, 256 * 1024 - 1024))
    await site.until(lambda: any(m.operation == "open" for m in fault.asked), "the file is open")
    read_no_more(connection)
    for _ in range(1000):
        process.stdin.write(ask)  # 255 MB of answers

    reads = await _when_still(lambda: sum(m.operation == "read" for m in fault.asked))
    assert 0 < reads < 100
    connection.abort()


@pytest.mark.usefixtures("bystander")
async def test_a_window_without_bounds_is_not_filled_without_bounds(site: ServerSite) -> None:
    fault = strike(site.place, Fault("login"))
    site.place.mailbox.deposit("large.edi", b"x" * MIB)
    connection = await site.connect()
    process = await connection.create_process(subsystem="sftp", encoding=None, window=2**31 - 1)
    process.stdin.write(INIT + packet(3, b"\0\0\0\1" + text(b"/outbound/large.edi") + struct.pack(">II", 1, 0)))
    ask = packet(5, b"\0\0\0\2" + text(b"\0\0\0\1") + struct.pack(">QI", 0, 256 * 1024 - 1024))
    await site.until(lambda: any(m.operation == "open" for m in fault.asked), "the file is open")
    read_no_more(connection)
    for _ in range(1000):
        process.stdin.write(ask)

    reads = await _when_still(lambda: sum(m.operation == "read" for m in fault.asked))
    assert 0 < reads < 100
    connection.abort()


@pytest.mark.usefixtures("bystander")
async def test_who_sends_on_while_a_request_is_held_up_has_to_keep_it(site: ServerSite) -> None:
    strike(site.place, Fault("write", Delay(3600.0, "slow")))
    connection = await site.connect()
    process = await raw_session(connection)
    process.stdin.write(INIT + packet(3, b"\0\0\0\1" + text(b"/inbound/x.tmp") + struct.pack(">II", 0x1A, 0)))
    for _ in range(100):
        process.stdin.write(packet(6, b"\0\0\0\2" + text(b"\0\0\0\1") + struct.pack(">Q", 0) + text(b"x" * 200_000)))

    kept = await _when_still(process.channel.get_write_buffer_size)
    assert kept > 12 * MIB, "of 19"
    connection.abort()


@pytest.mark.usefixtures("openssh")
async def test_a_gigabyte_is_refused_at_the_limit_without_filling_memory(tmp_path: Path) -> None:
    async with open_site(tmp_path, limits=Limits(file_octets=MIB)) as site:
        with (tmp_path / "large.csv").open("wb") as file:
            file.truncate(1024 * MIB)
        tracemalloc.start()
        try:
            code, said = await site.sftp(f"put {tmp_path}/large.csv inbound/large.csv")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert code == 1, said
        assert peak < 32 * MIB
        assert len(site.place.content("/inbound/large.csv")) <= MIB
        assert site.place.waiting() == []


async def test_many_sessions_at_once_are_all_served(tmp_path: Path) -> None:
    count = 40
    async with open_site(tmp_path, limits=Limits(sessions=count)) as site:

        async def bring(number: int) -> None:
            async with await site.connect() as connection, connection.start_sftp_client() as client:
                async with client.open(f"/inbound/{number:03}.tmp", "wb") as file:
                    await file.write(str(number).encode() * 10_000)
                await client.rename(f"/inbound/{number:03}.tmp", f"/inbound/{number:03}.csv")

        await asyncio.gather(*map(bring, range(count)))

        assert sorted(site.place.waiting()) == [f"{number:03}.csv" for number in range(count)]
        for arrival in site.place.mailbox.incoming():
            with site.place.mailbox.take(arrival) as stream:
                assert stream.read() == str(int(arrival.name[:3])).encode() * 10_000


@pytest.mark.parametrize(
    "name", [b"a\nb", b"a\0b", b"n" * 256, b"\xff\xfe", "\u202e".encode(), b"../../x", b"x/../../../x", b"a\\b"]
)
async def test_a_name_that_may_not_be_is_refused_on_the_wire(
    site: ServerSite, bystander: asyncssh.SFTPClient, name: bytes
) -> None:
    with pytest.raises(asyncssh.SFTPError):
        async with bystander.open(b"/inbound/" + name, "wb") as file:
            await file.write(b"x")

    assert site.place.lying_in("inbound") == []


async def test_a_name_in_any_script_and_as_long_as_can_be_goes_there_and_back(
    site: ServerSite, bystander: asyncssh.SFTPClient
) -> None:
    names = ["出荷確認.csv", "Größe é.csv", "n" * 255, "a b'c\"d$(e);f.csv", "-rf"]
    for name in names:
        async with bystander.open(f"/inbound/{name}", "wb") as file:
            await file.write(name.encode())

    assert sorted(set(await bystander.listdir("/inbound")) - {".", ".."}) == sorted(names)
    assert sorted(site.place.waiting()) == sorted(names)


async def test_thousands_of_files_are_listed_over_the_wire(site: ServerSite, bystander: asyncssh.SFTPClient) -> None:
    for number in range(3000):
        site.place.mailbox.deposit(f"{number:05}.edi", b"")

    assert len(await bystander.listdir("/outbound")) == 3002


async def test_channels_that_are_no_sftp_are_refused(site: ServerSite, bystander: asyncssh.SFTPClient) -> None:
    connection = await site.connect()
    for given in ({"command": "id"}, {}, {"subsystem": "netconf"}):
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.create_process(**given, request_pty=False)
    with pytest.raises(asyncssh.ChannelOpenError):
        await connection.open_connection("127.0.0.1", site.server.port)
    with pytest.raises(asyncssh.ChannelListenError):
        await connection.forward_remote_port("127.0.0.1", 0, "127.0.0.1", 9)
    await site.until(lambda: len(site.place.journal("logout")) == 3, "what was refused is over")


async def _when_still(value: Callable[[], int]) -> int:
    """A number once it has stopped to rise: the same in twenty looks, 10 ms apart."""
    before, same = -1, 0
    async with asyncio.timeout(DEADLINE_S):
        while same < 20:
            await asyncio.sleep(0.01)
            now = value()
            before, same = now, same + 1 if now == before else 0
    return before

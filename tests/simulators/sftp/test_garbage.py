"""Packets of the right form with anything in them: each gets an answer, and the server makes no mistake."""

import asyncio
import struct
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.simulators.channels.sftp.disk_storage import DiskStorage
from crossdock.simulators.channels.sftp.memory_storage import MemoryStorage
from crossdock.simulators.channels.sftp.packet import Malformed, read_request, write_reply
from crossdock.simulators.channels.sftp.storage import Storage
from crossdock.tests.simulators.sftp.place import PASSWORD, USER, Place

number = st.one_of(st.integers(0, 9), st.sampled_from((0x7FFFFFFF, 0xFFFFFFFF))).map(lambda n: struct.pack(">I", n))
long = st.one_of(st.integers(0, 99), st.sampled_from((2**40, 2**64 - 1))).map(lambda n: struct.pack(">Q", n))
path = st.one_of(
    st.sampled_from((b"", b"/", b"..", b"/inbound", b"/inbound/x", b"/inbound/y", b"/outbound/945.edi", b"/archive/z")),
    st.binary(max_size=12),
    st.text(max_size=6).map(lambda text: b"/inbound/" + text.encode("utf-8", "surrogatepass")),
)
text = path.map(lambda octets: struct.pack(">I", len(octets)) + octets)
handle = st.integers(0, 4).map(lambda n: struct.pack(">II", 4, n))
packet = st.one_of(
    st.tuples(st.sampled_from((3, 7, 9, 11, 13, 14, 15, 16, 17, 18, 19, 20)), text, text, number, number),
    st.tuples(st.sampled_from((3, 9, 11, 17)), text, number, number, long),
    st.tuples(st.sampled_from((4, 5, 6, 8, 10, 12)), handle, long, text),
    st.tuples(st.sampled_from((4, 10)), handle, number, long, number),
    st.tuples(
        st.just(200),
        st.sampled_from((b"posix-rename@openssh.com", b"hardlink@openssh.com", b"statvfs@openssh.com", b"x")).map(
            lambda name: struct.pack(">I", len(name)) + name
        ),
        text,
        text,
    ),
).map(lambda parts: bytes([parts[0]]) + b"\0\0\0\7" + b"".join(parts[1:]))


async def answered(storage: Storage, packets: list[bytes]) -> None:
    place = Place(storage=storage)
    place.mailbox.deposit("945.edi", b"ISA*")
    login = place.depot.login(USER)
    assert await login.password(PASSWORD)
    session = place.depot.open_session(login)
    for each in packets:
        try:
            _, request = read_request(each)
        except Malformed:
            continue
        assert write_reply(7, await session.perform(request))
    session.end("over")
    place.depot.close()
    assert place.world.errors == []
    assert place.lying_in("outbound") in (["945.edi"], [])


@settings(max_examples=200, deadline=None)
@given(st.lists(packet, max_size=12))
def test_every_packet_is_answered_and_no_mistake_is_made(packets: list[bytes]) -> None:
    asyncio.run(answered(MemoryStorage(), packets))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(answered(DiskStorage(Path(folder) / "mailbox"), packets))
        assert [each.name for each in Path(folder).iterdir()] == ["mailbox"]

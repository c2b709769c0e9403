"""Octets to requests and replies to octets. That real clients agree is tested in sockets/."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.simulators.channels.sftp.packet import Malformed, read_init, read_request, version_packet, write_reply
from crossdock.simulators.channels.sftp.request import (
    Attributes,
    AttributesReply,
    DataReply,
    Flush,
    HandleReply,
    LimitsReply,
    Link,
    NameReply,
    Open,
    OpenFlags,
    Rename,
    Reply,
    SetStat,
    SpaceReply,
    StatusReply,
    Unknown,
    Write,
)


def text(octets: bytes) -> bytes:
    return struct.pack(">I", len(octets)) + octets


def test_the_first_packet_says_the_version() -> None:
    assert read_init(b"\x01" + struct.pack(">I", 6)) == 6
    assert version_packet()[4:9] == b"\x02" + struct.pack(">I", 3)
    assert b"posix-rename@openssh.com" in version_packet()
    assert b"hardlink@openssh.com" not in version_packet()


def test_something_else_first_is_no_sftp() -> None:
    with pytest.raises(Malformed):
        read_init(b"GET / HTTP/1.1")


@pytest.mark.parametrize(
    ("packet", "request_"),
    [
        (b"\x03" + struct.pack(">I", 7) + text(b"/x") + struct.pack(">II", 0x1A, 0), Open(b"/x", OpenFlags(0x1A))),
        (
            b"\x03" + struct.pack(">I", 7) + text(b"/x") + struct.pack(">IIQI", 0x02, 0x05, 9, 0o644),
            Open(b"/x", OpenFlags.WRITE, Attributes(octets=9, permissions=0o644)),
        ),
        (b"\x06" + struct.pack(">I", 7) + text(b"\0\0\0\1") + struct.pack(">Q", 5) + text(b"ab"), Write(1, 5, b"ab")),
        (b"\x12" + struct.pack(">I", 7) + text(b"a") + text(b"b"), Rename(b"a", b"b", replace=False)),
        (
            b"\xc8" + struct.pack(">I", 7) + text(b"posix-rename@openssh.com") + text(b"a") + text(b"b"),
            Rename(b"a", b"b", replace=True),
        ),
        (b"\x14" + struct.pack(">I", 7) + text(b"/etc/passwd") + text(b"/inbound/x"), Link("symlink", b"/inbound/x")),
        (
            b"\x09" + struct.pack(">I", 7) + text(b"x") + struct.pack(">IIII", 0x0A, 1, 2, 3)[:12] + b"\0" * 8,
            SetStat(b"x", Attributes(owner=(1, 2), times=(0, 0))),
        ),
        (
            b"\x09" + struct.pack(">I", 7) + text(b"x") + struct.pack(">II", 0x80000000, 1) + text(b"a") + text(b"b"),
            SetStat(b"x", Attributes()),
        ),
        (b"\xc8" + struct.pack(">I", 7) + text(b"fsync@openssh.com") + text(b"\0\0\0\1"), Flush(1)),
        (b"\xc8" + struct.pack(">I", 7) + text(b"copy-data") + b"\0" * 40, Unknown("copy-data")),
        (b"\x63" + struct.pack(">I", 7), Unknown("99")),
    ],
)
def test_a_packet_is_read_as_the_request_that_it_is(packet: bytes, request_: object) -> None:
    assert read_request(packet) == (7, request_)


def test_a_handle_that_is_none_of_ours_is_one_that_nobody_has() -> None:
    assert (
        read_request(b"\x04" + struct.pack(">I", 7) + text(b"abcdefgh"))[1]
        == read_request(b"\x04" + struct.pack(">I", 7) + text(b""))[1]
    )


@given(
    st.binary(min_size=1, max_size=80)
    | st.tuples(st.integers(3, 20), st.binary(max_size=60)).map(lambda pair: bytes([pair[0]]) + pair[1])
)
def test_garbage_is_malformed_or_some_request_and_nothing_else(packet: bytes) -> None:
    with contextlib.suppress(Malformed):
        read_request(packet)


@pytest.mark.parametrize(
    ("reply", "kind", "body"),
    [
        (StatusReply(2, "no"), 101, struct.pack(">I", 2) + text(b"no") + text(b"en")),
        (HandleReply(258), 102, text(b"\0\0\1\2")),
        (DataReply(b"abc"), 103, text(b"abc")),
        (AttributesReply(Attributes(octets=5)), 105, struct.pack(">IQ", 1, 5)),
        (
            AttributesReply(Attributes(5, (1, 2), 0o100644, (3, 4))),
            105,
            struct.pack(">IQIIIII", 0xF, 5, 1, 2, 0o100644, 3, 4),
        ),
        (
            NameReply((("/é", Attributes()),)),
            104,
            struct.pack(">I", 1) + text("/é".encode()) * 2 + struct.pack(">I", 0),
        ),
        (LimitsReply(1, 2, 3, 4), 201, struct.pack(">4Q", 1, 2, 3, 4)),
        (
            SpaceReply(8192, 4096, 10, 9, 255),
            201,
            struct.pack(">11Q", 4096, 4096, 2, 1, 1, 10, 9, 9, 0, 2, 255),
        ),
    ],
)
def test_a_reply_is_written_with_its_length_and_number(reply: Reply, kind: int, body: bytes) -> None:
    written = write_reply(9, reply)

    assert written[:4] == struct.pack(">I", len(written) - 4)
    assert written[4:] == struct.pack(">BI", kind, 9) + body


def test_a_name_is_also_told_as_ls_would() -> None:
    written = write_reply(1, NameReply((("x.csv", Attributes(12, (7, 8), 0o100640, (0, 86400))),)))

    assert b"-rw-r-----    1 7        8              12 Jan  2  1970 x.csv" in written

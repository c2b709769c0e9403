"""The octets of SFTP version 3: requests read, replies written (draft-ietf-secsh-filexfer-02; the extensions are in
OpenSSH's PROTOCOL, section 4).

Pure: what comes in is a whole packet without its length, what goes out has its length in front.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Callable
from datetime import UTC, datetime

from .request import (
    AskLimits,
    Attributes,
    AttributesReply,
    Close,
    DataReply,
    Flush,
    HandleReply,
    HandleSetStat,
    HandleStat,
    LimitsReply,
    Link,
    MakeFolder,
    NameReply,
    Open,
    OpenFlags,
    OpenFolder,
    Read,
    ReadFolder,
    RealPath,
    Remove,
    RemoveFolder,
    Rename,
    Reply,
    Request,
    SetStat,
    Space,
    SpaceReply,
    Stat,
    StatusReply,
    Unknown,
    Write,
)

VERSION = 3
# As OpenSSH: a longer packet ends the session.
MAX_PACKET = 256 * 1024
MAX_DATA = MAX_PACKET - 1024
_INIT, _VERSION = 1, 2
_STATUS, _HANDLE, _DATA, _NAME, _ATTRS, _EXTENDED, _EXTENDED_REPLY = 101, 102, 103, 104, 105, 200, 201
_EXTENSIONS = (
    (b"posix-rename@openssh.com", b"1"),
    (b"statvfs@openssh.com", b"2"),
    (b"fsync@openssh.com", b"1"),
    (b"limits@openssh.com", b"1"),
)
_SIZE, _OWNER, _PERMISSIONS, _TIMES, _EXTENDED_ATTRIBUTES = 0x1, 0x2, 0x4, 0x8, 0x80000000
_BLOCK = 4096
# That nobody may run or become anything by a file here (ST_NOSUID in the answer to statvfs@openssh.com).
_NO_SETUID = 2


class Malformed(Exception):
    """What came is no SFTP packet; nothing after it can be understood either."""


class _Reader:
    """Takes fields off a packet. Raises: Malformed past its end."""

    def __init__(self, packet: bytes) -> None:
        self._packet = packet
        self._place = 0

    def number(self) -> int:
        return self._taken(">I", 4)

    def long(self) -> int:
        return self._taken(">Q", 8)

    def octets(self) -> bytes:
        count = self.number()
        end = self._place + count
        if end > len(self._packet):
            raise Malformed(f"a field of {count} octets runs past the end of the packet")
        found = self._packet[self._place : end]
        self._place = end
        return found

    def handle(self) -> int:
        """As we write them; what is none of ours becomes a number that no handle has."""
        found = self.octets()
        return struct.unpack(">I", found)[0] if len(found) == 4 else -1

    def attributes(self) -> Attributes:
        flags = self.number()
        octets = self.long() if flags & _SIZE else None
        owner = (self.number(), self.number()) if flags & _OWNER else None
        permissions = self.number() if flags & _PERMISSIONS else None
        times = (self.number(), self.number()) if flags & _TIMES else None
        if flags & _EXTENDED_ATTRIBUTES:
            for _ in range(2 * self.number()):
                self.octets()
        return Attributes(octets, owner, permissions, times)

    def _taken(self, form: str, size: int) -> int:
        try:
            (found,) = struct.unpack_from(form, self._packet, self._place)
        except struct.error:
            raise Malformed("the packet ends in the middle of a field") from None
        self._place += size
        assert isinstance(found, int)
        return found


_READERS: dict[int, Callable[[_Reader], Request]] = {
    3: lambda r: Open(r.octets(), OpenFlags(r.number() & 0x3F), r.attributes()),
    4: lambda r: Close(r.handle()),
    5: lambda r: Read(r.handle(), r.long(), r.number()),
    6: lambda r: Write(r.handle(), r.long(), r.octets()),
    7: lambda r: Stat(r.octets()),
    8: lambda r: HandleStat(r.handle()),
    9: lambda r: SetStat(r.octets(), r.attributes()),
    10: lambda r: HandleSetStat(r.handle(), r.attributes()),
    11: lambda r: OpenFolder(r.octets()),
    12: lambda r: ReadFolder(r.handle()),
    13: lambda r: Remove(r.octets()),
    14: lambda r: MakeFolder(r.octets()),
    15: lambda r: RemoveFolder(r.octets()),
    16: lambda r: RealPath(r.octets()),
    17: lambda r: Stat(r.octets()),
    18: lambda r: Rename(r.octets(), r.octets(), replace=False),
    19: lambda r: Link("readlink", r.octets()),
    20: lambda r: Link("symlink", (r.octets(), r.octets())[1]),  # target first, as OpenSSH has it
}
_EXTENDED_READERS: dict[bytes, Callable[[_Reader], Request]] = {
    b"posix-rename@openssh.com": lambda r: Rename(r.octets(), r.octets(), replace=True),
    b"hardlink@openssh.com": lambda r: Link("hardlink", (r.octets(), r.octets())[1]),
    b"statvfs@openssh.com": lambda r: Space(r.octets()),
    b"limits@openssh.com": lambda r: AskLimits(),
    b"fsync@openssh.com": lambda r: Flush(r.handle()),
}


def read_init(packet: bytes) -> int:
    """The version that a client offers, in its first packet.

    Raises: Malformed.
    """
    if packet[:1] != bytes([_INIT]):
        raise Malformed("the first packet must be SSH_FXP_INIT")
    return _Reader(packet[1:]).number()


def version_packet() -> bytes:
    """The answer to the first packet: version 3, as OpenSSH, whatever was offered."""
    body = struct.pack(">BI", _VERSION, VERSION)
    return _framed(body + b"".join(_text(name) + _text(value) for name, value in _EXTENSIONS))


def read_request(packet: bytes) -> tuple[int, Request]:
    """The number of the request, to be repeated in the reply, and the request.

    Raises: Malformed.
    """
    reader = _Reader(packet[1:])
    number, kind = reader.number(), packet[0]
    if kind == _EXTENDED:
        name = reader.octets()
        extended = _EXTENDED_READERS.get(name)
        return number, extended(reader) if extended else Unknown(name[:64].decode("ascii", "replace"))
    read = _READERS.get(kind)
    return number, read(reader) if read else Unknown(str(kind))


def write_reply(number: int, reply: Reply) -> bytes:
    """The packet that answers the request of that number."""
    match reply:
        case StatusReply():
            kind, body = _STATUS, struct.pack(">I", reply.status) + _text(reply.text.encode()) + _text(b"en")
        case DataReply():
            kind, body = _DATA, _text(reply.data)
        case HandleReply():
            kind, body = _HANDLE, _text(struct.pack(">I", reply.handle))
        case AttributesReply():
            kind, body = _ATTRS, _attributes(reply.attributes)
        case NameReply():
            kind, body = _NAME, struct.pack(">I", len(reply.names)) + b"".join(_name(*each) for each in reply.names)
        case SpaceReply():
            kind, body = _EXTENDED_REPLY, _space(reply)
        case LimitsReply():
            body = struct.pack(">QQQQ", reply.packet, reply.read, reply.write, reply.handles)
            kind = _EXTENDED_REPLY
    return _framed(struct.pack(">BI", kind, number) + body)


def _framed(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


def _text(octets: bytes) -> bytes:
    return struct.pack(">I", len(octets)) + octets


def _attributes(attributes: Attributes) -> bytes:
    flags, fields = 0, b""
    if attributes.octets is not None:
        flags, fields = flags | _SIZE, struct.pack(">Q", attributes.octets)
    if attributes.owner is not None:
        flags, fields = flags | _OWNER, fields + struct.pack(">II", *attributes.owner)
    if attributes.permissions is not None:
        flags, fields = flags | _PERMISSIONS, fields + struct.pack(">I", attributes.permissions)
    if attributes.times is not None:
        flags, fields = flags | _TIMES, fields + struct.pack(">II", *(each & 0xFFFFFFFF for each in attributes.times))
    return struct.pack(">I", flags) + fields


def _name(name: str, attributes: Attributes) -> bytes:
    return _text(name.encode()) + _text(_long_name(name, attributes).encode()) + _attributes(attributes)


def _long_name(name: str, attributes: Attributes) -> str:
    """A line as `ls -l` has it, which clients show to people; UTC."""
    if attributes.permissions is None or attributes.times is None:
        return name
    changed = datetime.fromtimestamp(attributes.times[1], UTC)
    owner, group = attributes.owner or (0, 0)
    mode = stat.filemode(attributes.permissions)
    day = f"{changed:%b} {changed.day:>2}  {changed.year}"
    return f"{mode}    1 {owner:<8} {group:<8} {attributes.octets or 0:>8} {day} {name}"


def _space(reply: SpaceReply) -> bytes:
    blocks, free = reply.octets // _BLOCK, reply.free_octets // _BLOCK
    fields = (_BLOCK, _BLOCK, blocks, free, free, reply.files, reply.free_files, reply.free_files)
    return struct.pack(">11Q", *fields, 0, _NO_SETUID, reply.name_octets)

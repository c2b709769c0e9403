"""The requests of SFTP version 3, with OpenSSH's extensions that are served here, as values.

Paths are octets as the partner sent them; handles are numbers (a number that was never given out is answered as one
that is closed).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag


class OpenFlags(IntFlag):
    """How a file is to be opened (SSH_FXF_…)."""

    READ = 0x01
    WRITE = 0x02
    APPEND = 0x04
    CREATE = 0x08
    TRUNCATE = 0x10
    EXCLUSIVE = 0x20


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is said of a file, None for what is not. Times are whole seconds since the epoch: version 3 has no finer."""

    octets: int | None = None
    owner: tuple[int, int] | None = None
    permissions: int | None = None
    times: tuple[int, int] | None = None  # of the last access, of the last change


@dataclass(frozen=True, slots=True)
class Open:
    path: bytes
    flags: OpenFlags
    attributes: Attributes = Attributes()


@dataclass(frozen=True, slots=True)
class Close:
    handle: int


@dataclass(frozen=True, slots=True)
class Read:
    handle: int
    offset: int
    octets: int


@dataclass(frozen=True, slots=True)
class Write:
    handle: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Stat:
    """STAT and LSTAT are one, where there are no links."""

    path: bytes


@dataclass(frozen=True, slots=True)
class HandleStat:
    handle: int


@dataclass(frozen=True, slots=True)
class SetStat:
    path: bytes
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class HandleSetStat:
    handle: int
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class OpenFolder:
    path: bytes


@dataclass(frozen=True, slots=True)
class ReadFolder:
    handle: int


@dataclass(frozen=True, slots=True)
class Remove:
    path: bytes


@dataclass(frozen=True, slots=True)
class MakeFolder:
    path: bytes


@dataclass(frozen=True, slots=True)
class RemoveFolder:
    path: bytes


@dataclass(frozen=True, slots=True)
class RealPath:
    path: bytes


@dataclass(frozen=True, slots=True)
class Rename:
    """`replace` is posix-rename@openssh.com; the plain request refuses a target that is there."""

    old: bytes
    new: bytes
    replace: bool


@dataclass(frozen=True, slots=True)
class Link:
    """READLINK, SYMLINK, hardlink@openssh.com: `kind` is which; `path` is where the link is or would be."""

    kind: str
    path: bytes


@dataclass(frozen=True, slots=True)
class Space:
    """statvfs@openssh.com: how much room there is."""

    path: bytes


@dataclass(frozen=True, slots=True)
class Flush:
    """fsync@openssh.com: what was written is to be safe before the answer."""

    handle: int


@dataclass(frozen=True, slots=True)
class AskLimits:
    """limits@openssh.com."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A request that is not served, named as it names itself."""

    name: str


Request = (
    Open
    | Close
    | Read
    | Write
    | Stat
    | HandleStat
    | SetStat
    | HandleSetStat
    | OpenFolder
    | ReadFolder
    | Remove
    | MakeFolder
    | RemoveFolder
    | RealPath
    | Rename
    | Link
    | Space
    | Flush
    | AskLimits
    | Unknown
)


@dataclass(frozen=True, slots=True)
class StatusReply:
    status: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class HandleReply:
    handle: int


@dataclass(frozen=True, slots=True)
class DataReply:
    data: bytes


@dataclass(frozen=True, slots=True)
class NameReply:
    """Names with what is said of them."""

    names: tuple[tuple[str, Attributes], ...]


@dataclass(frozen=True, slots=True)
class AttributesReply:
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class SpaceReply:
    """Octets and files: all, and free."""

    octets: int
    free_octets: int
    files: int
    free_files: int
    name_octets: int


@dataclass(frozen=True, slots=True)
class LimitsReply:
    """The longest packet, read and write, in octets, and how many handles."""

    packet: int
    read: int
    write: int
    handles: int


Reply = StatusReply | HandleReply | DataReply | NameReply | AttributesReply | SpaceReply | LimitsReply

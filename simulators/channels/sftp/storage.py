"""Where files lie: what a mailbox asks of a storage, whether that is a folder on disk or memory.

Paths are absolute and canonical (path.py). A storage knows nothing of partners, rights and limits; it keeps for each
file whether it is complete, so that a file whose upload broke off is known as such even after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Found:
    """What lies at a path. `mtime` is in seconds since the epoch, as SFTP version 3 has it."""

    folder: bool
    octets: int
    mtime: int
    complete: bool = True


class StoredFile(Protocol):
    """An open file. It stays what it is when its name changes or goes."""

    def read(self, offset: int, octets: int) -> bytes:
        """At most so many octets from there; none at or after the end."""

    def write(self, offset: int, data: bytes) -> None:
        """Overwrite or extend; a gap before `offset` reads as zeros."""

    def truncate(self, octets: int) -> None:
        """Make it exactly so long."""

    def octets(self) -> int:
        """How long it is now."""

    def mark(self, *, complete: bool, mtime: int) -> None:
        """Say that it is whole from now on, or no more."""

    def close(self) -> None:
        """Let go of it."""


class Storage(Protocol):
    """Files in folders below one root. Nothing outside the root is ever read or written.

    Raises, from every method: FileRefused PERMISSION_DENIED for a link, NO_SUCH_FILE for what is not there, FAILURE
    when the machine has no room.
    """

    def find(self, path: str) -> Found | None:
        """What lies there; None for nothing."""

    def names(self, folder: str) -> list[str]:
        """What lies in the folder, sorted."""

    def open(self, path: str) -> StoredFile:
        """A file that is there, to read and write."""

    def create(self, path: str) -> StoredFile:
        """A new, empty, incomplete file."""

    def reader(self, path: str) -> BinaryIO:
        """A file that is there, as a stream from its start; its content then stays, whatever becomes of the name."""

    def move(self, old: str, new: str) -> None:
        """Give a file another path; what was there before is gone."""

    def remove(self, path: str) -> None:
        """Remove a file."""

    def set_mtime(self, path: str, mtime: int) -> None:
        """As if it had been written then."""

    def make_folder(self, path: str) -> None:
        """Make a folder; harmless when it is there."""

    def remove_folder(self, path: str) -> None:
        """Remove an empty folder."""

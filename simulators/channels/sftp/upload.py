"""A file that is being written, from the first open to the last close."""

from __future__ import annotations

import hashlib

from .room import Room
from .storage import StoredFile

_PIECE = 1024 * 1024


class Upload:
    """What is written to one path, through one handle or several. `path` follows a rename (`renamed`: from a temporary
    name); it is "" once the file was removed. `mtime` is what the writer asked for, if it did.

    `flaw` says why the file can't be complete however it is closed: an earlier write was refused, a writer vanished.
    """

    def __init__(self, path: str, file: StoredFile, room: Room, *, fresh: bool, complete: bool) -> None:
        self.path = path
        self.file = file
        self.handles = 0
        self.flaw = ""
        self.renamed = False
        self.mtime: int | None = None
        self._room = room
        self._untouched = not fresh
        self._was_complete = complete
        # Writes in sequence, as clients make them, are digested on the way: a large file need not be read again.
        self._digest = hashlib.sha256()
        self._digested = 0 if fresh else -1

    def write(self, offset: int, data: bytes) -> None:
        """Raises: FileRefused when it does not fit."""
        if not data:
            return  # wherever that would be
        end = offset + len(data)
        if self.path:
            self._room.grow(max(0, end - self.file.octets()), end)
        self.file.write(offset, data)
        self._untouched, self.mtime = False, None
        if offset == self._digested:
            self._digest.update(data)
            self._digested = end
        else:
            self._digested = -1

    def truncate(self, octets: int) -> None:
        """Raises: FileRefused when it is longer than what fits."""
        size = self.file.octets()
        if self.path and octets > size:
            self._room.grow(octets - size, octets)
        self.file.truncate(octets)
        if self.path and octets < size:
            self._room.shrink(size - octets)
        self._untouched = False
        if octets == 0:
            self._digest, self._digested = hashlib.sha256(), 0
        elif octets != self._digested:
            self._digested = -1

    def is_complete(self) -> bool:
        """Whether it is, should nobody write any more."""
        return not self.flaw and (not self._untouched or self._was_complete)

    def sha256(self) -> str:
        """The digest of all that is in it now."""
        if self._digested != self.file.octets():
            self._digest, self._digested = digest_of(self.file), self.file.octets()
        return self._digest.hexdigest()


def digest_of(file: StoredFile) -> hashlib._Hash:
    """Read through a file. It may have 64 MB by default, which is a tenth of a second."""
    digest = hashlib.sha256()
    offset = 0
    while piece := file.read(offset, _PIECE):
        digest.update(piece)
        offset += len(piece)
    return digest

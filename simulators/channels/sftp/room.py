"""How much room a mailbox has left."""

from __future__ import annotations

from .limits import Limits
from .path import ROOT
from .status import FileRefused, Status
from .storage import Storage


class Room:
    """Counts the octets and files in a storage against the limits of its owner."""

    def __init__(self, storage: Storage, limits: Limits) -> None:
        self._limits = limits
        self.octets, self.files = _counted(storage, ROOT)

    def take_file(self) -> None:
        """Raises: FileRefused when there are too many."""
        if self.files >= self._limits.files:
            raise FileRefused(Status.FAILURE, f"there are {self.files} files already: the mailbox holds no more")
        self.files += 1

    def grow(self, octets: int, to: int) -> None:
        """A file is to become longer by so much, and so long in all.

        Raises: FileRefused when it or the mailbox would be too large.
        """
        if to > self._limits.file_octets:
            raise FileRefused(Status.FAILURE, f"a file may have at most {self._limits.file_octets} octets")
        if self.octets + octets > self._limits.quota_octets:
            raise FileRefused(Status.FAILURE, f"the quota of {self._limits.quota_octets} octets is used up")
        self.octets += octets

    def shrink(self, octets: int) -> None:
        self.octets -= octets

    def give_back_file(self, octets: int) -> None:
        self.octets -= octets
        self.files -= 1


def _counted(storage: Storage, folder: str) -> tuple[int, int]:
    octets = files = 0
    for name in storage.names(folder):
        path = f"{folder.rstrip('/')}/{name}"
        try:
            found = storage.find(path)
        except FileRefused:
            continue  # a link that somebody else put there takes none of the room
        if found is None:
            continue
        if found.folder:
            more_octets, more_files = _counted(storage, path)
            octets, files = octets + more_octets, files + more_files
        if folder != ROOT:  # a folder that a partner made is as good as a file
            files += 1
        octets += found.octets if not found.folder else 0
    return octets, files

"""Where a file goes whose name may be taken already: archives keep all that ever came under it."""

from __future__ import annotations

from .layout import Folder
from .limits import Limits
from .storage import Storage


class FreeNames:
    """Remembers how far it has counted, so that a name that is used for ever is not counted up each time."""

    def __init__(self, storage: Storage, limits: Limits) -> None:
        self._storage, self._limits = storage, limits
        self._numbers: dict[str, int] = {}

    def path(self, folder: Folder, name: str) -> str:
        """A path in the folder that nothing has: the name itself, or the name with the first free number."""
        path = first = f"{folder.path}/{name}"
        number = self._numbers.get(first, 0)
        while self._storage.find(path) is not None:
            number += 1
            mark = f".{number}"
            path = f"{folder.path}/{shortened(name, self._limits.name_octets - len(mark))}{mark}"
        if number:
            self._numbers[first] = number
        return path


def shortened(name: str, octets: int) -> str:
    """As much of a name as fits, in whole characters."""
    return name.encode()[: max(octets, 0)].decode("utf-8", "ignore")

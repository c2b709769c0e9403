"""A mailbox whose files are in a state file as well. An upload is in there once it is closed, not piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..channels.sftp.memory_storage import MemoryFile, MemoryStorage

FileRow = tuple[str, bytes | None, bool, int]
"""Path, content (None for a folder), whether it is complete, and its age in seconds since the epoch."""


class _KeptFile(MemoryFile):
    """`path` is what it is called now, "" once its name is gone."""

    def __init__(self, path: str, changed: set[str]) -> None:
        super().__init__()
        self.path = path
        self._changed = changed

    def mark(self, *, complete: bool, mtime: int) -> None:
        super().mark(complete=complete, mtime=mtime)
        if self.path:
            self._changed.add(self.path)


class KeptStorage(MemoryStorage):
    """Implements `Storage`; begins with these rows, folders before what lies in them. `changed` are the paths that are
    not in the state file as they are here.
    """

    def __init__(self, rows: Iterable[FileRow], made: int = 0) -> None:
        super().__init__(made)
        self.changed: set[str] = set()
        for path, content, complete, mtime in rows:
            if content is None:
                self.make_folder(path)
            else:
                file = self.create(path)
                file.content[:] = content
                file.mark(complete=complete, mtime=mtime)
        self.changed.clear()

    def rows(self) -> Iterator[tuple[str, FileRow | None]]:
        """What became of each changed path; None when nothing lies there any more."""
        for path in sorted(self.changed):
            found = self.find(path)
            if found is None:
                yield path, None
            else:
                content = None if found.folder else bytes(self.open(path).content)
                yield path, (path, content, found.complete, found.mtime)

    def create(self, path: str) -> MemoryFile:
        self._enter(path)
        file = self._files[path] = _KeptFile(path, self.changed)
        return file

    def move(self, old: str, new: str) -> None:
        file = self.open(old)
        super().move(old, new)
        self._renamed(file, new)
        self.changed |= {old, new}

    def remove(self, path: str) -> None:
        file = self.open(path)
        super().remove(path)
        self._renamed(file, "")
        self.changed.add(path)

    def set_mtime(self, path: str, mtime: int) -> None:
        super().set_mtime(path, mtime)
        self.changed.add(path)

    def make_folder(self, path: str) -> None:
        if self.find(path) is None:
            super().make_folder(path)
            self.changed.add(path)

    def remove_folder(self, path: str) -> None:
        super().remove_folder(path)
        self.changed.add(path)

    def _renamed(self, file: MemoryFile, path: str) -> None:
        assert isinstance(file, _KeptFile)
        file.path = path

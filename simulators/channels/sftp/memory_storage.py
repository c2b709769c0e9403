"""Files in memory: for worlds in virtual time, which have no disk and no sockets."""

from __future__ import annotations

import io
from typing import BinaryIO

from .path import ROOT, name_of, parent_of
from .status import FileRefused, Status
from .storage import Found


class MemoryFile:
    """A file; the storage and everybody who has it open hold the same one."""

    def __init__(self) -> None:
        self.content = bytearray()
        self.complete = False
        self.mtime = 0

    def read(self, offset: int, octets: int) -> bytes:
        return bytes(self.content[offset : offset + octets])

    def write(self, offset: int, data: bytes) -> None:
        if offset > len(self.content):
            self.truncate(offset)
        self.content[offset : offset + len(data)] = data

    def truncate(self, octets: int) -> None:
        del self.content[octets:]
        self.content.extend(bytes(octets - len(self.content)))

    def octets(self) -> int:
        return len(self.content)

    def mark(self, *, complete: bool, mtime: int) -> None:
        self.complete, self.mtime = complete, mtime

    def close(self) -> None:
        pass


class MemoryStorage:
    """Implements `Storage`. Folders are as old as `made`, in seconds since the epoch."""

    def __init__(self, made: int = 0) -> None:
        self._files: dict[str, MemoryFile] = {}
        self._folders: dict[str, set[str]] = {ROOT: set()}
        self._made = made

    def find(self, path: str) -> Found | None:
        if path in self._folders:
            return Found(True, 0, self._made)
        file = self._files.get(path)
        return None if file is None else Found(False, file.octets(), file.mtime, file.complete)

    def names(self, folder: str) -> list[str]:
        if folder not in self._folders:
            raise FileRefused(Status.NO_SUCH_FILE, "no such folder")
        return sorted(self._folders[folder])

    def open(self, path: str) -> MemoryFile:
        try:
            return self._files[path]
        except KeyError:
            raise FileRefused(Status.NO_SUCH_FILE, "no such file") from None

    def create(self, path: str) -> MemoryFile:
        self._enter(path)
        file = self._files[path] = MemoryFile()
        return file

    def reader(self, path: str) -> BinaryIO:
        return io.BytesIO(self.open(path).content)

    def move(self, old: str, new: str) -> None:
        file = self.open(old)
        self._enter(new)
        if old != new:
            self.remove(old)
            self._files[new] = file

    def remove(self, path: str) -> None:
        self.open(path)
        del self._files[path]
        self._leave(path)

    def set_mtime(self, path: str, mtime: int) -> None:
        self.open(path).mtime = mtime

    def make_folder(self, path: str) -> None:
        if path not in self._folders:
            self._enter(path)
            self._folders[path] = set()

    def remove_folder(self, path: str) -> None:
        if self.names(path):
            raise FileRefused(Status.FAILURE, "the folder is not empty")
        del self._folders[path]
        self._leave(path)

    def _enter(self, path: str) -> None:
        folder = self._folders.get(parent_of(path))
        if folder is None:
            raise FileRefused(Status.NO_SUCH_FILE, "no such folder")
        folder.add(name_of(path))

    def _leave(self, path: str) -> None:
        self._folders[parent_of(path)].discard(name_of(path))

"""Files in a folder on disk.

A file whose upload is under way or broke off is readable by its owner alone (mode 600), a complete one by the group
too (640): so the disk itself remembers which is which. Links, of either kind, are nobody's here: what was put there by
other means than this server is not followed.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .path import ROOT
from .status import FileRefused, Status
from .storage import Found

_INCOMPLETE, _COMPLETE = 0o600, 0o640
_FLAGS = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK  # the last: never wait for the other end of a pipe
_STATUS = {
    errno.ENOENT: Status.NO_SUCH_FILE,
    errno.ENOTDIR: Status.NO_SUCH_FILE,
    errno.EACCES: Status.PERMISSION_DENIED,
    errno.EPERM: Status.PERMISSION_DENIED,
    errno.ELOOP: Status.PERMISSION_DENIED,
    errno.ENAMETOOLONG: Status.BAD_MESSAGE,
}


class DiskFile:
    """An open file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def read(self, offset: int, octets: int) -> bytes:
        with _told():
            return os.pread(self._descriptor, octets, offset)

    def write(self, offset: int, data: bytes) -> None:
        view = memoryview(data)
        with _told():
            while view:
                written = os.pwrite(self._descriptor, view, offset)
                view, offset = view[written:], offset + written

    def truncate(self, octets: int) -> None:
        with _told():
            os.ftruncate(self._descriptor, octets)

    def octets(self) -> int:
        return os.fstat(self._descriptor).st_size

    def mark(self, *, complete: bool, mtime: int) -> None:
        with _told():
            os.fchmod(self._descriptor, _COMPLETE if complete else _INCOMPLETE)
            os.utime(self._descriptor, (mtime, mtime))

    def close(self) -> None:
        os.close(self._descriptor)


class DiskStorage:
    """Implements `Storage` in the folder `root`, which is made when it is not there. It must be nobody else's."""

    def __init__(self, root: Path) -> None:
        root.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._root = os.path.realpath(root)

    def find(self, path: str) -> Found | None:
        try:
            found = self._looked_at(path)
        except FileRefused as refused:
            if refused.status is Status.NO_SUCH_FILE:
                return None
            raise
        if stat.S_ISDIR(found.st_mode):
            return Found(True, 0, int(found.st_mtime))
        return Found(False, found.st_size, int(found.st_mtime), bool(found.st_mode & stat.S_IRGRP))

    def names(self, folder: str) -> list[str]:
        self._looked_at(folder)
        with _told():
            names = [each.name for each in self._place(folder).iterdir()]
        return sorted(filter(_is_text, names))

    def open(self, path: str) -> DiskFile:
        return DiskFile(self._descriptor(path, os.O_RDWR))

    def create(self, path: str) -> DiskFile:
        self._check_folders(path)
        with _told():
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS
            return DiskFile(os.open(self._root + path, flags, _INCOMPLETE))

    def reader(self, path: str) -> BinaryIO:
        return os.fdopen(self._descriptor(path, os.O_RDONLY), "rb")

    def move(self, old: str, new: str) -> None:
        self._looked_at(old)
        self._check_folders(new)
        with _told():
            self._place(old).replace(self._place(new))

    def remove(self, path: str) -> None:
        self._looked_at(path)
        with _told():
            self._place(path).unlink()

    def set_mtime(self, path: str, mtime: int) -> None:
        self._looked_at(path)
        with _told():
            os.utime(self._root + path, (mtime, mtime), follow_symlinks=False)

    def make_folder(self, path: str) -> None:
        self._check_folders(path)
        with _told():
            self._place(path).mkdir(mode=0o750, exist_ok=True)

    def remove_folder(self, path: str) -> None:
        self._looked_at(path)
        with _told():
            self._place(path).rmdir()

    def _place(self, path: str) -> Path:
        return Path(self._root + path)

    def _descriptor(self, path: str, mode: int) -> int:
        self._looked_at(path)
        with _told():
            return os.open(self._root + path, mode | _FLAGS)

    def _looked_at(self, path: str) -> os.stat_result:
        """Raises: FileRefused when nothing is there, or something that is neither a file nor a folder of ours."""
        self._check_folders(path)
        with _told():
            found = os.lstat(self._root + path)
        if not (stat.S_ISDIR(found.st_mode) or (stat.S_ISREG(found.st_mode) and found.st_nlink == 1)):
            raise FileRefused(Status.PERMISSION_DENIED, "there is a link or a device, which is not followed")
        return found

    def _check_folders(self, path: str) -> None:
        """No folder on the way may be a link: the last name alone is guarded by the call itself (O_NOFOLLOW)."""
        place = path.find("/", 1)
        while place > 0:
            with _told():
                mode = os.lstat(self._root + path[:place]).st_mode
            if not stat.S_ISDIR(mode):
                status = Status.PERMISSION_DENIED if stat.S_ISLNK(mode) else Status.NO_SUCH_FILE
                raise FileRefused(status, f"{path[:place] or ROOT} is no folder")
            place = path.find("/", place + 1)


def _is_text(name: str) -> bool:
    """False for a name in another encoding, which somebody else put there: no partner could have asked for it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _told() -> Iterator[None]:
    """What the machine refuses is refused to the partner, in the partner's words: no path of the machine is told."""
    try:
        yield
    except OSError as error:
        status = _STATUS.get(error.errno or 0, Status.FAILURE)
        raise FileRefused(status, os.strerror(error.errno or 0)) from error

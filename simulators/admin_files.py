"""What a tester sees of the files of parties that speak in them, without logging in anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from .channels.sftp.path import ROOT
from .channels.sftp.storage import Storage
from .refusal import Refusal

OCTETS = b"application/octet-stream"


class FileDesk:
    """`storages` is party → where its files lie."""

    def __init__(self, storages: Mapping[str, Storage]) -> None:
        self._storages = storages

    def listed(self, party: str) -> list[Mapping[str, Any]]:
        """Every file, by path. Raises: Refusal `not-found` when the party speaks in no files."""
        return list(_files(self._storage(party), ROOT))

    def content(self, party: str, path: Sequence[str]) -> bytes:
        """What is in a file; `path` is its percent-encoded segments. Raises: Refusal `not-found`."""
        storage, name = self._storage(party), "/" + "/".join(map(unquote, path))
        # Looked up rather than opened by what was sent: a storage takes canonical paths only, and no `..`.
        if all(file["path"] != name for file in _files(storage, ROOT)):
            raise Refusal("not-found", f"{party} has no file {name}")
        with storage.reader(name) as content:
            return content.read()

    def _storage(self, party: str) -> Storage:
        if party not in self._storages:
            hint = f"`crossdock simulate {party}=csv` would have it do so"
            raise Refusal("not-found", f"{party} speaks in no files: {hint}")
        return self._storages[party]


def _files(storage: Storage, folder: str) -> Iterator[Mapping[str, Any]]:
    for name in storage.names(folder):
        path = f"{folder.rstrip('/')}/{name}"
        found = storage.find(path)
        if found is None:
            continue
        if found.folder:
            yield from _files(storage, path)
        else:
            yield {"path": path, "octets": found.octets, "complete": found.complete, "mtime": found.mtime}

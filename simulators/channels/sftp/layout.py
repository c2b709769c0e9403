"""The folders of a mailbox, and what a partner may do in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .path import ROOT, top_of

# read: fetch files.  write: put files, set their times.  remove: delete them.  rename: within the folder.
# leave, enter: be moved out of it, into it; both folders have to allow their part.  nest: make folders in it.
Right = Literal["read", "write", "remove", "rename", "leave", "enter", "nest"]
NOTHING: frozenset[Right] = frozenset()
# What a partner reads who may not.
REFUSALS: dict[Right, str] = {
    "read": "files can't be read there",
    "write": "files can't be written there",
    "remove": "files can't be removed there",
    "rename": "files can't be renamed there",
    "leave": "files can't be moved out of there",
    "enter": "files can't be moved there",
    "nest": "folders can't be made or removed there",
}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder right below the root. Listing and looking at names is always allowed, and nothing else that is not
    named in `rights`.
    """

    name: str
    rights: frozenset[Right]

    @property
    def path(self) -> str:
        return ROOT + self.name


@dataclass(frozen=True, slots=True)
class Layout:
    """Seen from the provider: `inbound` is what partners bring, `outbound` what they fetch, `archive` what is done
    with, `error` what was rejected. The names are the provider's own choice, and so are the rights.

    As given here a partner brings files and may rename and remove them until they are taken; it fetches files, and
    removes them or moves them to the archive when it has them; nobody but the provider writes to outbound.
    """

    inbound: Folder = Folder("inbound", frozenset({"read", "write", "remove", "rename"}))
    outbound: Folder = Folder("outbound", frozenset({"read", "remove", "leave"}))
    archive: Folder = Folder("archive", frozenset({"read", "enter"}))
    error: Folder = Folder("error", frozenset({"read", "remove"}))

    def __iter__(self) -> Iterator[Folder]:
        return iter((self.inbound, self.outbound, self.archive, self.error))

    def rights(self, path: str) -> frozenset[Right]:
        """What may be done with what is called `path`; nothing for the folders themselves."""
        top = top_of(path)
        for folder in self:
            if folder.name == top and folder.path != path:
                return folder.rights
        return NOTHING

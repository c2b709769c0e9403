"""Paths as partners send them, and as they are meant: absolute, below the partner's own root, without `.` and `..`.

The root is all that there is for a partner, so a path can only be wrong, never lead out: `..` is resolved in the text,
before any storage sees it, and there are no links.
"""

from __future__ import annotations

import unicodedata

from .limits import Limits
from .status import FileRefused, Status

ROOT = "/"


def canonical(raw: bytes, limits: Limits) -> str:
    """The absolute path; `..` at the root is the root, as in a chroot.

    Raises: FileRefused for what is no path at all.
    """
    return _joined(_names(raw, limits)[0], limits)


def resolve(raw: bytes, limits: Limits) -> str:
    """The absolute path of a request that does something there.

    Raises: FileRefused for what is no path, or would climb out of the root.
    """
    names, escapes = _names(raw, limits)
    if escapes:
        raise FileRefused(Status.PERMISSION_DENIED, "the path leads out of your folders")
    return _joined(names, limits)


def check_new_name(path: str, limits: Limits) -> None:
    """Raises: FileRefused when the last name of the path may not be given to anything."""
    name = name_of(path)
    for character in name:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            detail = f"the name has the control character U+{ord(character):04X}"
            raise FileRefused(Status.PERMISSION_DENIED, detail)
        if character in limits.forbidden_characters:
            raise FileRefused(Status.PERMISSION_DENIED, f"the name has {character!r}, which is not allowed")
    if name.split(".")[0].upper() in limits.reserved_names:
        raise FileRefused(Status.PERMISSION_DENIED, "the name is reserved")


def parent_of(path: str) -> str:
    return path.rpartition("/")[0] or ROOT


def name_of(path: str) -> str:
    return path.rpartition("/")[2]


def top_of(path: str) -> str:
    """The name of the folder right below the root that the path is or lies in; "" for the root."""
    return path.split("/", 2)[1]


def shown(raw: bytes) -> str:
    """A path as text for a record, whatever octets it has, and not without end."""
    return raw[:1000].decode("utf-8", "backslashreplace")


def _names(raw: bytes, limits: Limits) -> tuple[list[str], bool]:
    """The names of the path below the root, and whether it tried to go above it."""
    if len(raw) > limits.path_octets:
        raise FileRefused(Status.BAD_MESSAGE, f"the path is longer than {limits.path_octets} octets")
    if b"\0" in raw:
        raise FileRefused(Status.BAD_MESSAGE, "the path has a NUL")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise FileRefused(Status.PERMISSION_DENIED, "the path is not UTF-8") from None
    names: list[str] = []
    escapes = False
    for name in text.split("/"):
        if name == "..":
            escapes = escapes or not names
            del names[-1:]
        elif name not in ("", "."):
            names.append(name)
    return names, escapes


def _joined(names: list[str], limits: Limits) -> str:
    if len(names) > limits.depth:
        raise FileRefused(Status.PERMISSION_DENIED, f"the path is deeper than {limits.depth} names")
    for name in names:
        if len(name.encode()) > limits.name_octets:
            raise FileRefused(Status.BAD_MESSAGE, f"a name is longer than {limits.name_octets} octets")
    return ROOT + "/".join(names)

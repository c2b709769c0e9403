"""The bytes of a file, whoever holds them: in pieces that are large enough to be worth the work, within a limit."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from typing import BinaryIO

Source = bytes | bytearray | memoryview | BinaryIO | Iterable[bytes]
"""A whole file, an open binary file, or the pieces of one in their order."""

PIECE = 1 << 16
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
UTF_16 = "UTF-16: write it as UTF-8, or say so in the layout (`encoding: utf-16`)"
"""What `other_kind` says of it."""
# What a file of another kind begins with, and what it is.
_OTHER_KINDS = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"PK\x05\x06": "an empty ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "a SQLite database",
    b"-----BEGIN PGP": "a PGP message: decrypt it first",
    b"ISA*": "an X12 interchange",
    b"<?xml": "an XML document",
}


def pieces(source: Source) -> Iterator[bytes]:
    """The bytes, PIECE by PIECE (the last one shorter). Raises what reading the source raises."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        view = memoryview(source)
        yield from (bytes(view[start : start + PIECE]) for start in range(0, len(view), PIECE))
    elif hasattr(source, "read"):
        yield from _gathered(iter(lambda: source.read(PIECE), b""))
    else:
        yield from _gathered(source)


def known_size(source: Source) -> int | None:
    """Bytes in all, where that can be known before they are read."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return memoryview(source).nbytes
    if not hasattr(source, "fileno"):
        return None
    try:
        status = os.fstat(source.fileno())
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _gathered(small: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for piece in small:
        held.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if size:
        yield b"".join(held)


def other_kind(beginning: bytes) -> str:
    """What the file is, when it plainly is no CSV file in an encoding that extends ASCII; else ""."""
    for mark, kind in _OTHER_KINDS.items():
        if beginning.startswith(mark):
            return kind
    if beginning.startswith(_UTF_16) or _every_other_is_nul(beginning[:64]):
        return UTF_16
    return ""


def _every_other_is_nul(octets: bytes) -> bool:
    """Whether it looks like Latin letters in UTF-16."""
    return len(octets) >= 4 and any(octets[::2]) != any(octets[1::2])

"""The hash chain of a journal: whoever cuts or changes a line of the file is found out.

A line is an entry, with its link in place of the brace that closes it: `…,"link":"64 hexadecimal digits"}`. The link is
the SHA-256 of the link before and the entry (FIPS 180-4).

Run as a program, with the path of a file and the link of its last line (which may be left out), this says as JSON what
is wrong with the file: `null`, or `[line, words]`. It imports nothing that takes long to import.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

FIRST_LINK = "0" * 64
# Octets that are read at once: lines have one to ten thousand, of which Python's own buffer holds a few.
PIECE = 1 << 18
_LINK_FORM = b',"link":"%b"}\n'
_LINK_LENGTH = len(_LINK_FORM % FIRST_LINK.encode())


class JournalDamaged(Exception):
    """A journal file is not what was written: says which line (from 1), and how it differs."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        super().__init__(f"{path}, line {line}: {what}")
        self.line = line
        self.what = what


def link_after(before: str, entry: bytes | bytearray) -> str:
    """The link of an entry, by the link before it."""
    digest = hashlib.sha256(before.encode())
    digest.update(entry)  # not joined first: the line of a commit has ten thousand octets
    return digest.hexdigest()


def seal(entry: bytearray, link: str) -> None:
    """Make an entry, in place, the line that stands in the file."""
    entry[-1:] = _LINK_FORM % link.encode()


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a journal file as they stand there, whether the chain holds or not."""
    with path.open("rb", buffering=PIECE) as file:
        yield from file


def entries(path: Path, link: str | None = None) -> Iterator[bytes]:
    """Stream the entries of a file, checking the chain as it goes. `link` is that of the last line, as the result of
    the run has it: without it nobody can tell whether lines are missing at the end.

    Raises: JournalDamaged when a line is cut, changed, missing or out of order.
    """
    known, number = FIRST_LINK, 0
    for number, line in enumerate(lines(path), 1):
        entry = line[:-_LINK_LENGTH] + b"}"
        known = link_after(known, entry)
        if line[-_LINK_LENGTH:] != _LINK_FORM % known.encode():
            raise JournalDamaged(path, number, "the hash chain breaks here; the file was cut or changed")
        yield entry
    if link is not None and known != link:
        raise JournalDamaged(path, number, "the journal went on after this line; its end was cut off")


def damage_of(path: Path, link: str | None = None) -> JournalDamaged | None:
    """What is wrong with a file, the first of it; None when the chain holds."""
    try:
        for _ in entries(path, link):
            pass
    except JournalDamaged as damage:
        return damage
    return None


def _main(path: str, link: str | None = None) -> None:
    damage = damage_of(Path(path), link)
    sys.stdout.write(json.dumps(None if damage is None else [damage.line, damage.what]))


if __name__ == "__main__":
    _main(*sys.argv[1:])

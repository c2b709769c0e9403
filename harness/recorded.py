"""The entries of a journal file as a fold takes them: typed from the line on, and without what no invariant looks at.

`journal.read` gives all that a line says, as plain JSON. Here records and events become objects in one step, a body
stays octets until somebody asks for it, and the body of an answer that is a record which its exchange has committed is
left out: invariants look at the bodies of requests and refusals only. Whether the hash chain holds is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypedDict

import msgspec

from ..contracts.objects import CloudEvent
from ..simulators import hash_chain
from ..simulators.journal import Entry, undecodable

KIND = b'"kind":"'
HEAD = 256  # octets within which a line says its kind


class Told(TypedDict, total=False):
    """What invariants ask of the detail of an exchange; other members are passed over."""

    method: str
    path: str
    url: str
    idempotencyKey: str
    status: int
    event: str
    stored: bool
    insteadOf: str
    forged: str
    callerLeft: bool
    retryAfter: str
    credentialsOf: str
    code: str
    detail: str
    errors: list[dict[str, Any]]
    problem: str
    file: str
    flaw: str
    place: str
    sha256: str
    samples: list[tuple[str, list[tuple[str, str]], float]]
    body: msgspec.Raw


class _Exchange(Entry, frozen=True, kw_only=True, omit_defaults=True, rename="camel", gc=False):
    detail: Told | None = None


class _Written(msgspec.Struct, frozen=True, gc=False):
    records: list[tuple[str, str, msgspec.Raw]]
    events: list[CloudEvent] = []


class _Commit(Entry, frozen=True, kw_only=True, omit_defaults=True, rename="camel", gc=False):
    detail: _Written = _Written([])


def entries(path: Path) -> Iterator[Entry]:
    """Stream a journal file. What a commit wrote is there until the next entry is asked for: octets that nobody needs
    any more would keep their whole line.

    Raises: JournalDamaged where a line is no entry.
    """
    for number, line in enumerate(hash_chain.lines(path), 1):
        at = line.find(KIND, 0, HEAD) + len(KIND)
        decode = _DECODERS.get(line[at : at + 1], _plain)
        try:
            entry = decode(line)
        except msgspec.ValidationError:
            entry = _as_it_is(path, number, line)
        except msgspec.DecodeError as error:
            raise undecodable(path, number, error) from error
        yield entry
        if type(entry) is _Commit:
            entry.detail.records.clear()
            entry.detail.events.clear()


def _as_it_is(path: Path, number: int, line: bytes) -> Entry:
    """An entry whose detail is of another form than ours: whoever reads it must look closely."""
    try:
        return _plain(line)
    except msgspec.ValidationError as error:
        raise undecodable(path, number, error) from error


_plain = msgspec.json.Decoder(Entry).decode
_exchange = msgspec.json.Decoder(_Exchange).decode
# By the first letter of the kind. A fault begins as `fail` does: both are decoded whole.
_DECODERS: dict[bytes, Callable[[bytes], Entry]] = {
    b"c": msgspec.json.Decoder(_Commit).decode,
    b"i": _exchange,
    b"o": _exchange,
}

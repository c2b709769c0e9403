"""The journal: the append-only record of everything a world saw, written as it happens, hash-chained.

One JSON object a line. `kind` is what became of an exchange, as Jepsen's histories have it:

    invoke   a request came in, or a delivery went out         ok     it was answered, and the caller was told
    fail     it certainly did not happen (4xx, 5xx before the commit, refused)
    info     it may have happened for all the caller knows (no answer after the commit, a time-out on delivery)
    commit   what a rule changed: the records as they are now, the events it caused
    fault    something was broken on purpose
    note     a phase of the run, a remark of the harness

`invoke` opens an exchange; the entries that follow from it carry its number in `exchange`. The journal goes to disk as
the run goes on (memory stays flat however long the run), and to whoever subscribed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from .clock import Clock

Kind = Literal["invoke", "ok", "fail", "info", "commit", "fault", "note"]
Channel = Literal["http", "webhook", "queue", "people", "clock", "admin", "run"]
FIRST_LINK = "0" * 64


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One line of the journal.

    `at` is business time, `wire_s` seconds on the wire clock. `name` is the operation, event type, fault or phase.
    `client` is who called (or the party a delivery went to), `correlation` and `trace` what the message carried,
    `order_id` the CRM order it is about as far as the simulators can tell, `detail` the rest, by kind.
    """

    seq: int
    at: datetime
    wire_s: float
    party: str
    kind: Kind
    channel: Channel
    name: str
    exchange: int = 0
    client: str = ""
    correlation: str = ""
    trace: str = ""
    order_id: str = ""
    detail: Any = None


class Committed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The detail of a `commit`: `[type, key, record]` for each record as it is now, and the events caused."""

    records: list[tuple[str, str, Any]]
    events: list[Any] = []


class Sink(Protocol):
    """Where lines go."""

    def write(self, line: bytes, /) -> object: ...

    def flush(self) -> object: ...


class Journal:
    """Writes entries in order. Not thread-safe: it belongs to its world's event loop."""

    def __init__(self, clock: Clock, sink: Sink | None = None) -> None:
        self._clock = clock
        self._sink = sink
        self._encode = msgspec.json.Encoder().encode
        self._subscribers: list[Callable[[Entry], None]] = []
        self.length = 0
        self.link = FIRST_LINK

    def subscribe(self, subscriber: Callable[[Entry], None]) -> None:
        """Have every later entry handed over as it is written, records still being typed objects."""
        self._subscribers.append(subscriber)

    def append(
        self,
        kind: Kind,
        party: str,
        channel: Channel,
        name: str,
        *,
        exchange: int = 0,
        client: str = "",
        correlation: str = "",
        trace: str = "",
        order_id: str = "",
        detail: Any = None,
    ) -> int:
        """Write an entry and return its number (from 1). One that can't be encoded raises and leaves no gap."""
        entry = Entry(
            seq=self.length + 1,
            at=self._clock.now(),
            wire_s=round(self._clock.wire(), 6),
            party=party,
            kind=kind,
            channel=channel,
            name=name,
            exchange=exchange,
            client=client,
            correlation=correlation,
            trace=trace,
            order_id=order_id,
            detail=detail,
        )
        if self._sink is not None:
            line = self._encode(entry)
            self.link = _link(self.link, line)
            self._sink.write(b"".join((memoryview(line)[:-1], b',"link":"', self.link.encode(), b'"}\n')))
        self.length = entry.seq
        for subscriber in self._subscribers:
            subscriber(entry)
        return entry.seq

    def flush(self) -> None:
        if self._sink is not None:
            self._sink.flush()


class JournalDamaged(Exception):
    """A journal file is not what was written: says which line, and how it differs."""


def read(path: Path, link: str | None = None) -> Iterator[Entry]:
    """Stream a journal file, checking the chain as it goes. `link` is that of the last line, as the result of the run
    has it: without it nobody can tell whether lines are missing at the end.

    Raises: JournalDamaged when a line is cut, changed, missing or out of order.
    """
    known, number = FIRST_LINK, 0
    decode = msgspec.json.Decoder(Entry).decode
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            body, mark, rest = line.rpartition(b',"link":"')
            claimed = rest.removesuffix(b'"}\n').decode("ascii", "replace")
            known = _link(known, body + b"}")
            if not mark or claimed != known:
                raise JournalDamaged(f"{path}, line {number}: the hash chain breaks here; the file was cut or changed")
            try:
                yield decode(body + b"}")
            except msgspec.MsgspecError as error:
                raise JournalDamaged(f"{path}, line {number}: not a journal entry: {error}") from error
    if link is not None and known != link:
        raise JournalDamaged(f"{path}, line {number}: the journal went on after this line; its end was cut off")


def _link(before: str, line: bytes) -> str:
    digest = hashlib.sha256(before.encode())
    digest.update(line)  # not joined first: the line of a commit has ten thousand octets
    return digest.hexdigest()

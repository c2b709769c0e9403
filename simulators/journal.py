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

An answer that is a record which its exchange has just committed is not written twice: the line of the `ok` says
`"committed": [type, key]` in the place of the body, and `read` puts the record back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec
from msgspec.structs import replace

from . import hash_chain
from .clock import Clock
from .hash_chain import FIRST_LINK, JournalDamaged, link_after, seal
from .secrets import Secrets

Kind = Literal["invoke", "ok", "fail", "info", "commit", "fault", "note"]
Channel = Literal["http", "webhook", "queue", "sftp", "x12", "csv", "people", "clock", "admin", "run", "otlp"]
# The member of an answer's detail that stands for its body.
COMMITTED = "committed"


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", gc=False):
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


# By what a record is known in a party's state: its type's name and its key.
RecordId = tuple[str, str]


class Committed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The detail of a `commit`: `[type, key, record]` for each record as it is now, and the events caused."""

    records: list[tuple[str, str, Any]]
    events: list[Any] = []


class Sink(Protocol):
    """Where lines go. A line is the sink's to read only until `write` returns."""

    def write(self, line: bytes | bytearray, /) -> object: ...

    def flush(self) -> object: ...


class Journal:
    """Writes entries in order. Not thread-safe: it belongs to its world's event loop.

    A secret that stands in a request is covered from that line on; whoever subscribed sees it as it is.
    """

    def __init__(self, clock: Clock, sink: Sink | None = None, secrets: Secrets | None = None) -> None:
        self._clock = clock
        self._sink = sink
        self._secrets = Secrets() if secrets is None else secrets
        self._encode_into = msgspec.json.Encoder().encode_into
        self._line = bytearray()  # used for each line again, because the longest are ten thousand octets
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
        written: Any = None,
    ) -> int:
        """Write an entry and return its number (from 1). One that can't be encoded raises and leaves no gap.

        `written` is the detail as the line has it, where that is shorter, or encoded in part, and reads as the same.
        """
        seq = self.length + 1
        clock = self._clock
        entry = Entry(
            seq=seq,
            at=clock.now(),
            wire_s=round(clock.wire(), 6),
            party=party,
            kind=kind,
            channel=channel,
            name=name,
            exchange=exchange,
            client=client,
            correlation=correlation,
            trace=trace,
            order_id=order_id,
            detail=detail if written is None else written,
        )
        if self._sink is not None:
            line = self._line
            self._encode_into(entry, line)
            if kind == "invoke":
                self._secrets.notice(line)
            covered = self._secrets.covered(line)
            if covered is not line:
                line = self._line = bytearray(covered)
            self.link = link = link_after(self.link, line)
            seal(line, link)
            self._sink.write(line)
        self.length = seq
        if self._subscribers and written is not None:
            entry = replace(entry, detail=detail)
        for subscriber in self._subscribers:
            subscriber(entry)
        return seq

    def flush(self) -> None:
        if self._sink is not None:
            self._sink.flush()


def read(path: Path, link: str | None = None) -> Iterator[Entry]:
    """Stream a journal file, checking the chain as it goes. `link` is that of the last line, as the result of the run
    has it: without it nobody can tell whether lines are missing at the end.

    Raises: JournalDamaged when a line is cut, changed, missing or out of order.
    """
    decode = msgspec.json.Decoder(Entry).decode
    committed: dict[int, list[Any]] = {}
    for number, line in enumerate(hash_chain.entries(path, link), 1):
        try:
            entry = decode(line)
        except msgspec.MsgspecError as error:
            raise undecodable(path, number, error) from error
        try:
            yield _whole(entry, committed)
        except LookupError as error:
            raise JournalDamaged(path, number, f"its exchange has committed no {error}") from None


def undecodable(path: Path, number: int, error: msgspec.MsgspecError) -> JournalDamaged:
    """A line that stands in the chain and is no entry."""
    return JournalDamaged(path, number, f"not a journal entry: {error}")


def _whole(entry: Entry, committed: dict[int, list[Any]]) -> Entry:
    """The entry with its answer in full. `committed` has the records of the exchanges that are not answered yet.

    Raises: LookupError when the record that was answered is not among them.
    """
    if entry.kind == "commit" and entry.exchange:
        committed.setdefault(entry.exchange, []).extend(entry.detail["records"])
    if entry.kind not in ("ok", "fail", "info"):
        return entry
    records = committed.pop(entry.exchange, [])
    if not isinstance(entry.detail, dict) or COMMITTED not in entry.detail:
        return entry
    kind, key = entry.detail[COMMITTED]
    for known_kind, known_key, record in reversed(records):
        if (known_kind, known_key) == (kind, key):
            detail = {name: value for name, value in entry.detail.items() if name != COMMITTED}
            return replace(entry, detail={**detail, "body": record})
    raise LookupError(f"{kind} {key}")

"""The layer's memory in SQLite: inbox, outbox, what it knows of each order, and how far it has read the feeds.

Every method is one transaction, unless it stands in one. What is committed survives the death of the process (WAL,
synchronous NORMAL). Calls take tens of microseconds, so they are made right on the event loop.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from .arrivals import Arrivals
from .dispatches import Dispatches

SCHEMA = """
CREATE TABLE IF NOT EXISTS inbox (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    order_key TEXT NOT NULL,          -- messages of one order are worked on one after the other
    event BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',  -- waiting, done, dead
    tries INTEGER NOT NULL DEFAULT 0,
    replays INTEGER NOT NULL DEFAULT 0,
    set_aside_at REAL,                -- unix seconds; NULL if it never was
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (source, id)
);
CREATE INDEX IF NOT EXISTS inbox_waiting ON inbox (order_key) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS inbox_set_aside ON inbox (order_key) WHERE set_aside_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS outbox (
    key TEXT PRIMARY KEY,             -- the business key of the effect, and its Idempotency-Key
    body BLOB,                        -- as first sent; NULL once a try was refused
    refusals INTEGER NOT NULL DEFAULT 0,
    status INTEGER,                   -- NULL until it is known to have happened
    answer BLOB
);
CREATE TABLE IF NOT EXISTS orders (order_key TEXT PRIMARY KEY, knowledge BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS cursors (party TEXT PRIMARY KEY, cursor TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS newest (about TEXT PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS erp_table (document BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS homes (order_id TEXT PRIMARY KEY, erp TEXT NOT NULL);
"""


class Message(msgspec.Struct, frozen=True, gc=False):
    """An event in the inbox."""

    number: int
    source: str
    id: str
    order_key: str
    event: bytes
    state: str = "waiting"
    tries: int = 0
    replays: int = 0
    set_aside_at: float | None = None
    reason: str = ""


class Effect(msgspec.Struct, frozen=True, gc=False):
    """Something that is done at a party, once."""

    key: str
    body: bytes | None
    refusals: int
    status: int | None
    answer: bytes | None

    @property
    def sent_key(self) -> str:
        """A refused try has changed nothing, so the next is a new request and needs a key of its own."""
        return f"{self.key}:{self.refusals + 1}" if self.refusals else self.key


EFFECT = "key, body, refusals, status, answer"
MESSAGE = "SELECT number, source, id, order_key, event, state, tries, replays, set_aside_at, reason FROM inbox "


class Store:
    """One database file, or `:memory:`."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(SCHEMA)
        self.dispatches = Dispatches(self._db)
        self.arrivals = Arrivals(self._db)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing. One may stand within another."""
        if self._db.in_transaction:
            yield
            return
        with self._db:
            self._db.execute("BEGIN")
            yield

    # -- inbox

    def receive(self, source: str, id: str, order_key: str, event: bytes) -> bool:
        """Keep an event; False when it was kept before."""
        insert = "INSERT OR IGNORE INTO inbox (source, id, order_key, event) VALUES (?, ?, ?, ?)"
        return self._db.execute(insert, (source, id, order_key, event)).rowcount == 1

    def waiting(self, order_key: str) -> list[Message]:
        """What is still to be done for an order, oldest first."""
        where = "WHERE state = 'waiting' AND order_key = ? ORDER BY number"
        return [Message(*row) for row in self._db.execute(MESSAGE + where, (order_key,))]

    def waiting_orders(self) -> list[str]:
        rows = self._db.execute("SELECT DISTINCT order_key FROM inbox WHERE state = 'waiting'")
        return [row[0] for row in rows]

    def settle(self, message: Message, knowledge: bytes) -> None:
        """The event is done, and this is what is known of its order now: both or neither."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO orders VALUES (?, ?)", (message.order_key, knowledge))
            self.forget(message)

    def tried(self, message: Message) -> None:
        self._db.execute("UPDATE inbox SET tries = tries + 1 WHERE number = ?", (message.number,))

    def pending(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM inbox WHERE state = 'waiting'").fetchone()[0])

    # -- dead letters

    def set_aside(self, message: Message, reason: str, at: float) -> None:
        update = "UPDATE inbox SET state = 'dead', reason = ?, set_aside_at = ? WHERE number = ?"
        self._db.execute(update, (reason, at, message.number))

    def forget(self, message: Message) -> None:
        """Take it for done."""
        self._db.execute("UPDATE inbox SET state = 'done' WHERE number = ?", (message.number,))

    def replay(self, number: int) -> bool:
        """Put a dead letter back into the inbox; False when it is not, or no longer, set aside."""
        update = "UPDATE inbox SET state = 'waiting', replays = replays + 1 WHERE number = ? AND state = 'dead'"
        return self._db.execute(update, (number,)).rowcount == 1

    def message(self, number: int) -> Message | None:
        row = self._db.execute(MESSAGE + "WHERE number = ?", (number,)).fetchone()
        return Message(*row) if row else None

    def dead_letters(self, order_key: str | None = None) -> list[Message]:
        """All that were ever set aside, oldest first; those that were replayed since are `done`."""
        where = "WHERE set_aside_at IS NOT NULL AND order_key = coalesce(?, order_key) ORDER BY number"
        return [Message(*row) for row in self._db.execute(MESSAGE + where, (order_key,))]

    def dead(self, order_key: str | None = None) -> int:
        count = "SELECT count(*) FROM inbox WHERE set_aside_at IS NOT NULL AND state = 'dead' "
        return int(self._db.execute(count + "AND order_key = coalesce(?, order_key)", (order_key,)).fetchone()[0])

    # -- outbox

    def effect(self, key: str) -> Effect | None:
        row = self._db.execute(f"SELECT {EFFECT} FROM outbox WHERE key = ?", (key,)).fetchone()
        return Effect(*row) if row else None

    def begin(self, key: str, body: bytes) -> Effect:
        """Write down what is about to be sent, unless that was done before: then the first body stands."""
        upsert = "INSERT INTO outbox (key, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = coalesce(body, ?) "
        return Effect(*self._db.execute(upsert + f"RETURNING {EFFECT}", (key, body, body)).fetchone())

    def happened(self, key: str, status: int, answer: bytes) -> None:
        self._db.execute("UPDATE outbox SET status = ?, answer = ? WHERE key = ?", (status, answer, key))

    def refused(self, key: str) -> None:
        self._db.execute("UPDATE outbox SET refusals = refusals + 1, body = NULL WHERE key = ?", (key,))

    # -- orders and feeds

    def knowledge(self, order_key: str) -> bytes | None:
        row = self._db.execute("SELECT knowledge FROM orders WHERE order_key = ?", (order_key,)).fetchone()
        return row[0] if row else None

    def newest(self, about: str, version: int) -> int:
        """Take note that there is such a version; the newest that was ever noted."""
        upsert = "INSERT INTO newest VALUES (?, ?) ON CONFLICT DO UPDATE SET version = max(version, excluded.version) "
        return int(self._db.execute(upsert + "RETURNING version", (about, version)).fetchone()[0])

    # -- ERPs

    def erp_table(self) -> bytes | None:
        row = self._db.execute("SELECT document FROM erp_table").fetchone()
        return row[0] if row else None

    def keep_erp_table(self, document: bytes) -> None:
        with self.transaction():
            self._db.execute("DELETE FROM erp_table")
            self._db.execute("INSERT INTO erp_table VALUES (?)", (document,))

    def home(self, order_id: str, erp: str) -> str:
        """Where an order goes; the first that was said of it."""
        upsert = "INSERT INTO homes VALUES (?, ?) ON CONFLICT DO UPDATE SET erp = erp RETURNING erp"
        return str(self._db.execute(upsert, (order_id, erp)).fetchone()[0])

    def cursor(self, party: str) -> str | None:
        row = self._db.execute("SELECT cursor FROM cursors WHERE party = ?", (party,)).fetchone()
        return row[0] if row else None

    def move_cursor(self, party: str, cursor: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?)", (party, cursor))

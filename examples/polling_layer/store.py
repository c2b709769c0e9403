"""The layer's memory in SQLite: cursors, events, the ledger of what was sent, and who is who.

One connection for all threads, one statement at a time. What is committed survives the death of the process.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS cursors (party TEXT PRIMARY KEY, cursor TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS events (
    number INTEGER PRIMARY KEY,
    party TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,            -- events about one subject are worked on one at a time
    event TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',  -- waiting, done, aside
    tries INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL DEFAULT 0,      -- monotonic seconds of this process
    asked INTEGER NOT NULL DEFAULT 0, -- whether a party asked to wait so long
    failing_since REAL,
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (party, id)
);
CREATE INDEX IF NOT EXISTS waiting ON events (due) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS ledger (
    key TEXT PRIMARY KEY,             -- the business key of an effect
    body TEXT,                        -- as first sent; NULL once a try was refused
    refusals INTEGER NOT NULL DEFAULT 0,
    status INTEGER,                   -- NULL until it is known to have happened
    answer TEXT
);
-- What the layer must know beside what the parties can be asked: `kind` says of what, `document` is JSON.
CREATE TABLE IF NOT EXISTS notes (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT '',
    document TEXT NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE INDEX IF NOT EXISTS owned ON notes (kind, owner);
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that is still to be worked on. `failing_since` is monotonic time, None while it has not failed."""

    number: int
    party: str
    subject: str
    event: Mapping[str, Any]
    tries: int = 0
    failing_since: float | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: something that is done at a party, once."""

    key: str
    body: str | None
    refusals: int
    status: int | None
    answer: str | None


class Store:
    """One database file, or `:memory:`."""

    def __init__(self, path: str) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(SCHEMA)
        # Times of an earlier process mean nothing to this one.
        self._db.execute("UPDATE events SET due = 0, failing_since = NULL WHERE state = 'waiting'")

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()

    # -- feeds

    def cursor(self, party: str) -> str | None:
        rows = self._rows("SELECT cursor FROM cursors WHERE party = ?", party)
        return rows[0][0] if rows else None

    def move_cursor(self, party: str, cursor: str) -> None:
        self._rows("INSERT OR REPLACE INTO cursors VALUES (?, ?)", party, cursor)

    def keep_page(self, party: str, events: Iterable[tuple[str, str, Mapping[str, Any]]], cursor: str) -> None:
        """Write down the events of a page, each as (id, subject, event), and the cursor after it: all or nothing."""
        with self._lock, self._db:
            self._db.execute("BEGIN")
            for event_id, subject, event in events:
                self.keep(party, event_id, subject, event)
            self.move_cursor(party, cursor)

    def keep(self, party: str, id: str, subject: str, event: Mapping[str, Any]) -> None:
        """Write an event down, unless it is there."""
        insert = "INSERT OR IGNORE INTO events (party, id, subject, event) VALUES (?, ?, ?, ?)"
        self._rows(insert, party, id, subject, json.dumps(event))

    # -- events

    def due(self, now: float) -> list[Waiting]:
        """What is to be worked on now, oldest first."""
        columns = "number, party, subject, event, tries, failing_since"
        rows = self._rows(f"SELECT {columns} FROM events WHERE state = 'waiting' AND due <= ? ORDER BY number", now)
        return [
            Waiting(number, party, subject, json.loads(event), tries, since)
            for number, party, subject, event, tries, since in rows
        ]

    def done(self, number: int) -> None:
        self._rows("UPDATE events SET state = 'done' WHERE number = ?", number)

    def later(self, number: int, due: float, now: float, reason: str, *, asked: bool) -> None:
        """Try again when it is due; no sooner, where a party asked for that."""
        values = "due = ?, asked = ?, failing_since = coalesce(failing_since, ?), reason = ?"
        update = f"UPDATE events SET tries = tries + 1, {values} WHERE number = ?"
        self._rows(update, due, asked, now, reason, number)

    def hasten(self, subject: str) -> None:
        """Something was done about a subject: it may be just what the others waited for."""
        self._rows("UPDATE events SET due = 0 WHERE state = 'waiting' AND NOT asked AND subject = ?", subject)

    def set_aside(self, number: int, reason: str) -> None:
        self._rows("UPDATE events SET state = 'aside', reason = ? WHERE number = ?", reason, number)

    # -- ledger

    def entry(self, key: str) -> Entry | None:
        rows = self._rows("SELECT key, body, refusals, status, answer FROM ledger WHERE key = ?", key)
        return Entry(*rows[0]) if rows else None

    def begin(self, key: str, body: str) -> Entry:
        """Write down what is about to be sent, unless that was done before: then the first body stands."""
        upsert = "INSERT INTO ledger (key, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = coalesce(body, ?)"
        self._rows(upsert, key, body, body)
        entry = self.entry(key)
        assert entry is not None
        return entry

    def refused(self, key: str) -> None:
        """It has certainly not happened; the next try may say something else."""
        self._rows("UPDATE ledger SET body = NULL, refusals = refusals + 1 WHERE key = ?", key)

    def happened(self, key: str, status: int, answer: str) -> None:
        self._rows("UPDATE ledger SET status = ?, answer = ? WHERE key = ?", status, answer, key)

    # -- notes

    def note(self, kind: str, key: str) -> dict[str, Any] | None:
        rows = self._rows("SELECT document FROM notes WHERE kind = ? AND key = ?", kind, key)
        return json.loads(rows[0][0]) if rows else None

    def notes(self, kind: str, owner: str) -> dict[str, dict[str, Any]]:
        """Key → document, of all that belongs to one owner."""
        rows = self._rows("SELECT key, document FROM notes WHERE kind = ? AND owner = ?", kind, owner)
        return {key: json.loads(document) for key, document in rows}

    def write_note(self, kind: str, key: str, document: Mapping[str, Any], owner: str = "") -> None:
        replace = "INSERT OR REPLACE INTO notes (kind, key, owner, document) VALUES (?, ?, ?, ?)"
        self._rows(replace, kind, key, owner, json.dumps(document))

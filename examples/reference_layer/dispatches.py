"""Documents of ours that went to a partner, as files or messages, and what it made of them; in the layer's database."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

SCHEMA = """
CREATE TABLE IF NOT EXISTS dispatches (
    partner TEXT NOT NULL,
    series TEXT NOT NULL,             -- documents that are numbered together
    number INTEGER NOT NULL,          -- control number or sequence number; never used twice
    key TEXT NOT NULL,                -- of the effect
    order_key TEXT NOT NULL,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    answer_counts INTEGER NOT NULL,
    written_at REAL NOT NULL,         -- unix seconds, as all times here
    sent_at REAL,                     -- NULL while it has not been put there
    uncertain INTEGER NOT NULL DEFAULT 0,
    sendings INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER,                 -- NULL until the partner has said so
    code TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (partner, series, number)
);
CREATE INDEX IF NOT EXISTS dispatches_key ON dispatches (key);
CREATE INDEX IF NOT EXISTS dispatches_name ON dispatches (partner, name);
CREATE INDEX IF NOT EXISTS dispatches_unsent ON dispatches (partner) WHERE sent_at IS NULL AND key = '';
"""
COLUMNS = (
    "partner, series, number, key, order_key, name, content, answer_counts, written_at, sent_at, uncertain, sendings, "
    "accepted, code, detail"
)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One document. `uncertain`: a try to put it there broke off, so it may be there."""

    partner: str
    series: str
    number: int
    key: str
    order_key: str
    name: str
    content: bytes
    answer_counts: bool
    written_at: float
    sent_at: float | None = None
    uncertain: bool = False
    sendings: int = 0
    accepted: bool | None = None
    code: str = ""
    detail: str = ""


class Dispatches:
    """Every method is one statement on the store's own connection, and stands within its transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._db.executescript(SCHEMA)

    def next_number(self, partner: str, series: str) -> int:
        newest = "SELECT max(number) FROM dispatches WHERE partner = ? AND series = ?"
        row = self._db.execute(newest, (partner, series)).fetchone()
        return int(row[0] or 0) + 1

    def keep(self, dispatch: Dispatch) -> None:
        self._db.execute(
            "INSERT INTO dispatches "
            "(partner, series, number, key, order_key, name, content, answer_counts, written_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(dispatch.partner, dispatch.series, dispatch.number),
                *(dispatch.key, dispatch.order_key, dispatch.name),
                *(dispatch.content, dispatch.answer_counts, dispatch.written_at),
            ),
        )

    def newest(self, key: str) -> Dispatch | None:
        """The last document that was written for an effect."""
        return self._one("key = ? ORDER BY number DESC LIMIT 1", key)

    def numbered(self, partner: str, series: str, number: int) -> Dispatch | None:
        return self._one("partner = ? AND series = ? AND number = ?", partner, series, number)

    def named(self, partner: str, name: str) -> Dispatch | None:
        return self._one("partner = ? AND name = ?", partner, name)

    def is_open(self, partner: str, about: str, other_than: str) -> bool:
        """Whether the partner still has to say what became of a document whose key begins so, but for this key."""
        where = "partner = ? AND substr(key, 1, ?) = ? AND key != ? AND accepted IS NULL LIMIT 1"
        return self._one(where, partner, len(about), about, other_than) is not None

    def unsent(self, partner: str) -> list[Dispatch]:
        """What nobody waits for and still has to be put there: replies."""
        where = "partner = ? AND sent_at IS NULL AND key = '' ORDER BY number"
        return [
            _dispatch(row) for row in self._db.execute(f"SELECT {COLUMNS} FROM dispatches WHERE {where}", (partner,))
        ]

    def sent(self, dispatch: Dispatch, now: float) -> None:
        self._set(dispatch, "sent_at = ?, sendings = sendings + 1", now)

    def broke_off(self, dispatch: Dispatch) -> None:
        self._set(dispatch, "uncertain = ?", 1)

    def to_be_repeated(self, dispatch: Dispatch) -> None:
        """The partner could not take it now; whatever it says, it may have."""
        self._set(dispatch, "sent_at = NULL, uncertain = ?", 1)

    def judged(self, dispatch: Dispatch, *, accepted: bool, code: str, detail: str) -> None:
        self._set(dispatch, "accepted = ?, code = ?, detail = ?", accepted, code, detail)

    def _set(self, dispatch: Dispatch, what: str, *values: object) -> None:
        update = f"UPDATE dispatches SET {what} WHERE partner = ? AND series = ? AND number = ?"
        self._db.execute(update, (*values, dispatch.partner, dispatch.series, dispatch.number))

    def _one(self, where: str, *values: object) -> Dispatch | None:
        row = self._db.execute(f"SELECT {COLUMNS} FROM dispatches WHERE {where}", values).fetchone()
        return _dispatch(row) if row else None


def _dispatch(row: tuple[object, ...]) -> Dispatch:
    return Dispatch(*row)  # type: ignore[arg-type]  # the columns stand in the order of the fields

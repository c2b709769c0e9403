"""Which numbers partners have used for their documents, so that none is used for two; in the layer's database."""

from __future__ import annotations

import sqlite3

SCHEMA = """
CREATE TABLE IF NOT EXISTS arrivals (
    partner TEXT NOT NULL,
    series TEXT NOT NULL,             -- documents that are numbered together
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,             -- of the file that came first under it
    PRIMARY KEY (partner, series, number)
);
"""
FIRST = 1


class Arrivals:
    """Stands on the store's own connection and within its transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._db.executescript(SCHEMA)

    def is_other(self, partner: str, series: str, number: int, sha256: str) -> bool:
        """Whether something else came under this number before. The same again is the same document, whatever its file
        is called; and a partner that begins with the first number again numbers anew.
        """
        known = "SELECT sha256 FROM arrivals WHERE partner = ? AND series = ? AND number = ?"
        before = self._db.execute(known, (partner, series, number)).fetchone()
        if before is not None and before[0] != sha256:
            if number != FIRST:
                return True
            self._db.execute("DELETE FROM arrivals WHERE partner = ? AND series = ?", (partner, series))
        insert = "INSERT OR IGNORE INTO arrivals VALUES (?, ?, ?, ?)"
        self._db.execute(insert, (partner, series, number, sha256))
        return False

"""The cursors are kept on disk, what is still to be done in memory: a restart loses what was read and not done.

Breaks E3: the cursor is the acknowledgement, and whoever acknowledges before the work is done loses it in a crash.
"""

import sqlite3

from polling_layer.layer import Parts, serve
from polling_layer.store import Store


class ListInMemory(Store):
    """Only the cursors survive."""

    def __init__(self, path: str) -> None:
        super().__init__(":memory:")
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._file.execute("CREATE TABLE IF NOT EXISTS cursors (party TEXT PRIMARY KEY, cursor TEXT NOT NULL)")

    def cursor(self, party: str) -> str | None:
        with self._lock:
            row = self._file.execute("SELECT cursor FROM cursors WHERE party = ?", (party,)).fetchone()
        return row[0] if row else None

    def move_cursor(self, party: str, cursor: str) -> None:
        with self._lock:
            self._file.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?)", (party, cursor))


PARTS = Parts(store=ListInMemory)

if __name__ == "__main__":
    serve(PARTS)

"""What has changed since the last commit, as rows: of what changed twice, only what it is in the end."""

from __future__ import annotations

from typing import Any

import msgspec

from .form import FORGOTTEN
from .state_file import Row

PUT_POSITION = "INSERT OR REPLACE INTO position VALUES (1, ?)"
# An upsert, so that a record keeps its place.
PUT_RECORD = (
    "INSERT INTO record (party, kind, key, value) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (party, kind, key) DO UPDATE SET value = excluded.value"
)
PUT_EVENT = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
PUT_JOB = "INSERT INTO job VALUES (?, ?, ?, ?)"
END_JOB = "DELETE FROM job WHERE party = ? AND number = ?"
PUT_ANSWER = "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
END_TOKENS = "DELETE FROM token WHERE party = ?"
PUT_TOKEN = "INSERT OR REPLACE INTO token VALUES (?, ?, ?, ?, ?)"
END_SUBSCRIPTIONS = "DELETE FROM subscription WHERE party = ?"
PUT_SUBSCRIPTION = "INSERT OR REPLACE INTO subscription VALUES (?, ?, ?)"
PUT_DELIVERY = "INSERT OR IGNORE INTO delivery VALUES (?, ?, ?, ?)"
END_DELIVERY = "DELETE FROM delivery WHERE party = ? AND channel = ? AND subscription = ? AND event = ?"
END_DELIVERIES = "DELETE FROM delivery WHERE subscription = ?"
PUT_FILE = "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)"
END_FILE = "DELETE FROM file WHERE party = ? AND path = ?"
PUT_FORMAT = "INSERT OR REPLACE INTO format VALUES (?, ?)"

_encode = msgspec.json.Encoder().encode


def encoded(value: Any) -> str:
    """As JSON."""
    return _encode(value).decode()


class Changes:
    """`records` is (party, kind, key) → record, `deliveries` row → whether it is still owed, `jobs` (party, number) →
    the job and its cause, None when it is over. `afresh`: everything from before is to go.
    """

    def __init__(self, *, afresh: bool = False) -> None:
        self.records: dict[tuple[str, str, str], msgspec.Struct] = {}
        self.deliveries: dict[Row, bool] = {}
        self.jobs: dict[tuple[str, int], tuple[str, str] | None] = {}
        self._rows: dict[str, list[Row]] = {f"DELETE FROM {table}": [()] for table in FORGOTTEN} if afresh else {}

    def __bool__(self) -> bool:
        return bool(self.records or self.deliveries or self.jobs or self._rows)

    def add(self, statement: str, row: Row) -> None:
        """A row of what happens once. Statements are carried out in the order in which they first come."""
        self._rows.setdefault(statement, []).append(row)

    def drop(self, subscription_id: str) -> None:
        """Nothing is owed to this subscriber any more."""
        self.add(END_DELIVERIES, (subscription_id,))
        self.deliveries = {row: owed for row, owed in self.deliveries.items() if row[2] != subscription_id}

    def statements(self) -> dict[str, list[Row]]:
        """Statement → its rows, in the order in which they are to be carried out."""
        jobs = self.jobs.items()
        return {
            **self._rows,
            PUT_RECORD: [(*key, encoded(record)) for key, record in self.records.items()],
            END_JOB: [key for key, row in jobs if row is None],
            PUT_JOB: [(*key, *row) for key, row in jobs if row is not None],
            END_DELIVERY: [row for row, owed in self.deliveries.items() if not owed],
            PUT_DELIVERY: [row for row, owed in self.deliveries.items() if owed],
        }

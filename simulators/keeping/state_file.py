"""The SQLite file of a world: opened, checked, written in transactions, closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .form import APPLICATION_ID, TABLES, VERSION

Row = tuple[Any, ...]


class StateFileError(Exception):
    """A state file that can't be used; the message says why, and what to do."""


class StateFile:
    """Held by one process at a time: the lock to write is taken when it is opened and never let go of. Others may read.

    Raises: StateFileError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._database = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise StateFileError(f"{path}: can't be opened: {error}; name a file in a folder that is there") from error
        try:
            self.is_new = self._prepare()
        except sqlite3.OperationalError as error:
            self._database.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise StateFileError(
                    f"{path}: another process has this state open: stop it, or name another file"
                ) from None
            raise StateFileError(f"{path}: can't be used: {error}") from error
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise StateFileError(f"{path}: is no state file ({error}): name another, or a new one") from error
        except StateFileError:
            self._database.close()
            raise

    def _prepare(self) -> bool:
        """Take the lock, and make the tables where there are none. Raises: sqlite3.Error, StateFileError."""
        execute = self._database.execute
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = NORMAL")
        execute("BEGIN IMMEDIATE")
        (application,) = execute("PRAGMA application_id").fetchone()
        (version,) = execute("PRAGMA user_version").fetchone()
        (tables,) = execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if application == APPLICATION_ID and version == VERSION:
            return False
        if application == APPLICATION_ID:
            raise StateFileError(
                f"{self.path}: is of form {version}, and this version of Crossdock reads form {VERSION}: open it "
                "with the one that wrote it, or name another file"
            )
        if tables:
            raise StateFileError(f"{self.path}: is the database of another program: name another file, or a new one")
        for statement in TABLES.split(";\n"):
            execute(statement)
        execute(f"PRAGMA application_id = {APPLICATION_ID}")
        execute(f"PRAGMA user_version = {VERSION}")
        execute("COMMIT")
        execute("BEGIN IMMEDIATE")
        return True

    def rows(self, query: str, *values: Any) -> Iterator[Row]:
        yield from self._database.execute(query, values)

    def commit(self, statements: Mapping[str, Sequence[Row]]) -> None:
        """Carry out each statement for each of its rows. When this returns all of it is there, whatever becomes of this
        process; when it raises, nothing.

        Raises: StateFileError.
        """
        database = self._database
        try:
            for statement, rows in statements.items():
                database.executemany(statement, rows)
            database.execute("COMMIT")
        except sqlite3.Error as error:
            self._take_back()
            raise StateFileError(f"{self.path}: can't be written: {error}") from error
        database.execute("BEGIN IMMEDIATE")

    def _take_back(self) -> None:
        with suppress(sqlite3.Error):  # SQLite has taken it back by itself after some errors
            self._database.execute("ROLLBACK")
        with suppress(sqlite3.Error):
            self._database.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Let go of it; what was not committed is not in it."""
        self._database.close()

"""The file itself: whose it is, what form it has, and that a commit is all or nothing."""

import sqlite3
from pathlib import Path

import pytest

from crossdock.simulators.keeping.form import VERSION
from crossdock.simulators.keeping.state_file import StateFile, StateFileError

PUT = "INSERT INTO world VALUES (?, ?)"


def test_what_was_committed_is_there(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "s.sqlite")
    assert file.is_new
    file.commit({PUT: [("a", "1")]})
    file.close()

    again = StateFile(tmp_path / "s.sqlite")
    assert not again.is_new
    assert list(again.rows("SELECT * FROM world")) == [("a", "1")]
    again.close()


def test_a_commit_that_fails_changes_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "s.sqlite")
    with pytest.raises(StateFileError, match="can't be written"):
        file.commit({PUT: [("a", "1"), ("a", "2")]})
    file.commit({PUT: [("b", "3")]})

    assert list(file.rows("SELECT * FROM world")) == [("b", "3")]
    file.close()


def test_any_client_can_read_while_it_is_in_use(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "s.sqlite")
    file.commit({PUT: [("a", "1")]})
    with sqlite3.connect(f"file:{tmp_path / 's.sqlite'}?mode=ro", uri=True) as reader:
        assert reader.execute("SELECT * FROM world").fetchall() == [("a", "1")]
    reader.close()
    file.close()


def test_it_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "s.sqlite")
    with pytest.raises(StateFileError, match="another process has this state open"):
        StateFile(tmp_path / "s.sqlite")
    file.close()
    StateFile(tmp_path / "s.sqlite").close()


def test_a_file_of_another_form_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    file = StateFile(path)
    file.commit({})
    file.close()
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()

    with pytest.raises(StateFileError, match=f"is of form {VERSION + 1}, and this version of Crossdock reads form"):
        StateFile(path)


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE shop (name TEXT)")
    other.close()

    with pytest.raises(StateFileError, match="is the database of another program"):
        StateFile(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("shop",)]
    other.close()


@pytest.mark.parametrize(
    "octets", [b"order;quantity\n1;2\n" * 100, b"\0" * 5000, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_of_anything_else_is_refused_and_left_alone(octets: bytes, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.write_bytes(octets)

    with pytest.raises(StateFileError, match=r"s\.sqlite: "):
        StateFile(path)
    assert path.read_bytes() == octets


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StateFileError, match="name a file in a folder that is there"):
        StateFile(tmp_path / "nowhere" / "s.sqlite")

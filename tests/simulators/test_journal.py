"""The journal: every line is chained to the one before, and whoever touches one is found out."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from crossdock.simulators.clock import ManualClock
from crossdock.simulators.hash_chain import JournalDamaged
from crossdock.simulators.journal import Committed, Entry, Journal, read
from crossdock.simulators.party import Cause
from crossdock.tests.simulators.notebook import Note, Notebook


@pytest.fixture
def written(notebook: Notebook, tmp_path: Path) -> Path:
    """The journal of five commits, as a file."""
    for number in range(1, 6):
        notebook.write(f"n{number}", 'quoted ,"link":" and\nbroken', cause=Cause("http", number, "layer", "CORR-1"))
        notebook.clock.advance(timedelta(seconds=1.5))
    path = tmp_path / "journal.ndjson"
    path.write_bytes(notebook.sink.getvalue())
    return path


def as_json(entry: Entry) -> object:
    return msgspec.json.decode(msgspec.json.encode(entry))


def test_what_was_written_is_read_again_and_is_what_a_subscriber_saw(notebook: Notebook, written: Path) -> None:
    entries = list(read(written, notebook.journal.link))

    assert [as_json(entry) for entry in entries] == [as_json(entry) for entry in notebook.entries]
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.wire_s for entry in entries] == [0, 1.5, 3, 4.5, 6]


def test_a_subscriber_is_handed_the_records_themselves(notebook: Notebook) -> None:
    note = notebook.write("n1")

    detail = notebook.entries[0].detail
    assert isinstance(detail, Committed)
    assert detail.records[0][2] is note


def change_a_letter(lines: list[bytes]) -> None:
    lines[2] = lines[2].replace(b"broken", b"Broken")


def change_the_number(lines: list[bytes]) -> None:
    lines[2] = lines[2].replace(b'"seq":3', b'"seq":4')


def change_the_link(lines: list[bytes]) -> None:
    lines[2] = lines[2][:-4] + b'0"}\n'


def cut_the_line(lines: list[bytes]) -> None:
    lines[2] = lines[2][:-40]
    del lines[3:]


def cut_the_line_feed(lines: list[bytes]) -> None:
    lines[2] = lines[2].rstrip()
    del lines[3:]


def remove_a_line(lines: list[bytes]) -> None:
    del lines[2]


def swap_two_lines(lines: list[bytes]) -> None:
    lines[2], lines[3] = lines[3], lines[2]


def repeat_a_line(lines: list[bytes]) -> None:
    lines.insert(2, lines[1])


def add_a_line(lines: list[bytes]) -> None:
    lines.insert(2, b"{}\n")


def empty_a_line(lines: list[bytes]) -> None:
    lines[2] = b"\n"


def spoil_the_line(lines: list[bytes]) -> None:
    lines[2] = bytes(octet ^ 0x80 for octet in lines[2][:-1]) + b"\n"


@pytest.mark.parametrize(
    "damage",
    [
        change_a_letter,
        change_the_number,
        change_the_link,
        cut_the_line,
        cut_the_line_feed,
        remove_a_line,
        swap_two_lines,
        repeat_a_line,
        add_a_line,
        empty_a_line,
        spoil_the_line,
    ],
    ids=lambda damage: damage.__name__,
)
def test_damage_at_the_third_line_is_found_there(written: Path, damage: Callable[[list[bytes]], None]) -> None:
    lines = written.read_bytes().splitlines(keepends=True)
    damage(lines)
    written.write_bytes(b"".join(lines))

    entries = read(written)

    assert [next(entries).seq, next(entries).seq] == [1, 2], "what stands before the damage is still good"
    with pytest.raises(JournalDamaged, match=r"journal.ndjson, line 3: the hash chain breaks here"):
        next(entries)


def test_missing_lines_at_the_end_are_found_by_the_link_that_the_run_kept(notebook: Notebook, written: Path) -> None:
    lines = written.read_bytes().splitlines(keepends=True)
    written.write_bytes(b"".join(lines[:3]))

    assert len(list(read(written))) == 3, "nothing in the file itself can tell"
    with pytest.raises(JournalDamaged, match="line 3: the journal went on after this line"):
        list(read(written, notebook.journal.link))


def test_an_empty_journal_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "journal.ndjson"
    path.write_bytes(b"")

    assert list(read(path)) == []
    assert list(read(path, Journal(ManualClock()).link)) == []


def test_a_chained_line_that_is_no_entry_is_told_by_its_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(msgspec.Struct):
        seq: str = "first"

    sink = BytesIO()
    journal = Journal(ManualClock(), sink)
    encoder = msgspec.json.Encoder()
    monkeypatch.setattr(journal, "_encode_into", lambda _entry, line: encoder.encode_into(Other(), line))
    journal.append("note", "", "run", "phase")
    path = tmp_path / "journal.ndjson"
    path.write_bytes(sink.getvalue())

    with pytest.raises(JournalDamaged, match="line 1: not a journal entry: Expected `int`"):
        list(read(path))


def test_an_entry_that_cannot_be_encoded_leaves_no_gap(notebook: Notebook, tmp_path: Path) -> None:
    journal = notebook.journal
    journal.append("note", "", "run", "one")
    with pytest.raises(UnicodeEncodeError):
        journal.append("note", "", "run", "\ud800")
    journal.append("note", "", "run", "two")
    path = tmp_path / "journal.ndjson"
    path.write_bytes(notebook.sink.getvalue())

    assert [(entry.seq, entry.name) for entry in read(path, journal.link)] == [(1, "one"), (2, "two")]


def test_a_journal_without_a_sink_serves_its_subscribers(notebook: Notebook) -> None:
    journal = Journal(notebook.clock)
    seen: list[Entry] = []
    journal.subscribe(seen.append)

    number = journal.append("note", "", "run", "phase", detail={"a": Note(key="n1", text="x")})
    journal.flush()

    assert (number, journal.length, len(seen)) == (1, 1, 1)

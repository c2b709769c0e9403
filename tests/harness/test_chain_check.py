"""The hash chain is checked beside the work on the lines: nothing counts before it is known to hold."""

import shutil
import sys
from io import BytesIO
from pathlib import Path

import pytest

from crossdock.harness.chain_check import chain_checked
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.hash_chain import JournalDamaged
from crossdock.simulators.journal import Journal

APART, HERE = 0, 1 << 40  # from so many octets on a file is long
BREAKS_AT_3 = r"journal.ndjson, line 3: the hash chain breaks here; the file was cut or changed$"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Five lines."""
    sink = BytesIO()
    written = Journal(ManualClock(), sink)
    for number in range(5):
        written.append("note", "", "run", f"phase {number}")
    path = tmp_path / "journal.ndjson"
    path.write_bytes(sink.getvalue())
    return path


def change_the_third_line(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes().replace(b"phase 2", b"phase 7"))


pytestmark = pytest.mark.parametrize("long", [APART, HERE], ids=["by a second process", "in this process"])


def test_what_is_done_with_a_whole_journal_counts(journal: Path, long: int) -> None:
    done = []
    with chain_checked(journal, long=long):
        done.append(len(journal.read_bytes().splitlines()))

    assert done == [5]


def test_a_line_that_was_changed_is_told_by_its_number(journal: Path, long: int) -> None:
    change_the_third_line(journal)

    with pytest.raises(JournalDamaged, match=BREAKS_AT_3), chain_checked(journal, long=long):
        pass


def test_an_end_that_was_cut_off_is_told_by_the_link_that_the_run_kept(journal: Path, long: int) -> None:
    with pytest.raises(JournalDamaged, match="line 5: the journal went on after"), chain_checked(journal, "0", long):
        pass


def test_what_the_body_came_across_is_told_only_where_it_stands_before_the_damage(journal: Path, long: int) -> None:
    change_the_third_line(journal)

    with pytest.raises(JournalDamaged, match="line 2: not an entry"), chain_checked(journal, long=long):
        raise JournalDamaged(journal, 2, "not an entry")
    for line in (3, 4):
        with pytest.raises(JournalDamaged, match=BREAKS_AT_3), chain_checked(journal, long=long):
            raise JournalDamaged(journal, line, "not an entry")


def test_an_error_of_the_body_is_the_damage_s_doing_where_there_is_any(journal: Path, long: int) -> None:
    with pytest.raises(KeyError), chain_checked(journal, long=long):
        raise KeyError("lines")
    change_the_third_line(journal)

    with pytest.raises(JournalDamaged, match=BREAKS_AT_3) as caught, chain_checked(journal, long=long):
        raise KeyError("lines")
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.parametrize("python", ["/nowhere/python", shutil.which("false")])
def test_a_second_process_that_says_nothing_is_no_proof(
    journal: Path, long: int, python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    with chain_checked(journal, long=long):
        pass
    change_the_third_line(journal)

    with pytest.raises(JournalDamaged, match=BREAKS_AT_3), chain_checked(journal, long=long):
        pass

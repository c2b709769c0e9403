"""A storage, on disk or in memory, keeps files alike."""

import os
from pathlib import Path

import pytest

from crossdock.simulators.channels.sftp.disk_storage import DiskStorage
from crossdock.simulators.channels.sftp.status import FileRefused, Status
from crossdock.simulators.channels.sftp.storage import Found, Storage


@pytest.fixture(autouse=True)
def folder(storage: Storage) -> None:
    storage.make_folder("/in")


def stored(storage: Storage, path: str, content: bytes, *, complete: bool = True, mtime: int = 5) -> None:
    file = storage.create(path)
    file.write(0, content)
    file.mark(complete=complete, mtime=mtime)
    file.close()


def content(storage: Storage, path: str) -> bytes:
    with storage.reader(path) as stream:
        return stream.read()


def test_what_was_written_is_found_and_read(storage: Storage) -> None:
    stored(storage, "/in/a", b"hello")

    assert storage.find("/in/a") == Found(False, 5, 5, True)
    assert storage.names("/in") == ["a"]
    assert content(storage, "/in/a") == b"hello"


def test_what_is_not_there_is_not_found(storage: Storage) -> None:
    assert storage.find("/in/a") is None
    assert storage.find("/nowhere/a") is None
    for call in (storage.open, storage.reader, storage.remove, storage.names, storage.create):
        with pytest.raises(FileRefused) as refused:
            call("/nowhere/a")
        assert refused.value.status is Status.NO_SUCH_FILE


def test_a_gap_reads_as_zeros_and_a_file_can_be_cut_and_grown(storage: Storage) -> None:
    file = storage.create("/in/a")
    file.write(3, b"xyz")
    assert file.read(0, 99) == b"\0\0\0xyz"
    file.truncate(4)
    file.truncate(6)
    assert (file.octets(), file.read(0, 99), file.read(6, 9)) == (6, b"\0\0\0x\0\0", b"")
    file.close()


def test_an_open_file_stays_what_it_is_when_its_name_goes(storage: Storage) -> None:
    stored(storage, "/in/a", b"old")
    file, stream = storage.open("/in/a"), storage.reader("/in/a")
    storage.remove("/in/a")
    stored(storage, "/in/a", b"new")

    assert (file.read(0, 9), stream.read()) == (b"old", b"old")
    file.write(0, b"OLD")
    file.close()
    stream.close()
    assert content(storage, "/in/a") == b"new"


def test_a_move_replaces_what_was_there(storage: Storage) -> None:
    stored(storage, "/in/a", b"new")
    stored(storage, "/in/b", b"old")
    storage.move("/in/a", "/in/b")

    assert storage.names("/in") == ["b"]
    assert content(storage, "/in/b") == b"new"


def test_a_move_to_itself_changes_nothing(storage: Storage) -> None:
    stored(storage, "/in/a", b"x")
    storage.move("/in/a", "/in/a")

    assert storage.names("/in") == ["a"]


def test_a_new_file_is_incomplete_until_it_is_said_otherwise(storage: Storage) -> None:
    storage.create("/in/a").close()
    found = storage.find("/in/a")

    assert found is not None
    assert not found.complete


def test_only_an_empty_folder_goes(storage: Storage) -> None:
    stored(storage, "/in/a", b"x")
    with pytest.raises(FileRefused) as refused:
        storage.remove_folder("/in")
    assert refused.value.status is Status.FAILURE
    storage.remove("/in/a")
    storage.remove_folder("/in")

    assert storage.find("/in") is None


def test_a_time_can_be_set(storage: Storage) -> None:
    stored(storage, "/in/a", b"x", mtime=5)
    storage.set_mtime("/in/a", 77)

    assert storage.find("/in/a") == Found(False, 1, 77, True)


def test_the_disk_remembers_what_is_complete(tmp_path: Path) -> None:
    for name, complete in (("a", True), ("b", False)):
        stored(disk(tmp_path), f"/in/{name}", b"x", complete=complete)
    again = DiskStorage(tmp_path / "box")

    assert again.find("/in/a") == Found(False, 1, 5, True)
    assert again.find("/in/b") == Found(False, 1, 5, False)


def disk(tmp_path: Path) -> DiskStorage:
    storage = DiskStorage(tmp_path / "box")
    storage.make_folder("/in")
    return storage


def refused(call: object, *arguments: object) -> Status:
    with pytest.raises(FileRefused) as refusal:
        call(*arguments)  # type: ignore[operator]  # any method of a storage
    return refusal.value.status


def test_a_symbolic_link_that_somebody_put_there_is_not_followed(tmp_path: Path) -> None:
    storage = disk(tmp_path)
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "box/in/link").symlink_to(tmp_path / "secret")

    for call in (storage.find, storage.open, storage.reader, storage.remove):
        assert refused(call, "/in/link") is Status.PERMISSION_DENIED
    assert refused(storage.create, "/in/link") is Status.FAILURE
    assert refused(storage.set_mtime, "/in/link", 5) is Status.PERMISSION_DENIED
    assert (tmp_path / "secret").read_text() == "secret"


def test_a_link_on_the_way_is_not_followed_either(tmp_path: Path) -> None:
    storage = disk(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x").write_text("secret")
    (tmp_path / "box/out").symlink_to(tmp_path / "elsewhere")
    stored(storage, "/in/a", b"mine")

    for call in (storage.open, storage.reader, storage.create, storage.remove, storage.make_folder):
        assert refused(call, "/out/x") is Status.PERMISSION_DENIED
    assert refused(storage.move, "/in/a", "/out/a") is Status.PERMISSION_DENIED
    assert refused(storage.names, "/out") is Status.PERMISSION_DENIED
    assert [each.name for each in (tmp_path / "elsewhere").iterdir()] == ["x"]


def test_a_hard_link_to_a_file_elsewhere_is_not_opened(tmp_path: Path) -> None:
    storage = disk(tmp_path)
    (tmp_path / "secret").write_text("secret")
    os.link(tmp_path / "secret", tmp_path / "box/in/link")

    assert refused(storage.open, "/in/link") is Status.PERMISSION_DENIED
    assert refused(storage.reader, "/in/link") is Status.PERMISSION_DENIED


def test_a_pipe_is_no_file_and_nobody_waits_for_its_other_end(tmp_path: Path) -> None:
    storage = disk(tmp_path)
    os.mkfifo(tmp_path / "box/in/pipe")

    assert refused(storage.open, "/in/pipe") is Status.PERMISSION_DENIED


def test_a_name_in_another_encoding_is_not_told(tmp_path: Path) -> None:
    storage = disk(tmp_path)
    (Path(os.fsdecode(os.fsencode(tmp_path / "box/in") + b"/caf\xe9"))).write_text("x")
    stored(storage, "/in/a", b"x")

    assert storage.names("/in") == ["a"]


def test_no_path_of_the_machine_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        disk(tmp_path).open("/in/nothing")

    assert str(tmp_path) not in str(refusal.value)

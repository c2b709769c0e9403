"""A mailbox in a state file: what its rows say is what lies there, however it came about."""

from hypothesis import given
from hypothesis import strategies as st

from crossdock.simulators.channels.sftp.status import FileRefused
from crossdock.simulators.keeping.storage import FileRow, KeptStorage

NAMES = st.sampled_from(["/in", "/out", "/in/a", "/in/b", "/out/a", "/in/deep"])
DEEDS = st.one_of(
    st.tuples(st.just("folder"), NAMES),
    st.tuples(st.just("write"), NAMES, st.binary(max_size=5), st.booleans()),
    st.tuples(st.just("move"), NAMES, NAMES),
    st.tuples(st.just("remove"), NAMES),
    st.tuples(st.just("remove folder"), NAMES),
    st.tuples(st.just("touch"), NAMES),
    st.tuples(st.just("flush")),
)


def do(storage: KeptStorage, deed: tuple[object, ...], rows: dict[str, FileRow]) -> None:
    """Carry out what can be carried out; a flush brings the rows up to date."""
    match deed:
        case ("folder", str(path)) if storage.find(path) is None:
            storage.make_folder(path)
        case ("write", str(path), bytes(content), bool(complete)) if storage.find(path) is None:
            file = storage.create(path)
            file.write(0, content)
            file.mark(complete=complete, mtime=3)
        case ("move", str(old), str(new)):
            found = storage.find(new)
            if found is None or not found.folder:
                storage.move(old, new)
        case ("remove", str(path)):
            storage.remove(path)
        case ("remove folder", str(path)):
            storage.remove_folder(path)
        case ("touch", str(path)):
            storage.set_mtime(path, 9)
        case ("flush",):
            flush(storage, rows)


def flush(storage: KeptStorage, rows: dict[str, FileRow]) -> None:
    for path, row in storage.rows():
        if row is None:
            rows.pop(path, None)
        else:
            rows[path] = row
    storage.changed.clear()


def lying(storage: KeptStorage, folder: str = "/") -> dict[str, object]:
    """Everything below, by path."""
    found: dict[str, object] = {}
    for name in storage.names(folder):
        path = f"{folder.rstrip('/')}/{name}"
        found[path] = (storage.find(path), b"")
        if storage.find(path) == storage.find("/"):
            found |= lying(storage, path)
        else:
            found[path] = (storage.find(path), bytes(storage.open(path).content))
    return found


@given(st.lists(DEEDS, max_size=25))
def test_a_storage_made_from_its_rows_is_the_same(deeds: list[tuple[object, ...]]) -> None:
    storage, rows = KeptStorage(()), dict[str, FileRow]()
    for deed in deeds:
        try:
            do(storage, deed, rows)
        except FileRefused:
            continue
    flush(storage, rows)

    again = KeptStorage(rows[path] for path in sorted(rows))

    assert lying(again) == lying(storage)
    assert not again.changed

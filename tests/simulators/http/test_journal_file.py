"""What the file of the journal leaves out is there again when it is read."""

from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from crossdock.simulators.channels.http.app import PartyApp
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.hash_chain import JournalDamaged, link_after
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry, read
from crossdock.simulators.world import World
from crossdock.tests.simulators.http.in_process import call
from crossdock.tests.simulators.http.site import CASE


class Desk:
    """A CRM that journals to memory, and the one client that it has."""

    def __init__(self) -> None:
        self.sink = BytesIO()
        self.entries: list[Entry] = []
        self.world = World("test", ManualClock(), Ids("T1", 1), cast={"crm": "crm"}, sink=self.sink)
        self.world.journal.subscribe(self.entries.append)
        self.world.register_client("crm", "layer", "s3cret", ("crm.read", "crm.write"))
        token = self.world.parties["crm"].access.issue("layer", "s3cret", frozenset(), 0).value.encode()
        self._headers = [(b"authorization", b"Bearer " + token), (b"content-type", b"application/json")]
        self._app = PartyApp(self.world, self.world.parties["crm"])

    def post(self, key: str, body: bytes) -> tuple[int, bytes]:
        headers = [*self._headers, (b"idempotency-key", key.encode())]
        status, _, said = call(self._app, "POST", "/v1/cases", b"", headers, body)
        return status, said


@pytest.fixture
def journal(tmp_path: Path) -> tuple[Desk, Path]:
    """A creation, the same again, and a refusal."""
    desk = Desk()
    assert [desk.post(key, msgspec.json.encode(CASE))[0] for key in ("k1", "k1")] == [201, 201]
    assert desk.post("k2", b"{}")[0] == 422
    path = tmp_path / "journal.ndjson"
    path.write_bytes(desk.sink.getvalue())
    return desk, path


def as_json(entries: list[Entry]) -> object:
    return msgspec.json.decode(msgspec.json.encode(entries))


def test_who_reads_the_file_sees_what_a_subscriber_saw(journal: tuple[Desk, Path]) -> None:
    desk, path = journal

    entries = [entry for entry in read(path, desk.world.journal.link) if entry.name != "settings"]

    assert as_json(entries) == as_json(desk.entries)
    created, repeated, refused = (entry.detail["body"] for entry in entries if entry.kind in ("ok", "fail"))
    assert created == repeated
    assert created["subject"] == CASE["subject"]
    assert refused["code"] == "invalid-request"


def test_a_record_that_was_answered_is_written_once(journal: tuple[Desk, Path]) -> None:
    _, path = journal
    lines = {line["kind"]: line for line in map(msgspec.json.decode, path.read_bytes().splitlines()[:4])}

    assert lines["ok"]["detail"] == {"status": 201, "committed": ["Case", lines["commit"]["detail"]["records"][0][1]]}


def test_an_answer_that_nothing_was_committed_for_is_damage(journal: tuple[Desk, Path]) -> None:
    _, path = journal
    link, lines = "0" * 64, []
    for line in path.read_bytes().splitlines():
        if b'"kind":"commit"' not in line:
            body = line.rpartition(b',"link":"')[0] + b"}"
            link = link_after(link, body)
            lines.append(body[:-1] + b',"link":"' + link.encode() + b'"}\n')
    path.write_bytes(b"".join(lines))

    with pytest.raises(JournalDamaged, match="its exchange has committed no Case CASE-T1-000001"):
        list(read(path))

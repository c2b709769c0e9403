"""Whatever fault strikes whatever document or request: the world comes to rest, the journal says what struck, and what
was not hidden for good can be read in the end.
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.examples.reference_layer.paper import Incomplete, Unreadable
from crossdock.scenarios.document_kinds import documents
from crossdock.scenarios.fault import faults
from crossdock.scenarios.file_fault import DocumentFault, RequestFault
from crossdock.scenarios.interference import ArmedFault, Faults
from crossdock.scenarios.mail_faults import MailFaults
from crossdock.scenarios.scenario import fault_of
from crossdock.simulators.channels.sftp.direct_client import DirectClient
from crossdock.simulators.channels.sftp.status import ConnectionCut, FileRefused
from crossdock.simulators.journal import Entry, read
from crossdock.tests.simulators.files.correspondent import PASSWORD, USER, Correspondent

NEEDED = {"wrong-count": {"of": "set"}, "wrong-number": {"of": "set"}, "other-style": {"style": "no-line-breaks"}}
ON_THE_WIRE_CLOCK = {"slow-download"}  # waits for a clock that nobody turns here
KINDS = [name for name, kind in faults.items() if issubclass(kind, DocumentFault) and name not in ON_THE_WIRE_CLOCK]
REQUESTS = [name for name, kind in faults.items() if issubclass(kind, RequestFault)]
DAYS = 20
SHIPPED = "crossdock.shipment.shipped.v1"


@dataclass
class Story:
    """A request, its two shipments, and a partner that fetches and puts away what it finds, for twenty days."""

    by_mail: Correspondent
    armed: ArmedFault
    journal: io.BytesIO
    fetched: list[tuple[str, bytes]] = field(default_factory=list)

    def struck(self) -> list[Entry]:
        """What the journal has of the fault, read back from its file."""
        with TemporaryDirectory() as folder:
            path = Path(folder, "journal.ndjson")
            path.write_bytes(self.journal.getvalue())
            return [entry for entry in read(path) if entry.kind == "fault" and entry.name == self.armed.id]

    def shipments(self) -> set[str]:
        """Those that a partner with some sense can have learnt of."""
        found: set[str] = set()
        for name, content in self.fetched:
            try:
                told = self.by_mail.paper.read(name, content).told
            except (Incomplete, Unreadable):
                continue
            found.update(fact.key for fact in told if fact.type == SHIPPED)
        return found


async def played(channel: str, document: dict[str, Any]) -> Story:
    sink = io.BytesIO()
    by_mail = Correspondent(channel, sink)
    by_mail.west.handle("CO-1", shipments=({"1": Decimal(6)}, {"1": Decimal(4)}))
    armed = ArmedFault("s", document["fault"], fault_of({"party": "west", **document}))
    shown = Faults(by_mail.world, {"CO-1": ("s", "A")}.get)
    by_mail.world.set_interference(shown, MailFaults(shown))
    shown.arm(armed)
    story = Story(by_mail, armed, sink)
    await by_mail.request()
    for _ in range(DAYS * 4):
        await by_mail.pass_hours(6)
        await put_away(by_mail, story.fetched)
    by_mail.world.journal.flush()
    return story


async def put_away(by_mail: Correspondent, fetched: list[tuple[str, bytes]]) -> None:
    """Read all that is there, and put into the archive what is whole."""
    async with await DirectClient.log_in(by_mail.depot, USER, PASSWORD) as client:
        names = sorted(await client.names("/outbound"))
    for name in names:
        try:
            async with await DirectClient.log_in(by_mail.depot, USER, PASSWORD) as client:
                fetched.append((name, await client.get(f"/outbound/{name}")))
                if has_no_end(by_mail, *fetched[-1]):
                    continue
                await client.rename(f"/outbound/{name}", f"/archive/{name}", replace=True)
        except (ConnectionCut, FileRefused):
            continue  # next time


def has_no_end(by_mail: Correspondent, name: str, content: bytes) -> bool:
    try:
        by_mail.paper.read(name, content)
    except Incomplete:
        return True
    except Unreadable:
        pass
    return False


@pytest.mark.parametrize("channel", ["x12", "csv"])
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_the_world_comes_to_rest_and_the_journal_says_what_struck(channel: str, data: st.DataObject) -> None:
    known = sorted(name for name, channels in documents().items() if channel in channels)
    fault = data.draw(st.sampled_from([*KINDS, *REQUESTS]))
    address: dict[str, Any] = {"nth": data.draw(st.integers(1, 2)), "times": data.draw(st.integers(1, 2))}
    if fault in KINDS:
        address["document"] = data.draw(st.sampled_from(known))
    else:
        address["operation"] = "createFulfilmentRequest"

    story = asyncio.run(played(channel, {"fault": fault, **NEEDED.get(fault, {}), **address}))

    assert story.by_mail.world.busy() is None
    assert story.by_mail.depot.busy() is None
    assert story.by_mail.world.errors == []
    struck = story.struck()
    assert len(struck) == story.armed.fired
    assert all(entry.order_id == "CO-1" for entry in struck)


@pytest.mark.parametrize("channel", ["x12", "csv"])
@pytest.mark.parametrize("fault", KINDS)
def test_what_a_fault_hides_for_a_while_can_be_read_in_the_end(channel: str, fault: str) -> None:
    again = {"again_h": 72.0} if "again_h" in faults[fault].__struct_fields__ else {}
    document = {"fault": fault, "document": SHIPPED, "nth": 2, **NEEDED.get(fault, {}), **again}

    story = asyncio.run(played(channel, document))

    assert story.shipments() == {each["shipmentId"] for each in story.by_mail.announced(SHIPPED)}
    assert len(story.struck()) == story.armed.fired

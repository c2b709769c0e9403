"""What becomes of a document that a fault strikes on its way into the mailbox, in each format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from crossdock.simulators.channels.files.interference import (
    Appearance,
    DocumentEffect,
    DocumentMessage,
    NoMailInterference,
)
from crossdock.simulators.channels.sftp.direct_client import DirectClient
from crossdock.simulators.interference import NoInterference
from crossdock.tests.simulators.files.correspondent import PASSWORD, USER, Correspondent

SHIPPED = "crossdock.shipment.shipped.v1"


@dataclass
class Striking(NoMailInterference):
    """Strikes whatever tells a shipment, in the way that it is told."""

    how: Callable[[DocumentMessage], DocumentEffect | None]

    def document(self, message: DocumentMessage) -> DocumentEffect | None:
        return self.how(message) if SHIPPED in message.names else None


async def shipped_twice(channel: str, how: Callable[[DocumentMessage], DocumentEffect | None]) -> Correspondent:
    by_mail = Correspondent(channel)
    by_mail.west.handle("CO-1", shipments=({"1": Decimal(6)}, {"1": Decimal(4)}))
    by_mail.world.set_interference(NoInterference(), Striking(how))
    await by_mail.request()
    await by_mail.pass_hours(24)
    return by_mail


async def put_away(by_mail: Correspondent, name: str) -> bytes:
    async with await DirectClient.log_in(by_mail.depot, USER, PASSWORD) as client:
        content = await client.get(f"/outbound/{name}")
        await client.rename(f"/outbound/{name}", f"/archive/{name}", replace=True)
    return content


async def shipment_files(by_mail: Correspondent) -> list[str]:
    return [name for name in await by_mail.files() if name.startswith(("945", "ship_confirm"))]


@pytest.mark.parametrize("channel", ["x12", "csv"])
async def test_a_name_that_is_used_again_waits_until_the_file_before_it_was_put_away(channel: str) -> None:
    def reused(message: DocumentMessage) -> DocumentEffect | None:
        if message.previous is None:
            return None
        return DocumentEffect("file-name-reused", "again", (Appearance(1.0, message.previous.name),))

    by_mail = await shipped_twice(channel, reused)
    (name,) = await shipment_files(by_mail)
    first = await put_away(by_mail, name)
    assert by_mail.world.to_come == 1
    await by_mail.pass_hours(2)

    assert await shipment_files(by_mail) == [name]
    assert await put_away(by_mail, name) != first
    assert by_mail.world.to_come == 0


@pytest.mark.parametrize("channel", ["x12", "csv"])
@pytest.mark.parametrize("after_h", [0.0, 1.0])
async def test_what_is_to_come_behind_another_file_waits_until_that_was_read(channel: str, after_h: float) -> None:
    first: list[str] = []

    def behind(message: DocumentMessage) -> DocumentEffect | None:
        if message.previous is None:
            return None
        first.append(message.previous.name)
        return DocumentEffect("number-reused", "behind", (Appearance(after_h, behind=message.previous.name),))

    by_mail = await shipped_twice(channel, behind)
    assert await shipment_files(by_mail) == first
    async with await DirectClient.log_in(by_mail.depot, USER, PASSWORD) as client:
        await client.get(f"/outbound/{first[0]}")
    await by_mail.pass_hours(2)

    assert len(await shipment_files(by_mail)) == 2, "it lies there, though the first was left where it is"


@pytest.mark.parametrize("channel", ["x12", "csv"])
async def test_what_was_lost_is_told_again_under_a_number_of_its_own(channel: str) -> None:
    lost: list[str] = []

    def lose_the_first(message: DocumentMessage) -> DocumentEffect | None:
        if lost:
            return None
        lost.append(message.name)
        return DocumentEffect("lost-file", "never put out", again_h=100.0)

    by_mail = await shipped_twice(channel, lose_the_first)
    assert len(await shipment_files(by_mail)) == 1
    (note,) = [entry for entry in by_mail.entries if entry.kind == "fault"]
    assert note.order_id == "CO-1"
    assert note.detail["untold"]["came"] is False
    assert "altered" not in note.detail
    await by_mail.pass_hours(101)

    files = await shipment_files(by_mail)
    assert len(files) == 2
    assert lost[0] not in files
    assert len(await by_mail.told(SHIPPED)) == 2


async def test_what_was_spoilt_is_told_again_so_long_after_somebody_has_read_it() -> None:
    spoilt: list[str] = []

    def spoil_the_first(message: DocumentMessage) -> DocumentEffect | None:
        if spoilt:
            return None
        spoilt.append(message.name)
        return DocumentEffect("spoilt", "empty", (Appearance(content=b"", tells=False),), again_h=24.0)

    by_mail = await shipped_twice("csv", spoil_the_first)
    await by_mail.pass_hours(48)
    assert len(await shipment_files(by_mail)) == 2, "nobody has read the first"

    await put_away(by_mail, spoilt[0])
    await by_mail.pass_hours(23)
    assert len(await shipment_files(by_mail)) == 1
    await by_mail.pass_hours(2)
    assert len(await shipment_files(by_mail)) == 2


@pytest.mark.parametrize("channel", ["x12", "csv"])
async def test_a_spoilt_document_that_was_fetched_has_not_told_its_event(channel: str) -> None:
    def spoilt(message: DocumentMessage) -> DocumentEffect:
        return DocumentEffect("wrong-count", "spoilt", (Appearance(content=b"garbage", tells=False),))

    by_mail = await shipped_twice(channel, spoilt)
    for name in await shipment_files(by_mail):
        assert await put_away(by_mail, name) == b"garbage"

    ends = [entry.kind for entry in by_mail.entries if entry.name == SHIPPED and entry.kind in ("ok", "info", "fail")]
    assert ends == ["info", "info"]
    assert [entry.detail["altered"] for entry in by_mail.entries if entry.kind == "fault"] == [True, True]
    assert by_mail.world.to_come == 0


async def test_a_name_that_stays_in_use_is_not_waited_for_for_ever() -> None:
    def reused(message: DocumentMessage) -> DocumentEffect | None:
        if message.previous is None:
            return None
        return DocumentEffect("file-name-reused", "again", (Appearance(1.0, message.previous.name),))

    by_mail = await shipped_twice("x12", reused)
    assert len(await shipment_files(by_mail)) == 1
    await by_mail.pass_hours(11 * 24)

    assert len(await shipment_files(by_mail)) == 2
    assert by_mail.world.to_come == 0

"""Every effect that a fault can have on a file, and that each is told in the journal and leaves the rest alone."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from crossdock.simulators.channels.sftp.direct_client import DirectClient
from crossdock.simulators.channels.sftp.interference import (
    CutTransfer,
    FileEffect,
    FileMessage,
    HangUp,
    NoFileInterference,
    Operation,
    Refuse,
    SlowTransfer,
    Vanish,
)
from crossdock.simulators.channels.sftp.request import Close, OpenFlags, Read, Write
from crossdock.simulators.channels.sftp.status import ConnectionCut, FileRefused, Status
from crossdock.simulators.interference import Delay
from crossdock.tests.simulators.sftp.fault import Fault, strike
from crossdock.tests.simulators.sftp.place import Place

NEW = OpenFlags.WRITE | OpenFlags.CREATE


async def test_whoever_interferes_is_told_which_step_it_is(place: Place) -> None:
    fault = strike(place, Fault("login"))
    place.mailbox.deposit("945.edi", b"ISA*", order_id="CO-1")
    async with await place.log_in() as client:
        await client.put("/inbound/x.tmp", b"x")
        await client.rename("/inbound/x.tmp", "/inbound/x.csv")
        await client.names("/outbound")
        await client.stat("/outbound/945.edi")
        await client.get("/outbound/945.edi")
        await client.remove("/outbound/945.edi")

    assert [(m.operation, m.direction, m.path, m.nth) for m in fault.asked] == [
        ("deposit", "out", "/outbound/945.edi", 1),
        ("login", "in", "", 1),
        ("open", "in", "/inbound/x.tmp", 1),
        ("write", "in", "/inbound/x.tmp", 1),
        ("close", "in", "/inbound/x.tmp", 1),
        ("rename", "in", "/inbound/x.tmp", 1),
        ("list", "out", "/outbound", 1),
        ("stat", "out", "/outbound/945.edi", 1),
        ("open", "out", "/outbound/945.edi", 2),
        ("read", "out", "/outbound/945.edi", 1),
        ("read", "out", "/outbound/945.edi", 2),
        ("close", "out", "/outbound/945.edi", 2),
        ("remove", "out", "/outbound/945.edi", 1),
    ]
    assert {(m.party, m.user) for m in fault.asked} == {("west", "layer")}
    assert fault.asked[0].order_id == "CO-1"
    assert fault.asked[5].target == "/inbound/x.csv"


async def test_a_login_is_refused_though_the_password_is_right(place: Place) -> None:
    strike(place, Fault("login", Refuse("login-refused")))
    with pytest.raises(FileRefused):
        await place.log_in()
    async with await place.log_in():
        pass

    assert place.outline("login") == ["invoke", "fail", "invoke", "ok"]
    assert place.journal("login-refused")[0].detail["effect"] == "refuse"


async def test_a_wrong_password_strikes_no_fault(place: Place) -> None:
    fault = strike(place, Fault("login", Refuse("login-refused")))
    with pytest.raises(FileRefused):
        await place.log_in(password="wrong")

    assert fault.asked == []


async def test_a_login_ends_with_the_connection(place: Place) -> None:
    strike(place, Fault("login", HangUp("login-cut")))
    with pytest.raises(ConnectionCut):
        await place.log_in()

    assert place.outline("login") == ["invoke", "fail"]


Attempt = Callable[[DirectClient], Awaitable[Any]]


async def _prepared(place: Place) -> DirectClient:
    place.mailbox.deposit("945.edi", b"ISA*")
    client = await place.log_in()
    await client.put("/inbound/x.tmp", b"x")
    return client


REFUSALS: list[tuple[Operation, str, Attempt, int]] = [
    ("open", "upload", lambda client: client.put("/inbound/y.csv", b"y"), 2),
    ("open", "download", lambda client: client.get("/outbound/945.edi"), 2),
    ("rename", "rename", lambda client: client.rename("/inbound/x.tmp", "/inbound/y.csv"), 1),
    ("remove", "remove", lambda client: client.remove("/outbound/945.edi"), 1),
]


@pytest.mark.parametrize(("operation", "name", "attempt", "nth"), REFUSALS, ids=[f"{r[0]}-{r[1]}" for r in REFUSALS])
@pytest.mark.parametrize("status", [Status.FAILURE, Status.PERMISSION_DENIED])
async def test_a_refused_step_does_not_happen(
    place: Place, operation: Operation, name: str, attempt: Attempt, nth: int, status: Status
) -> None:
    client = await _prepared(place)
    strike(place, Fault(operation, Refuse("full-disk", status, "No space left on device"), nth=nth))
    with pytest.raises(FileRefused) as refused:
        await attempt(client)
    client.hang_up()

    assert (refused.value.status, refused.value.text) == (status, "No space left on device")
    assert place.outline(name)[-2:] == ["invoke", "fail"]
    assert place.waiting() == []
    assert place.lying_in("outbound") == ["945.edi"]
    assert place.lying_in("inbound") == ["x.tmp"]
    (struck,) = place.journal("full-disk", "fault")
    assert struck.exchange == place.journal(name, "invoke")[-1].seq


@pytest.mark.parametrize(("operation", "name", "attempt", "nth"), REFUSALS, ids=[f"{r[0]}-{r[1]}" for r in REFUSALS])
async def test_a_connection_cut_before_a_step_leaves_it_undone(
    place: Place, operation: Operation, name: str, attempt: Attempt, nth: int
) -> None:
    client = await _prepared(place)
    strike(place, Fault(operation, HangUp("cut"), nth=nth))
    with pytest.raises(ConnectionCut):
        await attempt(client)
    with pytest.raises(ConnectionCut):
        await client.names("/")

    assert place.outline(name)[-2:] == ["invoke", "fail"]
    assert place.lying_in("inbound") == ["x.tmp"]
    assert place.lying_in("outbound") == ["945.edi"]


async def test_a_rename_that_succeeds_without_an_answer_has_happened(place: Place) -> None:
    client = await _prepared(place)
    strike(place, Fault("rename", late=HangUp("answer-lost")))
    with pytest.raises(ConnectionCut):
        await client.rename("/inbound/x.tmp", "/inbound/x.csv")

    assert place.waiting() == ["x.csv"]
    assert place.outline("rename") == ["invoke", "info"]
    async with await place.log_in() as again:
        with pytest.raises(FileRefused) as refused:
            await again.rename("/inbound/x.tmp", "/inbound/x.csv")
    assert refused.value.status is Status.NO_SUCH_FILE


async def test_a_rename_that_succeeds_and_is_said_to_have_failed_has_happened(place: Place) -> None:
    client = await _prepared(place)
    strike(place, Fault("rename", late=Refuse("misled")))
    with pytest.raises(FileRefused):
        await client.rename("/inbound/x.tmp", "/inbound/x.csv")
    client.hang_up()

    assert place.waiting() == ["x.csv"]
    assert place.outline("rename") == ["invoke", "info"]
    assert place.last("rename")["fault"] == "misled"


async def test_an_upload_of_which_the_last_answer_is_lost_has_arrived(place: Place) -> None:
    client = await place.log_in()
    strike(place, Fault("close", late=HangUp("answer-lost")))
    with pytest.raises(ConnectionCut):
        await client.put("/inbound/x.csv", b"abc")

    assert place.waiting() == ["x.csv"]
    assert place.outline("upload") == ["invoke", "info"]
    assert place.last("upload")["sha256"] == place.arrivals()[0].sha256


async def test_a_file_whose_close_is_refused_has_not_arrived(place: Place) -> None:
    strike(place, Fault("close", Refuse("quota")))
    async with await place.log_in() as client:
        with pytest.raises(FileRefused):
            await client.put("/inbound/x.csv", b"abc")

    assert place.waiting() == []
    assert place.outline("upload") == ["invoke", "fail"]


async def test_a_file_of_which_a_write_is_refused_has_not_arrived(place: Place) -> None:
    strike(place, Fault("write", Refuse("quota", text="Disk quota exceeded"), nth=2))
    async with await place.log_in() as client:
        handle = await client.open("/inbound/x.csv", NEW)
        await client.ask(Write(handle, 0, b"abc"))
        with pytest.raises(FileRefused, match="Disk quota exceeded"):
            await client.ask(Write(handle, 3, b"def"))
        with pytest.raises(FileRefused, match="Disk quota exceeded"):
            await client.ask(Write(handle, 6, b"ghi"))
        with pytest.raises(FileRefused, match="Disk quota exceeded"):
            await client.ask(Close(handle))

    assert place.waiting() == []
    assert place.last("upload")["why"] == "Disk quota exceeded"


@pytest.mark.parametrize("octets", [0, 1, 3, 4, 5])
async def test_an_upload_is_cut_at_the_very_octet(place: Place, octets: int) -> None:
    client = await place.log_in()
    strike(place, Fault("open", CutTransfer(octets, "upload-cut")))
    handle = await client.open("/inbound/x.csv", NEW)
    for whole in range(octets // 3):
        await client.ask(Write(handle, whole * 3, b"abc"))
    with pytest.raises(ConnectionCut):
        await client.ask(Write(handle, octets // 3 * 3, b"abc"))

    assert place.content("/inbound/x.csv") == b"abcabc"[:octets]
    assert place.waiting() == []
    assert place.outline("upload") == ["invoke", "fail"]
    assert place.last("upload")["octets"] == octets


async def test_a_download_is_cut_at_the_very_octet(place: Place) -> None:
    place.mailbox.deposit("945.edi", b"0123456789")
    client = await place.log_in()
    strike(place, Fault("open", CutTransfer(5, "download-cut")))
    handle = await client.open("/outbound/945.edi", OpenFlags.READ)
    pieces = [await client.ask(Read(handle, 0, 3)), await client.ask(Read(handle, 3, 100))]
    with pytest.raises(ConnectionCut):
        await client.ask(Read(handle, 5, 100))

    assert b"".join(getattr(piece, "data", b"") for piece in pieces) == b"01234"
    assert place.outline("download") == ["invoke", "fail"]
    assert place.outline("deposit") == ["invoke"]


async def test_a_slow_transfer_takes_its_time_and_nobody_elses(place: Place) -> None:
    strike(place, Fault("open", SlowTransfer(10.0, "slow")))
    slow = await place.log_in()
    uploading = asyncio.create_task(slow.put("/inbound/slow.csv", b"x" * 50))
    await asyncio.sleep(0)
    await place.put("/inbound/fast.csv")
    place.advance(4.9)
    await asyncio.sleep(0)
    assert place.waiting() == ["fast.csv"]
    assert place.depot.busy() == "1 requests of layer are being answered"
    place.advance(0.2)
    await uploading
    slow.hang_up()

    assert place.waiting() == ["fast.csv", "slow.csv"]


async def test_a_delayed_step_happens_after_the_delay(place: Place) -> None:
    client = await _prepared(place)
    strike(place, Fault("rename", Delay(5.0, "slow")))
    renaming = asyncio.create_task(client.rename("/inbound/x.tmp", "/inbound/x.csv"))
    await asyncio.sleep(0)
    assert place.waiting() == []
    place.advance(5)
    await renaming
    client.hang_up()

    assert place.waiting() == ["x.csv"]
    assert place.outline("rename") == ["invoke", "ok"]


async def test_a_delayed_answer_comes_after_what_it_tells(place: Place) -> None:
    client = await _prepared(place)
    strike(place, Fault("rename", late=Delay(5.0, "slow")))
    renaming = asyncio.create_task(client.rename("/inbound/x.tmp", "/inbound/x.csv"))
    await asyncio.sleep(0)
    assert place.waiting() == ["x.csv"]
    assert place.outline("rename") == ["invoke"]
    place.advance(5)
    await renaming
    client.hang_up()

    assert place.outline("rename") == ["invoke", "ok"]


@pytest.mark.parametrize(("late", "kind"), [(False, "fail"), (True, "info")])
async def test_who_leaves_while_a_step_is_held_up_is_told_of_as_well(place: Place, late: bool, kind: str) -> None:
    client = await _prepared(place)
    delay = Delay(5.0, "slow")
    strike(place, Fault("rename", late=delay) if late else Fault("rename", delay))
    renaming = asyncio.create_task(client.rename("/inbound/x.tmp", "/inbound/x.csv"))
    await asyncio.sleep(0)
    renaming.cancel()
    with pytest.raises(asyncio.CancelledError):
        await renaming
    client.hang_up()

    assert place.outline("rename") == ["invoke", kind]
    assert place.depot.busy() == ("1 files of layer wait to be taken" if late else None)


@pytest.mark.parametrize("operation", ["open", "stat"])
async def test_a_file_vanishes_between_listing_and_use(place: Place, operation: Operation) -> None:
    place.mailbox.deposit("945.edi", b"ISA*")
    strike(place, Fault(operation, Vanish("vanished")))
    async with await place.log_in() as client:
        assert await client.names("/outbound") == ["945.edi"]
        with pytest.raises(FileRefused) as refused:
            await (client.get("/outbound/945.edi") if operation == "open" else client.stat("/outbound/945.edi"))
        assert refused.value.status is Status.NO_SUCH_FILE
        assert await client.names("/outbound") == []

    assert place.lying_in("archive") == ["945.edi"]


async def test_what_is_not_there_can_not_vanish(place: Place) -> None:
    strike(place, Fault("stat", Vanish("vanished")))
    async with await place.log_in() as client:
        with pytest.raises(FileRefused):
            await client.stat("/outbound/nothing")
        with pytest.raises(FileRefused):
            await client.stat("/inbound/nothing")


async def test_a_mistake_of_our_own_is_an_answer_that_can_not_be_counted_against_the_partner(place: Place) -> None:
    class Broken(NoFileInterference):
        def before_step(self, message: FileMessage) -> FileEffect | None:
            raise ZeroDivisionError("a mistake")

    async with await place.log_in() as client:
        place.depot.set_interference(Broken())
        with pytest.raises(FileRefused, match="its fault, not yours"):
            await client.names("/")
        with pytest.raises(FileRefused, match="its fault, not yours"):
            await client.put("/inbound/x.csv", b"x")

    assert place.world.errors == [
        "west, OpenFolder of layer: ZeroDivisionError: a mistake",
        "west, Open of layer: ZeroDivisionError: a mistake",
    ]
    place.world.errors.clear()


def test_two_worlds_of_one_seed_tell_the_same() -> None:
    async def played() -> list[tuple[object, ...]]:
        place = Place()
        strike(place, Fault("rename", late=HangUp("answer-lost")))
        place.mailbox.deposit("945.edi", b"ISA*")
        client = await place.log_in()
        await client.put("/inbound/x.tmp", b"x")
        with pytest.raises(ConnectionCut):
            await client.rename("/inbound/x.tmp", "/inbound/x.csv")
        place.archive_all()
        place.depot.close()
        return [(entry.seq, entry.at, entry.kind, entry.name, entry.exchange, entry.detail) for entry in place.entries]

    assert asyncio.run(played()) == asyncio.run(played())

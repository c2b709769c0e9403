"""Faults as clients on the wire see them; each effect by itself is tested in ../test_interference.py."""

import asyncio

import asyncssh
import pytest

from crossdock.simulators.channels.sftp.interference import CutTransfer, HangUp, Refuse, SlowTransfer
from crossdock.simulators.channels.sftp.status import Status
from crossdock.simulators.interference import Delay
from crossdock.tests.simulators.sftp.fault import Fault, strike
from crossdock.tests.simulators.sftp.sockets.server_site import LOST, ServerSite


async def test_an_answer_to_a_rename_is_lost_with_the_connection(site: ServerSite) -> None:
    strike(site.place, Fault("rename", late=HangUp("answer-lost")))
    async with await site.connect() as connection, connection.start_sftp_client() as client:
        async with client.open("/inbound/x.tmp", "wb") as file:
            await file.write(b"abc")
        with pytest.raises(LOST):
            await client.rename("/inbound/x.tmp", "/inbound/x.csv")
    async with await site.connect() as connection, connection.start_sftp_client() as client:
        assert sorted(await client.listdir("/inbound")) == [".", "..", "x.csv"]

    assert site.place.waiting() == ["x.csv"]
    assert site.place.outline("rename") == ["invoke", "info"]


@pytest.mark.usefixtures("openssh")
async def test_an_upload_is_cut_in_the_middle(site: ServerSite) -> None:
    strike(site.place, Fault("open", CutTransfer(100_000, "upload-cut")))
    local = site.file("x.csv", b"x" * 300_000)
    code, said = await site.sftp(f"put {local} inbound/x.csv")

    assert code != 0, said
    assert len(site.place.content("/inbound/x.csv")) == 100_000
    assert site.place.waiting() == []
    assert site.place.outline("upload") == ["invoke", "fail"]


@pytest.mark.usefixtures("openssh")
async def test_a_download_is_cut_in_the_middle(site: ServerSite) -> None:
    site.place.mailbox.deposit("945.edi", b"x" * 300_000)
    strike(site.place, Fault("open", CutTransfer(100_000, "download-cut")))
    code, said = await site.sftp(f"get outbound/945.edi {site.folder}/945.edi")

    assert code != 0, said
    local = site.folder / "945.edi"
    assert not local.exists() or local.stat().st_size < 300_000
    assert site.place.outline("download") == ["invoke", "fail"]


@pytest.mark.usefixtures("openssh")
@pytest.mark.parametrize("status", [Status.FAILURE, Status.PERMISSION_DENIED])
async def test_a_refused_write_fails_the_upload(site: ServerSite, status: Status) -> None:
    strike(site.place, Fault("write", Refuse("full", status, "No space left on device"), nth=3))
    local = site.file("x.csv", b"x" * 1_000_000)
    code, said = await site.sftp(f"put {local} inbound/x.csv")

    assert code == 1, said
    assert site.place.waiting() == []


async def test_a_slow_transfer_holds_up_nobody_else(site: ServerSite) -> None:
    strike(site.place, Fault("open", SlowTransfer(1000.0, "slow")))
    slow, fast = await site.connect(), await site.connect()
    async with slow.start_sftp_client() as slow_client, fast.start_sftp_client() as fast_client:
        uploading = asyncio.create_task(_put(slow_client, "/inbound/slow.csv", b"x" * 2000))
        await site.until(lambda: site.place.journal("slow"), "the slow one has begun")
        await _put(fast_client, "/inbound/fast.csv", b"y")
        assert site.place.waiting() == ["fast.csv"]
        assert not uploading.done()
        while not uploading.done():
            site.place.advance(0.5)
            await asyncio.sleep(0.001)
        await uploading

    assert site.place.waiting() == ["fast.csv", "slow.csv"]


async def test_who_leaves_while_a_step_is_held_up_leaves_no_trace_but_in_the_journal(site: ServerSite) -> None:
    strike(site.place, Fault("close", Delay(3600.0, "slow")))
    connection = await site.connect()
    async with connection.start_sftp_client() as client:
        handle = await client.open("/inbound/x.csv", "wb")
        await handle.write(b"abc")
        closing = asyncio.create_task(handle.close())
        await site.until(lambda: site.place.journal("slow"), "the close is held up")
        connection.abort()
        with pytest.raises(LOST):
            await closing
    await site.until(lambda: site.place.journal("logout") and not site.place.depot.busy(), "the session is over")

    assert site.place.waiting() == []
    assert site.place.outline("upload") == ["invoke", "fail"]


async def _put(client: asyncssh.SFTPClient, path: str, content: bytes) -> None:
    async with client.open(path, "wb") as file:
        await file.write(content)

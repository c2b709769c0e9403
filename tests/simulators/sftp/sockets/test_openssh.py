"""OpenSSH's own `sftp` and `scp` against our server."""

import os

import pytest

from crossdock.simulators.channels.sftp.host_key import HostKey
from crossdock.tests.simulators.sftp.sockets.server_site import ServerSite

pytestmark = pytest.mark.usefixtures("openssh")


async def test_a_file_is_put_under_a_temporary_name_and_renamed(site: ServerSite) -> None:
    local = site.file("order.csv", b"a,b\n" * 3000)
    code, said = await site.sftp(
        f"put {local} inbound/order.csv.tmp", "rename inbound/order.csv.tmp inbound/order.csv", "ls -l inbound"
    )

    assert code == 0, said
    assert "12000" in said
    assert site.place.waiting() == ["order.csv"]
    assert site.place.take() == local.read_bytes()
    assert site.place.outline("login") == ["invoke", "ok"]
    assert site.place.last("login") == {"method": "key"}


async def test_a_file_is_fetched_moved_to_the_archive_and_removed(site: ServerSite) -> None:
    site.place.mailbox.deposit("945.edi", b"ISA*" * 50_000)
    site.place.mailbox.deposit("997.edi", b"ISA*")
    code, said = await site.sftp(
        f"get outbound/945.edi {site.folder}/945.edi",
        "rename outbound/945.edi archive/945.edi",
        "rm outbound/997.edi",
        "ls -1 archive",
    )

    assert code == 0, said
    assert (site.folder / "945.edi").read_bytes() == b"ISA*" * 50_000
    assert site.place.lying_in("archive") == ["945.edi"]
    assert site.place.lying_in("outbound") == []
    assert [entry.kind for entry in site.place.journal("deposit")] == ["invoke", "invoke", "ok", "info"]


async def test_what_is_refused_ends_the_batch_with_an_error(site: ServerSite) -> None:
    local = site.file("x.csv", b"x")
    for command in (
        f"put {local} outbound/x.csv",
        f"put {local} x.csv",
        "mkdir inbound/new",
        "rmdir inbound",
        "rm archive/x",
        "ln -s /etc/passwd inbound/link",
        "ln archive/x inbound/link",
        "get ../../etc/passwd",
        "chown 0 inbound",
        "cd /etc",
    ):
        code, said = await site.sftp(command)
        assert code == 1, f"{command}: {said}"

    assert site.place.lying_in("inbound") == []


async def test_the_root_is_as_far_up_as_it_goes(site: ServerSite) -> None:
    code, said = await site.sftp("cd ..", "cd /..", "pwd", "ls -1", "df")

    assert code == 0, said
    assert "Remote working directory: /\n" in said
    assert "/archive\n/error\n/inbound\n/outbound\n" in said or "archive\nerror\ninbound\noutbound\n" in said


async def test_a_time_that_the_client_keeps_is_kept(site: ServerSite) -> None:
    local = site.file("x.tmp", b"x")
    os.utime(local, (1_700_000_000, 1_700_000_000))
    code, said = await site.sftp(f"put -p {local} inbound/x.tmp", "ls -l inbound")

    assert code == 0, said
    found = site.place.storage.find("/inbound/x.tmp")
    assert found is not None
    assert found.mtime == 1_700_000_000


async def test_a_broken_upload_is_resumed(site: ServerSite) -> None:
    local = site.file("x.csv", b"0123456789")
    async with await site.connect() as connection, connection.start_sftp_client() as client:
        handle = await client.open("/inbound/x.csv", "wb")
        await handle.write(b"0123")
        connection.abort()
    await site.until(lambda: site.place.journal("upload", "fail"), "the loss is in the journal")
    assert site.place.waiting() == []

    code, said = await site.sftp(f"reput {local} inbound/x.csv")

    assert code == 0, said
    assert site.place.take() == b"0123456789"


async def test_scp_brings_and_fetches(site: ServerSite) -> None:
    local = site.file("x.csv", b"x" * 100_000)
    site.place.mailbox.deposit("945.edi", b"ISA*")
    code, said = await site.scp(str(local), "REMOTE:inbound/x.csv")
    assert code == 0, said
    code, said = await site.scp("REMOTE:outbound/945.edi", f"{site.folder}/945.edi")
    assert code == 0, said

    assert site.place.take() == local.read_bytes()
    assert (site.folder / "945.edi").read_bytes() == b"ISA*"


async def test_there_is_no_shell_and_no_command(site: ServerSite) -> None:
    code, said = await site.scp("-O", str(site.file("x", b"x")), "REMOTE:inbound/x")

    assert code != 0, said
    assert site.place.lying_in("inbound") == []


async def test_another_host_key_than_the_one_that_was_pinned_is_noticed(site: ServerSite) -> None:
    pinned, known = site.server.host_keys, site.server.known_hosts
    site.server.present([HostKey.made(site.place.world.ids)])
    code, said = await site.sftp("ls", known_hosts=known)
    assert code == 255
    assert "HOST IDENTIFICATION HAS CHANGED" in said
    assert site.place.journal("login") == []

    site.server.present(pinned)
    code, said = await site.sftp("ls", known_hosts=known)
    assert code == 0, said

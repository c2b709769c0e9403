"""asyncssh's client against our server: the third that layers use."""

import asyncio

import asyncssh
import pytest

from crossdock.tests.simulators.sftp.sockets.server_site import ServerSite


async def test_it_speaks_version_3_with_the_extensions_that_are_served(site: ServerSite) -> None:
    async with await site.connect() as connection, connection.start_sftp_client() as client:
        assert client.version == 3
        assert client.limits.max_write_len > 32 * 1024
        assert (await client.statvfs("/")).namemax == 255
        assert client.supports_remote_copy is False


async def test_it_brings_renames_and_fetches(site: ServerSite) -> None:
    local = site.file("x.csv", b"abc" * 100_000)
    site.place.mailbox.deposit("945.edi", b"ISA*" * 100_000)
    async with await site.connect() as connection, connection.start_sftp_client() as client:
        await client.put(str(local), "/inbound/x.tmp", preserve=True)
        await client.rename("/inbound/x.tmp", "/inbound/x.csv")
        await client.get("/outbound/945.edi", str(site.folder / "945.edi"))
        await client.posix_rename("/outbound/945.edi", "/archive/945.edi")
        assert sorted(await client.listdir("/archive")) == [".", "..", "945.edi"]

    assert site.place.take() == local.read_bytes()
    assert (site.folder / "945.edi").read_bytes() == b"ISA*" * 100_000


async def test_who_wants_a_file_to_be_safe_before_it_goes_on_is_answered(site: ServerSite) -> None:
    async with (
        await site.connect() as connection,
        connection.start_sftp_client() as client,
        client.open("/inbound/x.csv", "wb") as file,
    ):
        await file.write(b"abc")
        await file.fsync()

    assert site.place.take() == b"abc"


async def test_it_is_told_why(site: ServerSite) -> None:
    async with await site.connect() as connection, connection.start_sftp_client() as client:
        with pytest.raises(asyncssh.SFTPPermissionDenied, match="may not do that: files can't be removed there"):
            await client.remove("/archive/x")
        with pytest.raises(asyncssh.SFTPNoSuchFile):
            await client.stat("/inbound/x")
        with pytest.raises(asyncssh.SFTPPermissionDenied, match="links"):
            await client.symlink("/etc/passwd", "/inbound/x")
        with pytest.raises(asyncssh.SFTPOpUnsupported):
            await client.link("/etc/passwd", "/inbound/x")


async def test_a_key_and_a_prompt_do_as_well_as_a_password(site: ServerSite) -> None:
    async with await site.connect(password="", client_keys=[str(site.key)]):
        pass
    async with await site.connect(preferred_auth="keyboard-interactive"):
        pass

    ended = [entry.detail["method"] for entry in site.place.journal("login", "ok")]
    assert ended == ["key", "password"]


async def test_sessions_on_one_connection_are_each_their_own(site: ServerSite) -> None:
    async with await site.connect() as connection:
        async with connection.start_sftp_client() as one, connection.start_sftp_client() as two:
            await asyncio.gather(
                *(client.open(f"/inbound/{number}.csv", "wb") for number, client in enumerate((one, two, one, two)))
            )
        await site.until(lambda: len(site.place.journal("logout")) == 2, "both sessions are over")

    assert site.place.waiting() == []
    assert len(site.place.journal("upload", "fail")) == 4

"""paramiko against our server: its own ways to put, and what it makes of answers."""

import asyncio
import re
import textwrap
from pathlib import Path

import paramiko  # type: ignore[import-untyped]  # it has no types
import pytest

from crossdock.tests.simulators.sftp.place import PASSWORD, USER
from crossdock.tests.simulators.sftp.sockets.server_site import ServerSite, open_site


async def test_put_looks_once_more_and_finds_the_file_though_it_was_archived(site: ServerSite) -> None:
    site.process_all()
    local = site.file("x.csv", b"abc")
    found = await site.with_paramiko(lambda client: client.put(str(local), "/inbound/x.csv", confirm=True))

    assert found.st_size == 3
    await site.until(lambda: site.place.lying_in("inbound") == [], "the client has left")
    assert site.place.lying_in("archive") == ["x.csv"]


async def test_without_the_grace_the_very_same_put_would_report_a_failure(tmp_path: Path) -> None:
    async with open_site(tmp_path, grace_s=0.0) as site:
        site.process_all()
        local = site.file("x.csv", b"abc")
        with pytest.raises(FileNotFoundError):
            await site.with_paramiko(lambda client: client.put(str(local), "/inbound/x.csv", confirm=True))
        assert site.place.lying_in("archive") == ["x.csv"], "though it has arrived"


async def test_its_rename_refuses_a_name_that_is_taken_and_its_posix_rename_takes_it(site: ServerSite) -> None:
    def work(client: paramiko.SFTPClient) -> None:
        for name in ("a.tmp", "b.tmp"):
            with client.open(f"/inbound/{name}", "wb") as file:
                file.write(name.encode())
        with pytest.raises(OSError, match="already"):
            client.rename("/inbound/a.tmp", "/inbound/b.tmp")
        client.posix_rename("/inbound/a.tmp", "/inbound/b.tmp")
        client.rename("/inbound/b.tmp", "/inbound/c.csv")

    await site.with_paramiko(work)

    assert site.place.take() == b"a.tmp"
    assert site.place.lying_in("inbound") == ["c.csv"]


async def test_large_files_go_both_ways(site: ServerSite) -> None:
    content = bytes(range(256)) * 8192
    local = site.file("large.csv", content)
    site.place.mailbox.deposit("large.edi", content)

    def work(client: paramiko.SFTPClient) -> None:
        client.put(str(local), "/inbound/large.csv")
        client.get("/outbound/large.edi", str(site.folder / "large.edi"))

    await site.with_paramiko(work)

    assert site.place.take() == content
    assert (site.folder / "large.edi").read_bytes() == content
    assert [entry.kind for entry in site.place.journal("deposit")] == ["invoke", "ok"]


async def test_its_listing_has_sizes_and_times(site: ServerSite) -> None:
    site.place.mailbox.deposit("945.edi", b"ISA*")
    (found,) = await site.with_paramiko(lambda client: client.listdir_attr("/outbound"))

    assert (found.filename, found.st_size, found.st_mtime) == ("945.edi", 4, int(site.place.clock.unix()))


async def test_what_is_refused_is_an_error_of_the_right_kind(site: ServerSite) -> None:
    def work(client: paramiko.SFTPClient) -> None:
        with pytest.raises(PermissionError):
            client.open("/outbound/x", "wb")
        with pytest.raises(FileNotFoundError):
            client.stat("/inbound/x")
        with pytest.raises(PermissionError):
            client.symlink("/etc/passwd", "/inbound/x")
        with pytest.raises(PermissionError):
            client.open("/inbound", "r")

    await site.with_paramiko(work)


async def test_a_wrong_password_is_refused(site: ServerSite) -> None:
    def try_it() -> None:
        with paramiko.Transport(("127.0.0.1", site.server.port)) as transport:
            transport.connect(username="layer", password="wrong")

    with pytest.raises(paramiko.AuthenticationException):
        await asyncio.to_thread(try_it)
    await site.until(lambda: site.place.outline("login") == ["invoke", "fail"], "the failure is in the journal")


async def test_the_example_in_the_reference_works_as_it_stands(
    site: ServerSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[4] / "docs" / "reference" / "sftp.md").read_text("utf-8")
    (block,) = re.findall(r"^(    import paramiko\n(?:(?:    .*)?\n)+)", page, re.MULTILINE)
    monkeypatch.chdir(site.file("order.csv", b"a,b").parent)
    names = {"port": site.server.port, "user": USER, "password": PASSWORD}

    await asyncio.to_thread(exec, textwrap.dedent(block), names)

    assert site.place.waiting() == ["order.csv"]

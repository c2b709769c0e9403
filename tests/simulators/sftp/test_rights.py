"""What a partner may do in which folder, and that there is nothing outside of them."""

from collections.abc import Callable

import pytest

from crossdock.simulators.channels.sftp.account import Account
from crossdock.simulators.channels.sftp.layout import Folder, Layout
from crossdock.simulators.channels.sftp.memory_storage import MemoryStorage
from crossdock.simulators.channels.sftp.request import (
    Attributes,
    Link,
    MakeFolder,
    OpenFlags,
    RealPath,
    RemoveFolder,
    Request,
    SetStat,
    Unknown,
)
from crossdock.simulators.channels.sftp.status import FileRefused, Status
from crossdock.tests.simulators.sftp.place import Place, names_in

NEW = OpenFlags.WRITE | OpenFlags.CREATE


async def test_the_root_has_the_four_folders(place: Place) -> None:
    async with await place.log_in() as client:
        assert await client.names("/") == ["archive", "error", "inbound", "outbound"]


async def test_a_partner_brings_and_fetches(place: Place) -> None:
    place.mailbox.deposit("945.edi", b"ISA*")
    async with await place.log_in() as client:
        await client.put("inbound/order.csv", b"a,b")
        assert await client.get("/outbound/945.edi") == b"ISA*"
        assert await client.get("/inbound/order.csv") == b"a,b"
        await client.rename("/outbound/945.edi", "/archive/945.edi")
        assert await client.get("/archive/945.edi") == b"ISA*"
        await client.remove("/inbound/order.csv")

    assert place.lying_in("outbound") == []
    assert place.lying_in("inbound") == []


@pytest.mark.parametrize("path", ["/x", "/outbound/x", "/archive/x", "/error/x", "/inbound", "/nowhere/x"])
async def test_a_partner_writes_to_inbound_alone(place: Place, path: str) -> None:
    async with await place.log_in() as client:
        with pytest.raises(FileRefused) as refused:
            await client.put(path, b"x")

    assert refused.value.status is Status.PERMISSION_DENIED
    assert place.outline("upload") == ["invoke", "fail"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/outbound/x", "/outbound/y"),
        ("/outbound/x", "/inbound/x"),
        ("/outbound/x", "/error/x"),
        ("/outbound/x", "/x"),
        ("/inbound/x", "/outbound/x"),
        ("/inbound/x", "/archive/x"),
        ("/archive/x", "/outbound/x"),
        ("/archive/x", "/archive/y"),
        ("/inbound", "/outbound/x"),
        ("/inbound", "/x"),
    ],
)
async def test_a_partner_moves_from_outbound_to_the_archive_alone(place: Place, old: str, new: str) -> None:
    async with await place.log_in() as client:
        with pytest.raises(FileRefused) as refused:
            await client.rename(old, new, replace=True)

    assert refused.value.status is Status.PERMISSION_DENIED
    assert place.outline("rename") == ["invoke", "fail"]


@pytest.mark.parametrize("path", ["/archive/x", "/x", "/inbound", "/"])
async def test_a_partner_removes_nothing_elsewhere(place: Place, path: str) -> None:
    async with await place.log_in() as client:
        with pytest.raises(FileRefused) as refused:
            await client.remove(path)

    assert refused.value.status is Status.PERMISSION_DENIED


@pytest.mark.parametrize(
    "request_",
    [
        MakeFolder(b"/inbound/new"),
        MakeFolder(b"/new"),
        RemoveFolder(b"/inbound"),
        Link("symlink", b"/inbound/link"),
        Link("hardlink", b"/inbound/link"),
        SetStat(b"/inbound/x", Attributes(owner=(0, 0))),
        SetStat(b"/outbound/x", Attributes(times=(1, 1))),
        SetStat(b"/inbound", Attributes(times=(1, 1))),
    ],
)
async def test_folders_links_and_owners_are_not_the_partners_to_change(place: Place, request_: Request) -> None:
    place.mailbox.deposit("x", b"x")
    async with await place.log_in() as client:
        await client.put("/inbound/x", b"x")
        with pytest.raises(FileRefused) as refused:
            await client.ask(request_)

    assert refused.value.status is Status.PERMISSION_DENIED
    assert place.lying_in("inbound") == ["x"]


@pytest.mark.parametrize("path", ["../x", "/../../etc/passwd", "inbound/../../x", "/inbound/../../inbound/x"])
async def test_nothing_leads_out_of_the_root(place: Place, path: str) -> None:
    async with await place.log_in() as client:
        for attempt in (client.put(path, b"x"), client.get(path), client.remove(path), client.stat(path)):
            with pytest.raises(FileRefused) as refused:
                await attempt
            assert refused.value.status is Status.PERMISSION_DENIED
        for old, new in ((path, "/inbound/x"), ("/inbound/x", path)):
            with pytest.raises(FileRefused) as refused:
                await client.rename(old, new)
            assert refused.value.status is Status.PERMISSION_DENIED


async def test_an_absolute_path_is_below_the_partners_root(place: Place) -> None:
    async with await place.log_in() as client:
        with pytest.raises(FileRefused) as refused:
            await client.stat("/etc/passwd")

    assert refused.value.status is Status.NO_SUCH_FILE


async def test_the_root_above_is_the_root(place: Place) -> None:
    async with await place.log_in() as client:
        reply = await client.ask(RealPath(b"/.."))

    assert names_in(reply) == ["/"]


async def test_there_are_no_links_to_read(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/x", b"x")
        for path, status in ((b"/inbound/x", Status.BAD_MESSAGE), (b"/inbound/y", Status.NO_SUCH_FILE)):
            with pytest.raises(FileRefused) as refused:
                await client.ask(Link("readlink", path))
            assert refused.value.status is status


async def test_what_is_not_served_is_said_to_be_unsupported(place: Place) -> None:
    async with await place.log_in() as client:
        with pytest.raises(FileRefused) as refused:
            await client.ask(Unknown("copy-data"))

    assert refused.value.status is Status.OP_UNSUPPORTED


async def test_a_partner_sees_nothing_of_another(place: Place) -> None:
    other = place.depot.add(Account("other", password="o"), MemoryStorage())
    other.deposit("secret.csv", b"theirs")
    async with await place.log_in() as client:
        await client.put("/inbound/mine.csv", b"mine")
        assert await client.names("/outbound") == []
        for path in ("/outbound/secret.csv", "/other/outbound/secret.csv", "/../other/outbound/secret.csv"):
            with pytest.raises(FileRefused):
                await client.get(path)
    async with await place.log_in("other", "o") as client:
        assert await client.names("/inbound") == []
        assert await client.get("/outbound/secret.csv") == b"theirs"

    assert other.incoming() == ()
    assert place.waiting() == ["mine.csv"]


async def test_two_users_of_one_partner_share_its_mailbox(place: Place) -> None:
    assert place.depot.add(Account("reader", password="r"), partner="layer") is place.mailbox
    await place.put("/inbound/x.csv", b"x")
    async with await place.log_in("reader", "r") as client:
        assert await client.get("/inbound/x.csv") == b"x"


async def test_a_provider_names_its_folders_and_gives_its_rights(open_place: Callable[..., Place]) -> None:
    drop = Folder("IN", frozenset({"write", "nest"}))
    place = open_place(layout=Layout(inbound=drop, outbound=Folder("OUT", frozenset({"read"}))))
    place.mailbox.deposit("x", b"x")
    async with await place.log_in() as client:
        await client.put("/IN/a.csv", b"a")
        await client.ask(MakeFolder(b"/IN/2026"))
        await client.put("/IN/2026/b.csv", b"b")
        assert await client.get("/OUT/x") == b"x"
        for attempt in (client.get("/IN/a.csv"), client.remove("/OUT/x"), client.rename("/IN/a.csv", "/IN/c.csv")):
            with pytest.raises(FileRefused) as refused:
                await attempt
            assert refused.value.status is Status.PERMISSION_DENIED
        with pytest.raises(FileRefused) as refused:
            await client.ask(RemoveFolder(b"/IN/2026"))
        assert refused.value.status is Status.FAILURE, "it is not empty"

    assert place.waiting() == ["a.csv", "b.csv"]

"""What goes beyond a limit is refused, takes no room, and disturbs nobody."""

from collections.abc import Callable

import pytest

from crossdock.simulators.channels.sftp.direct_client import DirectClient
from crossdock.simulators.channels.sftp.limits import MIB, Limits
from crossdock.simulators.channels.sftp.request import Attributes, Close, HandleSetStat, OpenFlags, OpenFolder, Write
from crossdock.simulators.channels.sftp.status import FileRefused, Status
from crossdock.tests.simulators.sftp.place import Place

NEW = OpenFlags.WRITE | OpenFlags.CREATE


@pytest.mark.parametrize(
    ("offset", "octets"), [(0, MIB + 1), (MIB, 1), (2**40, 1), (2**63, 10)], ids=["long", "one more", "far", "further"]
)
async def test_a_file_has_at_most_so_many_octets(open_place: Callable[..., Place], offset: int, octets: int) -> None:
    place = open_place(limits=Limits(file_octets=MIB))
    async with await place.log_in() as client:
        handle = await client.open("/inbound/x.csv", NEW)
        with pytest.raises(FileRefused) as refused:
            await client.ask(Write(handle, offset, b"x" * octets))
        assert refused.value.status is Status.FAILURE
        with pytest.raises(FileRefused):
            await client.ask(HandleSetStat(handle, Attributes(octets=MIB + 1)))
        assert (await client.stat("/inbound/x.csv")).octets == 0
        with pytest.raises(FileRefused):
            await client.ask(Close(handle))

    assert place.waiting() == []


async def test_a_file_may_have_exactly_as_many(open_place: Callable[..., Place]) -> None:
    place = open_place(limits=Limits(file_octets=MIB))
    await place.put("/inbound/x.csv", b"x" * MIB)

    assert place.waiting() == ["x.csv"]


async def test_the_quota_is_of_all_files_and_what_goes_gives_room_back(open_place: Callable[..., Place]) -> None:
    place = open_place(limits=Limits(quota_octets=1000))
    async with await place.log_in() as client:
        await client.put("/inbound/a.tmp", b"x" * 600)
        with pytest.raises(FileRefused, match="quota"):
            await client.put("/inbound/b.tmp", b"x" * 600)
        await client.put("/inbound/a.tmp", b"x" * 1000)
        await client.put("/inbound/a.tmp", b"x" * 100)
        await client.put("/inbound/b.tmp", b"x" * 900)
        await client.rename("/inbound/b.tmp", "/inbound/a.tmp", replace=True)
        await client.put("/inbound/c.tmp", b"x" * 100)
        await client.remove("/inbound/a.tmp")
        await client.put("/inbound/d.tmp", b"x" * 900)

    assert place.lying_in("inbound") == ["c.tmp", "d.tmp"]


async def test_there_are_at_most_so_many_files(open_place: Callable[..., Place]) -> None:
    place = open_place(limits=Limits(files=3))
    async with await place.log_in() as client:
        for name in "abc":
            await client.put(f"/inbound/{name}.tmp", b"")
        with pytest.raises(FileRefused, match="3 files"):
            await client.put("/inbound/d.tmp", b"")
        await client.remove("/inbound/a.tmp")
        await client.put("/inbound/d.tmp", b"")


async def test_what_could_not_be_made_takes_no_room(open_place: Callable[..., Place]) -> None:
    place = open_place(limits=Limits(files=1))
    async with await place.log_in() as client:
        for _ in range(2):
            with pytest.raises(FileRefused, match="NO_SUCH_FILE"):
                await client.put("/inbound/nowhere/x.tmp", b"")
        await client.put("/inbound/x.tmp", b"")


async def test_a_session_has_so_many_handles_and_no_more(open_place: Callable[..., Place]) -> None:
    place = open_place(limits=Limits(handles=3))
    async with await place.log_in() as client, await place.log_in() as other:
        handles = [await client.open(f"/inbound/{number}.tmp", NEW) for number in range(3)]
        for attempt in (client.open("/inbound/x.tmp", NEW), client.ask(OpenFolder(b"/"))):
            with pytest.raises(FileRefused, match="3 handles"):
                await attempt
        await other.open("/inbound/y.tmp", NEW)
        await client.ask(Close(handles[0]))
        await client.open("/inbound/z.tmp", NEW)

    assert "x.tmp" not in place.lying_in("inbound")


@pytest.mark.parametrize("name", ["n" * 256, "a\nb", "a\0b", "a\\b", "\u202egpj.exe"])
async def test_a_name_that_may_not_be_is_refused_and_journaled(place: Place, name: str) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/x.tmp", b"x")
        for attempt in (client.put(f"/inbound/{name}", b"x"), client.rename("/inbound/x.tmp", f"/inbound/{name}")):
            with pytest.raises(FileRefused):
                await attempt

    assert place.lying_in("inbound") == ["x.tmp"]
    assert place.outline("rename") == ["invoke", "fail"]


async def test_thousands_of_files_are_listed_each_once(place: Place) -> None:
    count = 3000
    async with await place.log_in() as client:
        for number in range(count):
            await client.put(f"/inbound/{number:05}.tmp", b"")

        assert await client.names("/inbound") == [f"{number:05}.tmp" for number in range(count)]


async def test_an_upload_far_beyond_the_limit_is_stopped_where_the_limit_is(open_place: Callable[..., Place]) -> None:
    place = open_place(limits=Limits(file_octets=MIB))
    refused = 0
    async with await place.log_in() as client:
        handle = await client.open("/inbound/x.csv", NEW)
        for offset in range(0, 64 * MIB, MIB // 4):
            refused += not await _fits(client, Write(handle, offset, b"x" * (MIB // 4)))
        with pytest.raises(FileRefused):
            await client.ask(Close(handle))

    assert refused == 64 * 4 - 4
    assert len(place.content("/inbound/x.csv")) == MIB
    assert place.waiting() == []


async def _fits(client: DirectClient, request: Write) -> bool:
    try:
        await client.ask(request)
    except FileRefused:
        return False
    return True

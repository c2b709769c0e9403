"""Files behave as OpenSSH's sftp-server has them: open flags, handles, renames, times."""

import pytest

from crossdock.simulators.channels.sftp.direct_client import DirectClient
from crossdock.simulators.channels.sftp.packet import MAX_DATA
from crossdock.simulators.channels.sftp.request import (
    AskLimits,
    Attributes,
    AttributesReply,
    Close,
    DataReply,
    Flush,
    HandleReply,
    HandleSetStat,
    HandleStat,
    LimitsReply,
    OpenFlags,
    OpenFolder,
    Read,
    ReadFolder,
    SetStat,
    Space,
    SpaceReply,
    StatusReply,
    Write,
)
from crossdock.simulators.channels.sftp.status import FileRefused, Status
from crossdock.tests.simulators.sftp.place import Place, names_in

READ, WRITE, APPEND = OpenFlags.READ, OpenFlags.WRITE, OpenFlags.APPEND
CREATE, TRUNCATE, EXCLUSIVE = OpenFlags.CREATE, OpenFlags.TRUNCATE, OpenFlags.EXCLUSIVE
FILE = "/inbound/x.tmp"


async def written(client: DirectClient, flags: OpenFlags, *pieces: tuple[int, bytes]) -> None:
    handle = await client.open(FILE, flags)
    for offset, data in pieces:
        await client.ask(Write(handle, offset, data))
    await client.ask(Close(handle))


@pytest.mark.parametrize(
    ("flags", "pieces", "content"),
    [
        (WRITE | CREATE | TRUNCATE, [(0, b"new")], b"new"),
        (WRITE | CREATE, [(0, b"new")], b"new content"[:3] + b" content"),
        (WRITE, [(4, b"CONTENT")], b"old CONTENT"),
        (WRITE | CREATE | APPEND, [(0, b"+"), (0, b"+")], b"old content++"),
        (WRITE, [(13, b"!")], b"old content\0\0!"),
        (WRITE | TRUNCATE, [], b""),
        (WRITE, [(0, b"")], b"old content"),
        (WRITE, [(99, b"")], b"old content"),
    ],
)
async def test_what_the_flags_do_to_a_file_that_is_there(
    place: Place, flags: OpenFlags, pieces: list[tuple[int, bytes]], content: bytes
) -> None:
    async with await place.log_in() as client:
        await written(client, WRITE | CREATE, (0, b"old content"))
        await written(client, flags, *pieces)

        assert await client.get(FILE) == content


@pytest.mark.parametrize(
    ("there", "flags", "status"),
    [
        (False, WRITE, Status.NO_SUCH_FILE),
        (False, WRITE | TRUNCATE, Status.NO_SUCH_FILE),
        (False, READ, Status.NO_SUCH_FILE),
        (True, WRITE | CREATE | EXCLUSIVE, Status.FAILURE),
    ],
)
async def test_what_the_flags_refuse(place: Place, there: bool, flags: OpenFlags, status: Status) -> None:
    async with await place.log_in() as client:
        if there:
            await client.put(FILE, b"old")
        with pytest.raises(FileRefused) as refused:
            await client.open(FILE, flags)

    assert refused.value.status is status


async def test_a_file_opened_for_both_is_read_as_it_is_written(place: Place) -> None:
    async with await place.log_in() as client:
        handle = await client.open(FILE, READ | WRITE | CREATE)
        await client.ask(Write(handle, 0, b"abc"))
        assert await client.ask(Read(handle, 1, 10)) == DataReply(b"bc")
        stat = await client.ask(HandleStat(handle))

    assert isinstance(stat, AttributesReply)
    assert stat.attributes.octets == 3


async def test_a_handle_is_good_for_what_it_was_opened_for(place: Place) -> None:
    async with await place.log_in() as client:
        writing = await client.open(FILE, WRITE | CREATE)
        reading = await client.open(FILE, READ)
        listing = await client.ask(OpenFolder(b"/"))
        assert isinstance(listing, HandleReply)
        for request in (Read(writing, 0, 1), Write(reading, 0, b"x"), HandleSetStat(reading, Attributes(octets=0))):
            with pytest.raises(FileRefused) as refused:
                await client.ask(request)
            assert refused.value.status is Status.PERMISSION_DENIED
        for wrong in (Read(listing.handle, 0, 1), ReadFolder(reading), Close(99), Write(-1, 0, b"x")):
            with pytest.raises(FileRefused) as refused:
                await client.ask(wrong)
            assert refused.value.status is Status.FAILURE


async def test_a_closed_handle_is_no_more(place: Place) -> None:
    async with await place.log_in() as client:
        handle = await client.open(FILE, WRITE | CREATE)
        await client.ask(Close(handle))
        with pytest.raises(FileRefused) as refused:
            await client.ask(Close(handle))

    assert refused.value.status is Status.FAILURE


async def test_a_plain_rename_refuses_a_name_that_is_taken_and_a_posix_one_takes_it(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/a.tmp", b"a")
        await client.put("/inbound/b.tmp", b"b")
        with pytest.raises(FileRefused) as refused:
            await client.rename("/inbound/a.tmp", "/inbound/b.tmp")
        assert refused.value.status is Status.FAILURE
        assert await client.get("/inbound/b.tmp") == b"b"

        await client.rename("/inbound/a.tmp", "/inbound/b.tmp", replace=True)
        assert await client.get("/inbound/b.tmp") == b"a"

    assert place.lying_in("inbound") == ["b.tmp"]


async def test_a_rename_to_itself_is_as_in_openssh(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put(FILE, b"a")
        with pytest.raises(FileRefused):
            await client.rename(FILE, FILE)
        await client.rename(FILE, FILE, replace=True)
        assert await client.get(FILE) == b"a"


async def test_what_is_not_there_can_not_be_renamed_and_leaves_the_target_alone(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/b.csv", b"b")
        with pytest.raises(FileRefused) as refused:
            await client.rename("/inbound/a.csv", "/inbound/b.csv", replace=True)

    assert refused.value.status is Status.NO_SUCH_FILE
    assert place.waiting() == ["b.csv"]


async def test_a_time_is_kept_in_whole_seconds(place: Place) -> None:
    async with await place.log_in() as client:
        handle = await client.open(FILE, WRITE | CREATE)
        await client.ask(Write(handle, 0, b"x"))
        await client.ask(HandleSetStat(handle, Attributes(permissions=0o600, times=(5, 1_700_000_000))))
        await client.ask(Close(handle))
        assert (await client.stat(FILE)).times == (1_700_000_000, 1_700_000_000)
        await client.ask(SetStat(FILE.encode(), Attributes(times=(0, 77))))
        assert (await client.stat(FILE)).times == (77, 77)


async def test_a_file_is_as_old_as_its_last_change_on_the_partners_clock(place: Place) -> None:
    place.advance(3600.7)
    async with await place.log_in() as client:
        await client.put(FILE, b"x")
        now = int(place.clock.unix())
        assert (await client.stat(FILE)).times == (now, now)


async def test_a_length_can_be_set_by_name_and_by_handle(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put(FILE, b"0123456789")
        await client.ask(SetStat(FILE.encode(), Attributes(octets=4)))
        assert await client.get(FILE) == b"0123"
        handle = await client.open(FILE, WRITE)
        await client.ask(HandleSetStat(handle, Attributes(octets=6)))
        await client.ask(Close(handle))
        assert await client.get(FILE) == b"0123\0\0"


async def test_a_listing_has_itself_and_its_parent_first_and_each_name_once(place: Place) -> None:
    async with await place.log_in() as client:
        for number in range(250):
            await client.put(f"/inbound/{number:03}.tmp", b"x")
        opened = await client.ask(OpenFolder(b"/inbound"))
        assert isinstance(opened, HandleReply)
        replies = [await client.ask(ReadFolder(opened.handle)) for _ in range(3)]
        with pytest.raises(FileRefused) as end:
            await client.ask(ReadFolder(opened.handle))

    assert end.value.status is Status.EOF
    names = [name for reply in replies for name in names_in(reply)]
    assert names == [".", "..", *(f"{number:03}.tmp" for number in range(250))]


async def test_what_goes_while_it_is_listed_is_not_told(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/a.tmp", b"x")
        await client.put("/inbound/b.tmp", b"x")
        opened = await client.ask(OpenFolder(b"/inbound"))
        assert isinstance(opened, HandleReply)
        await client.remove("/inbound/a.tmp")
        reply = await client.ask(ReadFolder(opened.handle))

    assert names_in(reply) == [".", "..", "b.tmp"]


async def test_only_folders_are_listed_and_only_files_are_opened(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put(FILE, b"x")
        with pytest.raises(FileRefused) as refused:
            await client.ask(OpenFolder(FILE.encode()))
        assert refused.value.status is Status.NO_SUCH_FILE
        with pytest.raises(FileRefused) as refused:
            await client.open("/inbound", READ)
        assert refused.value.status is Status.PERMISSION_DENIED


async def test_a_partner_can_ask_what_fits(place: Place) -> None:
    limits = place.depot.provider.limits
    async with await place.log_in() as client:
        await client.put(FILE, b"x" * 5000)
        assert await client.ask(AskLimits()) == LimitsReply(256 * 1024, MAX_DATA, MAX_DATA, limits.handles)
        assert await client.ask(Space(b"/inbound")) == SpaceReply(
            limits.quota_octets, limits.quota_octets - 5000, limits.files, limits.files - 1, 255
        )


async def test_only_an_open_file_can_be_made_safe(place: Place) -> None:
    async with await place.log_in() as client:
        handle = await client.open(FILE, WRITE | CREATE)
        assert await client.ask(Flush(handle)) == StatusReply(Status.OK)
        await client.ask(Close(handle))
        with pytest.raises(FileRefused, match="no such handle"):
            await client.ask(Flush(handle))


async def test_a_file_that_is_removed_while_it_is_written_is_gone_and_so_is_its_room(place: Place) -> None:
    async with await place.log_in() as client:
        handle = await client.open(FILE, WRITE | CREATE)
        await client.ask(Write(handle, 0, b"x" * 1000))
        await client.remove(FILE)
        await client.ask(Write(handle, 1000, b"x" * 1000))
        await client.ask(Close(handle))
        space = await client.ask(Space(b"/"))

    assert place.lying_in("inbound") == []
    assert place.arrivals() == []
    assert isinstance(space, SpaceReply)
    assert space.free_octets == place.depot.provider.limits.quota_octets

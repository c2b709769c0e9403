"""When a file has arrived: never before it is whole."""

from collections.abc import Callable

import pytest

from crossdock.simulators.channels.sftp.completion import By, Completion
from crossdock.simulators.channels.sftp.limits import Limits
from crossdock.simulators.channels.sftp.mailbox import Arrived, BrokenOff, Withdrawn
from crossdock.simulators.channels.sftp.request import Attributes, Close, HandleSetStat, OpenFlags, Write
from crossdock.simulators.channels.sftp.status import FileRefused
from crossdock.tests.simulators.sftp.place import Place

NEW = OpenFlags.WRITE | OpenFlags.CREATE


async def test_a_file_arrives_when_it_is_closed_and_not_before(place: Place) -> None:
    async with await place.log_in() as client:
        handle = await client.open("/inbound/x.csv", NEW)
        await client.ask(Write(handle, 0, b"half"))
        place.advance(3600)
        assert place.waiting() == []
        await client.ask(Write(handle, 4, b" and half"))
        await client.ask(Close(handle))

    assert place.waiting() == ["x.csv"]
    assert place.take() == b"half and half"


async def test_an_empty_file_arrives_too_for_those_above_to_judge(place: Place) -> None:
    await place.put("/inbound/x.csv", b"")

    assert [arrival.octets for arrival in place.arrivals()] == [0]


@pytest.mark.parametrize("suffix", [".tmp", ".partial", ".filepart", ".incomplete", ".TMP"])
async def test_a_temporary_name_arrives_once_it_is_renamed(place: Place, suffix: str) -> None:
    async with await place.log_in() as client:
        await client.put(f"/inbound/x.csv{suffix}", b"a,b")
        assert place.waiting() == []
        await client.rename(f"/inbound/x.csv{suffix}", "/inbound/x.csv")

    assert place.waiting() == ["x.csv"]
    assert place.arrivals()[0].exchange == place.journal("rename", "invoke")[0].seq


async def test_a_hidden_name_is_temporary(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/.x.csv.Zk3", b"a,b")
        await client.rename("/inbound/.x.csv.Zk3", "/inbound/y.tmp")
        assert place.waiting() == []
        await client.rename("/inbound/y.tmp", "/inbound/y.csv")

    assert place.waiting() == ["y.csv"]


async def test_a_rename_before_the_close_waits_for_the_close(place: Place) -> None:
    async with await place.log_in() as client:
        handle = await client.open("/inbound/x.tmp", NEW)
        await client.ask(Write(handle, 0, b"half"))
        await client.rename("/inbound/x.tmp", "/inbound/x.csv")
        assert place.waiting() == []
        await client.ask(Write(handle, 4, b"+half"))
        await client.ask(Close(handle))

    assert place.waiting() == ["x.csv"]
    assert place.take() == b"half+half"


async def test_of_several_writers_the_last_to_close_completes_it(place: Place) -> None:
    async with await place.log_in() as one, await place.log_in() as two:
        first, second = await one.open("/inbound/x.csv", NEW), await two.open("/inbound/x.csv", NEW)
        await one.ask(Write(first, 0, b"ab"))
        await one.ask(Close(first))
        assert place.waiting() == []
        await two.ask(Write(second, 2, b"cd"))
        await two.ask(Close(second))

    assert place.take() == b"abcd"


async def test_a_lost_connection_leaves_a_file_that_is_never_handed_on(place: Place) -> None:
    client = await place.log_in()
    handle = await client.open("/inbound/x.csv", NEW)
    await client.ask(Write(handle, 0, b"half"))
    client.hang_up("the connection was lost")
    place.advance(86_400)

    assert place.waiting() == []
    assert place.events == [BrokenOff("/inbound/x.csv", "layer", 4, "the connection was lost")]
    assert place.content("/inbound/x.csv") == b"half"
    assert place.outline("upload") == ["invoke", "fail"]
    assert place.last("upload")["octets"] == 4


async def test_one_writer_that_is_lost_spoils_it_for_the_other(place: Place) -> None:
    lost, kept = await place.log_in(), await place.log_in()
    first, second = await lost.open("/inbound/x.csv", NEW), await kept.open("/inbound/x.csv", NEW)
    await lost.ask(Write(first, 0, b"ab"))
    await kept.ask(Write(second, 2, b"cd"))
    lost.hang_up("the connection was lost")
    with pytest.raises(FileRefused):
        await kept.ask(Close(second))
    kept.hang_up()

    assert place.waiting() == []


async def test_who_begins_a_file_anew_has_it_alone_though_the_old_connection_still_hangs(place: Place) -> None:
    hanging = await place.log_in()
    old = await hanging.open("/inbound/x.csv", NEW)
    await hanging.ask(Write(old, 0, b"half of the old"))
    await place.put("/inbound/x.csv", b"new")
    assert place.waiting() == ["x.csv"]
    for request in (Write(old, 15, b" content"), Close(old)):
        with pytest.raises(FileRefused, match="another upload"):
            await hanging.ask(request)
    hanging.hang_up()

    assert place.take() == b"new"
    assert place.lying_in("inbound") == ["x.csv"]
    assert place.last("upload")["why"] == "another upload of the same name has begun"


async def test_a_broken_upload_that_is_resumed_arrives_whole(place: Place) -> None:
    client = await place.log_in()
    handle = await client.open("/inbound/x.csv", NEW)
    await client.ask(Write(handle, 0, b"half"))
    client.hang_up()
    async with await place.log_in() as client:
        handle = await client.open("/inbound/x.csv", OpenFlags.WRITE)
        await client.ask(Write(handle, 4, b" and half"))
        await client.ask(Close(handle))

    assert place.take() == b"half and half"


async def test_looking_at_a_broken_upload_does_not_make_it_whole(place: Place) -> None:
    client = await place.log_in()
    handle = await client.open("/inbound/x.csv", NEW)
    await client.ask(Write(handle, 0, b"half"))
    client.hang_up()
    async with await place.log_in() as client:
        await client.ask(Close(await client.open("/inbound/x.csv", OpenFlags.WRITE)))
        await client.rename("/inbound/x.csv", "/inbound/y.csv")

    assert place.waiting() == []


async def test_after_a_refused_write_nothing_is_taken_any_more_and_the_file_is_not_whole(
    open_place: Callable[..., Place],
) -> None:
    place = open_place(limits=Limits(file_octets=100))
    async with await place.log_in() as client:
        handle = await client.open("/inbound/x.csv", NEW)
        await client.ask(Write(handle, 0, b"x" * 80))
        with pytest.raises(FileRefused):
            await client.ask(Write(handle, 80, b"x" * 80))
        with pytest.raises(FileRefused):
            await client.ask(Write(handle, 80, b"x"))
        with pytest.raises(FileRefused):
            await client.ask(Close(handle))

    assert place.waiting() == []
    assert isinstance(place.events[-1], BrokenOff)
    assert place.outline("upload") == ["invoke", "fail"]


async def test_every_completion_is_an_arrival_with_its_digest(place: Place) -> None:
    for name, content in (("x.csv", b"one"), ("x.csv", b"two"), ("y.csv", b"two"), ("y.csv", b"two")):
        await place.put(f"/inbound/{name}", content)
        place.archive_all()
    arrivals = place.arrivals()

    assert [arrival.number for arrival in arrivals] == [1, 2, 3, 4]
    assert [arrival.name for arrival in arrivals] == ["x.csv", "x.csv", "y.csv", "y.csv"]
    assert arrivals[0].sha256 != arrivals[1].sha256
    assert arrivals[1].sha256 == arrivals[2].sha256 == arrivals[3].sha256
    assert place.lying_in("archive") == ["x.csv", "x.csv.1", "y.csv", "y.csv.1"]


async def test_the_digest_is_of_what_is_in_the_file_however_it_was_written(place: Place) -> None:
    async with await place.log_in() as client:
        handle = await client.open("/inbound/x.csv", NEW)
        for offset, data in ((3, b"def"), (0, b"abc"), (6, b"ghi"), (2, b"C")):
            await client.ask(Write(handle, offset, data))
        await client.ask(HandleSetStat(handle, Attributes(octets=8)))
        await client.ask(Close(handle))
        await client.put("/inbound/y.csv", b"abCdefgh")
    scattered, straight = place.arrivals()

    assert scattered.sha256 == straight.sha256


async def test_what_is_changed_before_it_was_taken_is_withdrawn(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/a.csv", b"a")
        await client.remove("/inbound/a.csv")
        await client.put("/inbound/b.csv", b"b")
        await client.rename("/inbound/b.csv", "/inbound/c.csv")
        await client.put("/inbound/c.csv", b"c")
    told = [(type(event), event.arrival.name) for event in place.events if isinstance(event, Arrived | Withdrawn)]

    assert told == [
        (Arrived, "a.csv"),
        (Withdrawn, "a.csv"),
        (Arrived, "b.csv"),
        (Withdrawn, "b.csv"),
        (Arrived, "c.csv"),
        (Withdrawn, "c.csv"),
        (Arrived, "c.csv"),
    ]
    assert place.waiting() == ["c.csv"]
    assert place.take() == b"c"


async def test_a_file_of_which_the_name_is_overwritten_by_a_rename_is_withdrawn(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/x.csv", b"old")
        await client.put("/inbound/x.tmp", b"new")
        await client.rename("/inbound/x.tmp", "/inbound/x.csv", replace=True)

    assert place.waiting() == ["x.csv"]
    assert place.take() == b"new"


async def test_a_provider_may_insist_on_the_rename(open_place: Callable[..., Place]) -> None:
    place = open_place(completion=Completion("rename"))
    async with await place.log_in() as client:
        await client.put("/inbound/direct.csv", b"x")
        await client.rename("/inbound/direct.csv", "/inbound/direct2.csv")
        await client.put("/inbound/x.tmp", b"x")
        await client.rename("/inbound/x.tmp", "/inbound/x.csv")
        handle = await client.open("/inbound/y.tmp", NEW)
        await client.rename("/inbound/y.tmp", "/inbound/y.csv")
        await client.ask(Close(handle))

    assert place.waiting() == ["x.csv", "y.csv"]
    assert place.lying_in("inbound") == ["direct2.csv", "x.csv", "y.csv"]


@pytest.mark.parametrize("trigger", ["x.csv.done", "x.done", "x.csv.TRG", "x.ctl"])
async def test_a_trigger_file_hands_on_what_it_is_about(open_place: Callable[..., Place], trigger: str) -> None:
    place = open_place(completion=Completion("trigger"))
    async with await place.log_in() as client:
        await client.put("/inbound/x.csv", b"a,b")
        await client.put("/inbound/other.csv", b"c,d")
        assert place.waiting() == []
        await client.put(f"/inbound/{trigger}", b"")

    assert place.waiting() == ["x.csv"]
    assert place.arrivals()[0].trigger == f"/inbound/{trigger}"
    place.archive_all()
    assert place.lying_in("archive") == sorted(["x.csv", trigger])
    assert place.lying_in("inbound") == ["other.csv"]


async def test_a_trigger_that_comes_first_waits_for_its_file(open_place: Callable[..., Place]) -> None:
    place = open_place(completion=Completion("trigger"))
    async with await place.log_in() as client:
        await client.put("/inbound/x.csv.done", b"")
        assert place.waiting() == []
        handle = await client.open("/inbound/x.csv", NEW)
        await client.ask(Write(handle, 0, b"half"))
        assert place.waiting() == []
        await client.ask(Close(handle))

    assert place.waiting() == ["x.csv"]


async def test_a_trigger_is_used_up_by_its_file(open_place: Callable[..., Place]) -> None:
    place = open_place(completion=Completion("trigger"))
    await place.put("/inbound/x.csv", b"one")
    await place.put("/inbound/x.done", b"")
    place.archive_all()
    await place.put("/inbound/x.csv", b"two")

    assert place.waiting() == []


async def test_a_trigger_does_not_speak_for_what_comes_in_place_of_its_file(open_place: Callable[..., Place]) -> None:
    place = open_place(completion=Completion("trigger"))
    await place.put("/inbound/x.csv", b"one")
    await place.put("/inbound/x.done", b"")
    await place.put("/inbound/x.csv", b"two")

    assert place.waiting() == []


async def test_a_trigger_does_not_speak_for_half_a_file(open_place: Callable[..., Place]) -> None:
    place = open_place(completion=Completion("trigger"))
    client = await place.log_in()
    handle = await client.open("/inbound/x.csv", NEW)
    await client.ask(Write(handle, 0, b"half"))
    client.hang_up()
    await place.put("/inbound/x.csv.done", b"")

    assert place.waiting() == []


@pytest.mark.parametrize("by", ["close", "rename"])
async def test_without_that_rule_a_trigger_file_is_a_file_like_any_other(
    open_place: Callable[..., Place], by: By
) -> None:
    place = open_place(completion=Completion(by))
    async with await place.log_in() as client:
        await client.put("/inbound/x.tmp", b"")
        await client.rename("/inbound/x.tmp", "/inbound/x.done")

    assert place.waiting() == ["x.done"]

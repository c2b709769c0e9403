"""The provider's side: take, archive, reject, put out, and hear what the partner does."""

from collections.abc import Callable

import pytest

from crossdock.simulators.channels.sftp.account import Account
from crossdock.simulators.channels.sftp.depot import Depot
from crossdock.simulators.channels.sftp.limits import Limits
from crossdock.simulators.channels.sftp.mailbox import Arrived, Fetched, FileEvent, Moved, NotThere, Removed, Withdrawn
from crossdock.simulators.channels.sftp.provider import GRACE_S
from crossdock.simulators.channels.sftp.request import Attributes, Close, OpenFlags, Read, SetStat, Write
from crossdock.simulators.channels.sftp.status import FileRefused, Status
from crossdock.simulators.channels.sftp.storage import Storage
from crossdock.tests.simulators.sftp.place import PASSWORD, USER, Place


async def test_files_are_taken_in_the_order_in_which_they_were_completed(place: Place) -> None:
    async with await place.log_in() as client:
        first = await client.open("/inbound/a.csv", OpenFlags.WRITE | OpenFlags.CREATE)
        await client.put("/inbound/c.csv", b"c")
        await client.put("/inbound/b.csv", b"b")
        await client.ask(Close(first))

    assert place.waiting() == ["c.csv", "b.csv", "a.csv"]
    assert place.take() == b"c"
    assert place.waiting() == ["b.csv", "a.csv"]


async def test_a_file_is_taken_once(place: Place) -> None:
    await place.put("/inbound/x.csv")
    (arrival,) = place.mailbox.incoming()
    place.mailbox.take(arrival).close()

    with pytest.raises(NotThere):
        place.mailbox.take(arrival)


async def test_what_was_withdrawn_can_not_be_taken(place: Place) -> None:
    await place.put("/inbound/x.csv", b"one")
    (arrival,) = place.mailbox.incoming()
    await place.put("/inbound/x.csv", b"two")

    with pytest.raises(NotThere):
        place.mailbox.take(arrival)
    assert place.take() == b"two"


async def test_only_what_was_taken_is_archived_or_rejected_and_once(place: Place) -> None:
    await place.put("/inbound/x.csv")
    (arrival,) = place.mailbox.incoming()
    for dispose in (place.mailbox.archive, lambda each: place.mailbox.reject(each, "why")):
        with pytest.raises(NotThere):
            dispose(arrival)
    place.mailbox.take(arrival).close()
    place.mailbox.archive(arrival)
    with pytest.raises(NotThere):
        place.mailbox.archive(arrival)

    assert (place.lying_in("inbound"), place.lying_in("archive")) == ([], ["x.csv"])


async def test_a_rejected_file_lies_in_error_with_its_reason(place: Place) -> None:
    await place.put("/inbound/x.csv", b"a;b")
    (arrival,) = place.mailbox.incoming()
    place.mailbox.take(arrival).close()
    place.mailbox.reject(arrival, "row 3: no such item")

    assert place.lying_in("error") == ["x.csv", "x.csv.reason.txt"]
    assert place.content("/error/x.csv.reason.txt") == b"row 3: no such item\n"
    (note,) = place.journal("reject")
    assert (note.kind, note.exchange) == ("note", arrival.exchange)
    assert note.detail["reason"] == "row 3: no such item"
    async with await place.log_in() as client:
        assert await client.get("/error/x.csv") == b"a;b"
        await client.remove("/error/x.csv.reason.txt")


async def test_a_name_that_is_as_long_as_can_be_still_finds_its_place(place: Place) -> None:
    name = "n" * 251 + ".csv"
    for reject in (False, False, True, True):
        await place.put(f"/inbound/{name}")
        (arrival,) = place.mailbox.incoming()
        place.mailbox.take(arrival).close()
        place.mailbox.reject(arrival, "why") if reject else place.mailbox.archive(arrival)

    assert place.lying_in("inbound") == []
    assert len(place.lying_in("archive")) == 2
    assert len(place.lying_in("error")) == 4


async def test_the_partner_can_not_change_what_is_being_processed(place: Place) -> None:
    await place.put("/inbound/x.csv", b"x")
    place.take()
    async with await place.log_in() as client:
        await client.put("/inbound/y.tmp", b"y")
        for attempt in (
            client.put("/inbound/x.csv", b"new"),
            client.remove("/inbound/x.csv"),
            client.rename("/inbound/x.csv", "/inbound/z.csv"),
            client.rename("/inbound/y.tmp", "/inbound/x.csv", replace=True),
        ):
            with pytest.raises(FileRefused) as refused:
                await attempt
            assert refused.value.status is Status.FAILURE
        assert await client.get("/inbound/x.csv") == b"x"


async def test_what_was_to_replace_a_file_in_process_still_waits(place: Place) -> None:
    await place.put("/inbound/x.csv", b"x")
    place.take()
    async with await place.log_in() as client:
        await client.put("/inbound/y.csv", b"y")
        with pytest.raises(FileRefused):
            await client.rename("/inbound/y.csv", "/inbound/x.csv", replace=True)

    assert place.waiting() == ["y.csv"]


async def test_a_file_stays_to_be_seen_while_its_sender_is_connected_and_the_grace_lasts(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/x.csv", b"abc")
        place.archive_all()
        assert (await client.stat("/inbound/x.csv")).octets == 3
        assert await client.names("/inbound") == ["x.csv"]
        await client.ask(SetStat(b"/inbound/x.csv", Attributes(times=(5, 5))))
        place.advance(GRACE_S - 0.1)
        assert (await client.stat("/inbound/x.csv")).octets == 3
        place.advance(0.2)
        assert await client.names("/inbound") == []
        assert await client.names("/archive") == ["x.csv"]


async def test_it_goes_at_once_when_its_sender_leaves(place: Place) -> None:
    async with await place.log_in() as client, await place.log_in():
        await client.put("/inbound/x.csv", b"abc")
        place.archive_all()
        client.hang_up()
        assert place.lying_in("inbound") == []


async def test_it_goes_at_once_when_it_is_processed_late(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/x.csv", b"abc")
        place.advance(GRACE_S + 1)
        place.archive_all()
        assert place.lying_in("inbound") == []


async def test_within_the_grace_a_change_finds_that_the_file_is_gone(place: Place) -> None:
    async with await place.log_in() as client:
        for name in ("a", "b", "c"):
            await client.put(f"/inbound/{name}", b"old")
        place.archive_all()
        for attempt in (client.remove("/inbound/a"), client.rename("/inbound/b", "/inbound/z")):
            with pytest.raises(FileRefused) as refused:
                await attempt
            assert refused.value.status is Status.NO_SUCH_FILE
        await client.put("/inbound/c", b"new")
        place.archive_all()

    assert place.lying_in("archive") == ["a", "b", "c", "c.1"]
    assert (place.content("/archive/c"), place.content("/archive/c.1")) == (b"old", b"new")
    assert not [event for event in place.events if isinstance(event, Withdrawn)]


async def test_within_the_grace_the_name_is_free_for_a_plain_rename(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/x.csv", b"old")
        place.archive_all()
        await client.put("/inbound/x.tmp", b"new")
        await client.rename("/inbound/x.tmp", "/inbound/x.csv")
        assert place.waiting() == ["x.csv"]


async def test_what_is_put_out_is_there_whole_and_told_when_it_is_fetched(place: Place) -> None:
    exchange = place.mailbox.deposit("945.edi", b"ISA*", order_id="CO-1", correlation="c-1")
    async with await place.log_in() as client:
        assert await client.names("/outbound") == ["945.edi"]
        assert await client.get("/outbound/945.edi") == b"ISA*"
        await client.rename("/outbound/945.edi", "/archive/945.edi")

    assert place.events == [
        Fetched("/outbound/945.edi", "layer", 4, whole=True),
        Moved("/outbound/945.edi", "/archive/945.edi", "layer"),
    ]
    begun, ended = place.journal("deposit")
    assert (begun.seq, begun.kind, begun.order_id, begun.correlation) == (exchange, "invoke", "CO-1", "c-1")
    assert (ended.kind, ended.exchange, ended.order_id, ended.detail["by"]) == ("ok", exchange, "CO-1", "download")
    assert place.last("download")["deposit"] == exchange


async def test_half_of_it_is_not_fetched(place: Place) -> None:
    place.mailbox.deposit("945.edi", b"ISA*")
    async with await place.log_in() as client:
        handle = await client.open("/outbound/945.edi", OpenFlags.READ)
        await client.ask(Read(handle, 0, 2))
        await client.ask(Close(handle))
        await client.remove("/outbound/945.edi")

    assert place.events == [
        Fetched("/outbound/945.edi", "layer", 4, whole=False),
        Removed("/outbound/945.edi", "layer"),
    ]
    assert place.outline("download") == ["invoke", "fail"]
    assert place.outline("deposit") == ["invoke", "info"], "whether the partner has it, nobody knows"


async def test_who_hangs_up_before_closing_may_have_it_all(place: Place) -> None:
    place.mailbox.deposit("945.edi", b"ISA*")
    client = await place.log_in()
    await client.ask(Read(await client.open("/outbound/945.edi", OpenFlags.READ), 0, 100))
    client.hang_up()

    assert place.outline("download") == ["invoke", "info"]
    assert place.outline("deposit") == ["invoke"]
    assert place.events == [Fetched("/outbound/945.edi", "layer", 4, whole=False)]


async def test_what_nobody_fetches_stays_open(place: Place) -> None:
    place.mailbox.deposit("945.edi", b"ISA*")

    assert place.outline("deposit") == ["invoke"]


def test_a_name_is_put_out_once_unless_it_is_meant_to_be_replaced(place: Place) -> None:
    place.mailbox.deposit("945.edi", b"one")
    with pytest.raises(FileRefused):
        place.mailbox.deposit("945.edi", b"two")
    assert place.content("/outbound/945.edi") == b"one"
    place.mailbox.deposit("945.edi", b"two", replace=True)

    assert place.content("/outbound/945.edi") == b"two"
    assert place.lying_in("outbound") == ["945.edi"]


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../x", "a\nb", "n" * 256])
def test_what_is_no_name_is_not_put_out(place: Place, name: str) -> None:
    with pytest.raises(FileRefused):
        place.mailbox.deposit(name, b"x")

    assert place.lying_in("outbound") == []


def test_the_provider_has_the_same_room_as_the_partner(open_place: Callable[..., Place]) -> None:
    place = open_place(limits=Limits(quota_octets=100, files=2))
    place.mailbox.deposit("a", b"x" * 60)
    with pytest.raises(FileRefused, match="quota"):
        place.mailbox.deposit("b", b"x" * 60)
    place.mailbox.deposit("b", b"x" * 40)
    with pytest.raises(FileRefused, match="2 files"):
        place.mailbox.deposit("c", b"")

    assert place.lying_in("outbound") == ["a", "b"]


async def test_a_listener_that_makes_a_mistake_is_told_of_and_harms_nobody(place: Place) -> None:
    heard: list[FileEvent] = []

    def broken(event: FileEvent) -> None:
        raise ZeroDivisionError("a mistake")

    place.mailbox.listen(broken)
    place.mailbox.listen(heard.append)
    await place.put("/inbound/x.csv")

    assert [type(event) for event in heard] == [Arrived]
    assert place.world.errors == ["west, Arrived of layer: ZeroDivisionError: a mistake"]
    place.world.errors.clear()


async def test_a_listener_may_take_answer_and_archive_at_once(place: Place) -> None:
    def answer(event: FileEvent) -> None:
        if isinstance(event, Arrived):
            place.mailbox.take(event.arrival).close()
            place.mailbox.archive(event.arrival)
            place.mailbox.deposit(f"997_{event.arrival.number}.edi", b"ISA*")

    place.mailbox.listen(answer)
    async with await place.log_in() as client:
        await client.put("/inbound/940.tmp", b"ISA*")
        await client.rename("/inbound/940.tmp", "/inbound/940.edi")
        assert await client.names("/outbound") == ["997_1.edi"]


async def test_busy_says_what_is_still_going_on(place: Place) -> None:
    assert place.depot.busy() is None
    async with await place.log_in() as client:
        handle = await client.open("/inbound/x.csv", OpenFlags.WRITE | OpenFlags.CREATE)
        assert place.depot.busy() == "1 files are being written by layer"
        await client.ask(Write(handle, 0, b"x"))
        await client.ask(Close(handle))
        assert place.depot.busy() == "1 files of layer wait to be taken"
        place.archive_all()
        assert place.depot.busy() is None, "what only stays to be seen is done with"


async def test_a_server_that_starts_again_finds_what_arrived_and_not_what_was_half_written(
    place: Place, storage: Storage
) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/b.csv", b"b")
        place.advance(10)
        await client.put("/inbound/a.csv", b"a")
        await client.put("/inbound/c.tmp", b"c")
        await client.ask(Write(await client.open("/inbound/d.csv", OpenFlags.WRITE | OpenFlags.CREATE), 0, b"half"))
        client.hang_up("the machine went down")
    again = Depot(place.world, "west").add(Account(USER, password=PASSWORD), storage)

    assert [(each.name, each.octets) for each in again.incoming()] == [("b.csv", 1), ("a.csv", 1)]
    with again.take(again.incoming()[1]) as stream:
        assert stream.read() == b"a"


async def test_closing_puts_away_what_is_done_with(place: Place) -> None:
    async with await place.log_in() as client:
        await client.put("/inbound/x.csv", b"x")
        place.archive_all()
        assert place.lying_in("inbound") == ["x.csv"]
        place.depot.close()
        assert (place.lying_in("inbound"), place.lying_in("archive")) == ([], ["x.csv"])

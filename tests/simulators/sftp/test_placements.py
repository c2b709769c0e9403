"""What faults make of a file that the provider puts out: twice, late, never, empty, half, again."""

from collections.abc import Callable

from crossdock.simulators.channels.sftp.interference import NoFileInterference, Placement, Placements
from crossdock.simulators.channels.sftp.limits import Limits
from crossdock.tests.simulators.sftp.fault import Fault, strike
from crossdock.tests.simulators.sftp.place import Place


def put_out(place: Place, *placements: Placement) -> None:
    strike(place, Fault("deposit", plan=Placements("misplaced", placements)))
    place.mailbox.deposit("945.edi", b"ISA*00*")


def test_a_file_is_put_out_twice_under_two_names(place: Place) -> None:
    put_out(place, Placement(), Placement(name="945_copy.edi"))

    assert place.lying_in("outbound") == ["945.edi", "945_copy.edi"]
    assert place.content("/outbound/945_copy.edi") == b"ISA*00*"
    assert [entry.detail for entry in place.journal("misplaced")][1]["name"] == "945_copy.edi"


def test_a_file_is_late(place: Place) -> None:
    put_out(place, Placement(after=30.0))
    assert place.lying_in("outbound") == []
    assert place.depot.busy() == "1 files for layer are still to appear"
    place.advance(30)

    assert place.lying_in("outbound") == ["945.edi"]
    assert place.depot.busy() is None


def test_a_file_never_comes(place: Place) -> None:
    put_out(place)
    place.advance(86_400)

    assert place.lying_in("outbound") == []
    assert place.outline("misplaced") == ["fault"]


def test_a_file_comes_empty(place: Place) -> None:
    put_out(place, Placement(octets=0))

    assert place.content("/outbound/945.edi") == b""


async def test_a_file_has_its_name_before_it_is_whole(place: Place) -> None:
    put_out(place, Placement(octets=3, rest_after=2.0))
    async with await place.log_in() as client:
        assert await client.get("/outbound/945.edi") == b"ISA"
        assert place.outline("deposit") == ["invoke"], "half of it is not what was put out"
        place.advance(2)
        assert await client.get("/outbound/945.edi") == b"ISA*00*"

    assert place.outline("deposit") == ["invoke", "ok"]


async def test_half_a_file_that_was_removed_gets_no_rest(place: Place) -> None:
    put_out(place, Placement(octets=3, rest_after=2.0))
    async with await place.log_in() as client:
        await client.remove("/outbound/945.edi")
        place.advance(2)

    assert place.lying_in("outbound") == []


async def test_an_archived_file_is_put_out_again(place: Place) -> None:
    put_out(place, Placement(), Placement(after=60.0))
    async with await place.log_in() as client:
        await client.get("/outbound/945.edi")
        await client.rename("/outbound/945.edi", "/archive/945.edi")
        place.advance(60)
        assert await client.get("/outbound/945.edi") == b"ISA*00*"


def test_what_does_not_fit_when_its_time_comes_is_reported(open_place: Callable[..., Place]) -> None:
    place = open_place(limits=Limits(quota_octets=10))
    put_out(place, Placement(after=1.0))
    place.depot.set_interference(NoFileInterference())
    place.mailbox.deposit("large.edi", b"x" * 10)
    place.advance(1)

    assert place.lying_in("outbound") == ["large.edi"]
    (told,) = place.world.errors
    assert "quota" in told
    place.world.errors.clear()

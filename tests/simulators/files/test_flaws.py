"""What the journal says of a file that can't be used, and of what is to be acknowledged."""

from __future__ import annotations

import pytest

from crossdock.simulators.journal import Entry
from crossdock.tests.simulators.files.correspondent import REQUEST, Correspondent

FLAWS_OF_X12 = {
    "a set that breaks the guide": ({"*EA*": "*XX*"}, "bad-form"),
    "a wrong number of segments": ({"SE*": "SE*9"}, "bad-form"),
    "a wrong number of sets": ({"GE*1*": "GE*7*"}, "bad-form"),
    "another receiver": ({"*ZZ*WEST           *": "*ZZ*EAST           *"}, "not-for-us"),
    "another sender": ({"*ZZ*CROSSDOCK      *ZZ": "*ZZ*SOMEBODY       *ZZ"}, "not-from-partner"),
    "a test": ({"*0*P*>": "*0*T*>"}, "wrong-usage"),
}
FLAWS_OF_CSV = {
    "a row that breaks the layout": ({",10,EA,": ",1x,EA,"}, "bad-form"),
    "a wrong total": ({"TRL,1,10,": "TRL,1,11,"}, "bad-form"),
    "another receiver": ({",CROSSDOCK,WEST,": ",CROSSDOCK,EAST,"}, "not-for-us"),
    "another sender": ({",CROSSDOCK,WEST,": ",SOMEBODY,WEST,"}, "not-from-partner"),
}


def flaws(by: Correspondent) -> list[Entry]:
    return [entry for entry in by.entries if entry.name == "unusable" and entry.kind == "fail"]


@pytest.mark.parametrize("what", FLAWS_OF_X12)
async def test_what_is_wrong_with_an_interchange_is_told_with_the_order_that_it_is_about(
    what: str, by_x12: Correspondent
) -> None:
    instead, flaw = FLAWS_OF_X12[what]
    by_x12.world.lineage.learn(REQUEST["fulfilmentId"], "CO-1")
    await by_x12.send(by_x12.paper.request(REQUEST, "N"), **instead)

    (entry,) = flaws(by_x12)
    assert (entry.detail["flaw"], entry.order_id) == (flaw, "CO-1")
    assert len(entry.detail["sha256"]) == 64


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ({"*10*EA*": "*10*EACH*"}, "W0102 is 'EACH', which is too long: it has exactly 2"),
        ({"SE*": "SE*9"}, "number of segments does not match: SE01 is"),
    ],
)
async def test_what_is_wrong_with_a_set_is_told_in_words_that_say_what_to_mend(
    instead: dict[str, str], says: str, by_x12: Correspondent
) -> None:
    await by_x12.send(by_x12.paper.request(REQUEST, "N"), **instead)

    (entry,) = flaws(by_x12)
    assert says in entry.detail["problem"]


@pytest.mark.parametrize("what", FLAWS_OF_CSV)
async def test_what_is_wrong_with_a_csv_file_is_told_with_the_order_that_it_is_about(
    what: str, by_csv: Correspondent
) -> None:
    instead, flaw = FLAWS_OF_CSV[what]
    by_csv.world.lineage.learn(REQUEST["fulfilmentId"], "CO-1")
    await by_csv.send(by_csv.paper.request(REQUEST, "N"), **instead)

    entry = flaws(by_csv)[0]
    assert entry.detail["flaw"] == flaw
    assert entry.order_id == "CO-1"


async def test_what_is_no_file_of_the_format_is_told_of_no_order(by_csv: Correspondent, by_x12: Correspondent) -> None:
    for by in (by_csv, by_x12):
        await by.put("holiday.jpg", b"\xff\xd8\xff\xe0 not what was agreed")
        assert [(entry.detail["flaw"], entry.order_id) for entry in flaws(by)] == [("unreadable", "")]


async def test_a_number_that_was_used_for_something_else_is_told_from_the_same_file_again(
    by_csv: Correspondent, by_x12: Correspondent
) -> None:
    other = {**REQUEST, "fulfilmentId": "FF-T1-000002"}
    for by, again in ((by_csv, "repeated"), (by_x12, "number-used")):
        await by.request()
        by.numbers.clear()
        await by.send(by.paper.request(REQUEST, "N"))
        by.numbers.clear()
        await by.send(by.paper.request(other, "N"))
        assert [entry.detail["flaw"] for entry in flaws(by)] == [again, "number-used"]
    same, changed = [entry.detail["sha256"] for entry in flaws(by_x12)]
    first = next(entry for entry in by_x12.entries if entry.kind == "note" and entry.name == "file")
    assert first.detail["sha256"] == same != changed, "the digest tells which is which"


async def test_the_rest_of_a_torn_request_is_told_as_such(by_csv: Correspondent) -> None:
    lines = [{"lineId": number, "sku": "SKU-1", "quantity": {"value": "3", "uom": "EA"}} for number in ("1", "2")]
    await by_csv.send(by_csv.paper.request({**REQUEST, "lines": lines}, "N"), **{",2,SKU-1,": ",2,,"})

    assert {entry.detail["flaw"] for entry in flaws(by_csv)} == {"bad-form", "torn"}


async def test_a_group_that_was_fetched_is_told_with_its_number_once(by_x12: Correspondent) -> None:
    by_x12.world.lineage.learn("CO-1", "CO-1")
    await by_x12.request()
    by_x12.west.set(daily_capacity=0)
    await by_x12.send(by_x12.paper.request({**REQUEST, "fulfilmentId": "FF-2"}, "N"))
    await by_x12.files()
    await by_x12.files()

    fetched = [entry for entry in by_x12.entries if entry.name == "fetched"]
    assert [(entry.detail["functionalId"], entry.order_id) for entry in fetched] == [("AG", "CO-1")]
    name = fetched[0].detail["file"]
    assert f"*{fetched[0].detail['controlNumber']}*" in (await by_x12.files())[name].decode(), "it is GS06"

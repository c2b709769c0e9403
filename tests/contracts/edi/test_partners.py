"""What trading partners bring along: how they write is read, what only their guide forbids is said to be its rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.contracts.documents import load
from crossdock.contracts.edi import Guides, InterchangeEnd, TransactionSet, load_guide, read, standard_guides
from crossdock.contracts.edi.dictionary import dictionary
from crossdock.contracts.edi.explanation import explained, set_lines
from crossdock.tests.contracts.edi.messages import ORDER, SHIPMENT, events, group_result, sets
from crossdock.tests.contracts.edi.partners import (
    PURCHASE_ORDER,
    PURCHASE_ORDER_GUIDE,
    RIGHT,
)


def written(folder: Path, text: str) -> Guides:
    (folder / "guide.yaml").write_text(text, "utf-8")
    return Guides([*standard_guides(), load_guide(str(folder / "guide.yaml"))])


def judged(text: str, guides: Guides) -> TransactionSet:
    """The only set of it."""
    (found,) = [one for one in read(text.encode(), guides) if isinstance(one, TransactionSet)]
    return found


@pytest.mark.parametrize("name", RIGHT)
def test_what_the_standard_allows_is_accepted(name: str) -> None:
    found = events(RIGHT[name])

    assert [one.result.code for one in sets(RIGHT[name])] == ["A"], list(explained(iter(found)))
    assert [one.result.code for one in found if isinstance(one, InterchangeEnd)] == ["A"]


def test_an_interchange_of_a_release_that_there_is_no_guide_for_is_read_all_the_same() -> None:
    text = SHIPMENT.replace("*U*00401*", "*^*00501*").replace("*X*004010", "*X*005010")
    (found,) = sets(text)

    assert (found.guide, len(found.segments)) == (None, SHIPMENT.count("\n") - 4)
    assert group_result(text).problem == "there is no guide of version '005010'"
    assert list(set_lines(found)) == [
        (
            "Set 945 0001 Warehouse Shipping Advice (segment 3 of the file): not judged, for there is no guide; "
            "`--guide FILE` names one"
        ),
        "  its number of segments and its control number are right; nothing else was checked",
        "  there is no guide for set '945' in version '005010' from ZZ/WAREHOUSEB to ZZ/DEPOSITOR",
    ]


def test_a_set_without_a_guide_is_explained_as_far_as_it_is_known() -> None:
    lines = list(explained(iter(events(PURCHASE_ORDER))))

    assert "   2 BEG  Beginning Segment for Purchase Order" in lines
    assert "       03 PO-7781" in lines
    assert "       02 Currency Code: USD" in lines
    assert "  there is no guide for a set of group 'PO'" in lines


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("SE*", "REF*ZZ*1~\nSE*", "number of segments does not match: SE01 is '{count}', there are {more}"),
        (
            "SE*{count}*0001",
            "SE*{count}*0002",
            "control numbers of header and trailer differ: ST02 is '0001', SE02 '0002'",
        ),
        ("BEG*", "XYZ*1~\nBEG*", "number of segments does not match: SE01 is '{count}', there are {more}"),
    ],
)
def test_the_envelope_of_a_set_without_a_guide_is_checked(old: str, new: str, said: str) -> None:
    count = PURCHASE_ORDER.count("\n") - 4
    told = {"count": count, "more": count + 1}
    (found,) = sets(PURCHASE_ORDER.replace(old.format(**told), new.format(**told)))
    lines = list(set_lines(found))

    assert "  " + said.format(**told) in lines
    assert not any("are right" in line for line in lines)


def test_what_nobody_has_a_name_for_is_shown_as_it_stands() -> None:
    lines = list(explained(iter(events(PURCHASE_ORDER.replace("BEG*", "XYZ*1~\nBEG*")))))

    assert "   2 XYZ  (a segment that no guide here knows)" in lines


def test_no_name_contradicts_a_guide() -> None:
    names = load("x12/names.yaml")["names"]

    assert {guide.set_id: guide.name for guide in standard_guides()}.items() <= names["sets"].items()
    assert names["segments"].keys() & dictionary("004010").segments.keys() == set()


def test_a_guide_may_bring_segments_and_elements_of_its_own(tmp_path: Path) -> None:
    guides = written(tmp_path, PURCHASE_ORDER_GUIDE)
    wrong = judged(PURCHASE_ORDER.replace("*SA*", "*XX*"), guides)

    assert judged(PURCHASE_ORDER, guides).result.code == "A"
    assert list(set_lines(wrong))[1:] == ["  segment 2, BEG: BEG02 is 'XX', which is none of its codes (SA) (AK403 7)"]


def test_a_guide_may_be_of_another_release_than_the_set_that_it_is_based_on(tmp_path: Path) -> None:
    guides = written(tmp_path, 'x12: 1\nbased_on: 004010/945\nversion: "005010"\nname: Shipments in 5010\n')
    text = SHIPMENT.replace("*U*00401*", "*^*00501*").replace("*X*004010", "*X*005010")

    assert judged(text, guides).result.code == "A"


def test_what_only_a_partner_forbids_is_told_as_its_rule(tmp_path: Path) -> None:
    guides = written(
        tmp_path,
        "x12: 1\nbased_on: 004010/940\nname: Orders for warehouse B\nonly_listed_codes: true\n"
        "restrict:\n  - {segment: W66, forbidden: true}\n",
    )
    text = ORDER.replace("N9*DP*WEB", "N9*IN*WEB").replace("G62*02*20260306", "G62*02*20260231")
    lines = list(set_lines(judged(text, guides)))[1:]
    theirs = {line.split(" (")[0].strip(): "rule of the guide" in line for line in lines}

    assert theirs == {
        "segment 10, N9: N901 is 'IN', which is none of its codes": True,
        "segment 12, G62: G6202 is '20260231', which is no date": False,
        "segment 15, W66 is no segment of this set": True,
    }


def test_a_party_that_stands_too_far_down_is_told_once_and_not_again_for_its_address() -> None:
    start, end = ORDER.index("N1*DE"), ORDER.index("N9*CO")
    parties = ORDER[start:end]
    moved = ORDER.replace(parties, "").replace("LX*1~", f"{parties}LX*1~", 1)
    (found,) = sets(moved)

    assert {(error.segment, error.code, error.loop) for error in found.result.segments} == {("N1", "7", "0100")}


def test_a_group_header_says_which_of_its_elements_is_wrong() -> None:
    told = "GS02 (Application Sender's Code) is 'D', which is no AN of 2 to 15 characters"

    assert group_result(ORDER.replace("GS*OW*DEPOSITOR*", "GS*OW*D*")).problem == told


def test_small_letters_and_other_encodings_are_called_by_their_name() -> None:
    small = "\n".join(explained(iter(events(SHIPMENT.replace("W06*F", "w06*F")))))
    latin = "\n".join(explained(iter(events(SHIPMENT.replace("DANA", "JOSÉ").encode("latin-1")))))

    assert "is no segment that this guide knows: write it in capitals" in small
    assert "which is no UTF-8: another encoding, perhaps Windows-1252" in latin

"""What the layer makes of CSV files that are not as agreed: the simulators' own tests read the good ones."""

from __future__ import annotations

import pytest

from crossdock.examples.reference_layer.csv_paper import CsvPaper
from crossdock.examples.reference_layer.paper import Incomplete, Unreadable

PAPER = CsvPaper("regional", "CROSSDOCK", "REGIONAL")
FILE = (
    "HDR,tracking,REGIONAL,CROSSDOCK,7,2026-03-02T08:00:00Z,1\r\n"
    "tracking_no,shipment_id,customer_order_no,milestone,occurred_at,sequence\r\n"
    "TRK-1,SHP-1,CO-1,DLV,2026-03-02T07:00:00Z,3\r\n"
    "TRK-22,SHP-1,CO-1,TRN,2026-03-02T07:30:00Z,2\r\n"
    "TRL,2,23\r\n"
)


def test_a_good_file_is_understood_with_its_number() -> None:
    found = PAPER.read("t.csv", FILE.encode())
    assert [(told.data["trackingNumber"], told.data["code"]) for told in found.told] == [
        ("TRK-1", "delivered"),
        ("TRK-22", "in_transit"),
    ]
    assert (found.series, found.number) == ("tracking", 7)
    assert found.rejected == []


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("TRL,2,23", "TRL,3,23"),
        ("TRL,2,23", "TRL,2,24"),
        ("REGIONAL,CROSSDOCK", "REGIONAL,OTHERSHOP"),
        ("REGIONAL,CROSSDOCK", "NORTH,CROSSDOCK"),
        (",7,2026", ",seven,2026"),
        ("HDR", "XXX"),
    ],
)
def test_a_file_that_does_not_add_up_or_is_not_ours_is_not_acted_upon(there: str, instead: str) -> None:
    with pytest.raises(Unreadable):
        PAPER.read("t.csv", FILE.replace(there, instead).encode())


def test_a_file_without_its_end_may_still_be_written() -> None:
    with pytest.raises(Incomplete):
        PAPER.read("t.csv", FILE.partition("TRL")[0].encode())


@pytest.mark.parametrize(
    ("there", "instead"),
    [("DLV", "ZQ"), (",3\r\n", ",three\r\n"), ("DLV", "DLV,Boston")],
    ids=["an unknown code", "no number", "a cell too many"],
)
def test_a_row_that_can_not_be_used_costs_itself(there: str, instead: str) -> None:
    found = PAPER.read("t.csv", FILE.replace(there, instead, 1).encode())
    assert [told.data["trackingNumber"] for told in found.told] == ["TRK-22"]
    assert len(found.rejected) == 1


def test_an_error_file_refuses_the_document_that_it_names() -> None:
    file = (
        "HDR,error_file,REGIONAL,CROSSDOCK,1,2026-03-02T08:00:00Z,1\r\nfile,type,row,reason\r\n"
        "pick_request_CROSSDOCK_20260302_080000_000012.csv,,,it could not be read\r\n"
        "somebody_elses.csv,,,what is this\r\nTRL,2,0\r\n"
    )
    found = PAPER.read("e.csv", file.encode())
    (verdict,) = found.verdicts
    assert (verdict.series, verdict.number, verdict.accepted) == ("pick_request", 12, False)
    assert found.rejected == ["e.csv: somebody_elses.csv: what is this"]


def test_letters_in_another_encoding_are_not_guessed() -> None:
    with pytest.raises(Unreadable):
        PAPER.read("t.csv", FILE.replace("SHP-1", "SHP-ü").encode("windows-1252"))


@pytest.mark.parametrize("written", [FILE.replace("\r\n", "\n"), f"\ufeff{FILE}", FILE.replace("DLV", '"DLV"')])
def test_other_ways_to_write_the_same_are_read(written: str) -> None:
    assert len(PAPER.read("t.csv", written.encode()).told) == 2

"""Mistakes that stand in public samples: each must be found, at the right place."""

from __future__ import annotations

import pytest

from crossdock.tests.contracts.edi.messages import (
    ORDER,
    SHIPMENT,
    group_result,
    interchange_result,
    set_result,
    wrapped,
)


def test_a_943_goes_in_a_group_ar_and_not_wa() -> None:
    assert group_result(wrapped("ST*943*0001~SE*2*0001~", "WA")).errors == ("1",)


def test_w12_begins_with_the_status() -> None:
    result = set_result(SHIPMENT.replace("W12*CP*10*7*3*EA**VN*SKU-RED*LOT2409", "W12*SKU-RED*10*EA"))

    (error,) = result.segments
    assert [(part.position, part.code) for part in error.elements] == [(1, "5"), (3, "6"), (6, "2")]


def test_w06_has_its_date_in_the_third_element_and_a_shipment_number_in_the_fourth() -> None:
    result = set_result(SHIPMENT.replace("W06*F*FR-100045*20260302*SHP-900312", "W06*F*FR-100045*SHP-900312*20260302"))

    (error,) = result.segments
    assert [(part.position, part.number, part.code) for part in error.elements] == [(3, "373", "8")]


@pytest.mark.parametrize("segment", ["W04*10*EA**VN*SKU-RED", "W14*10"])
def test_a_945_has_no_segments_of_the_943_and_944(segment: str) -> None:
    result = set_result(SHIPMENT.replace("W03*11", f"{segment}~\nW03*11").replace("SE*25", "SE*26"))

    assert [(error.segment, error.code) for error in result.segments] == [(segment[:3], "6")]


def test_the_number_of_iea_has_no_blanks_behind_it() -> None:
    assert interchange_result(ORDER.replace("IEA*1*000000101", "IEA*1*000000101   ")).notes == ("001",)


def test_se01_counts_st_and_se() -> None:
    assert set_result(ORDER.replace("SE*25*", "SE*23*")).errors == ("4",)


def test_cs_is_a_cassette_and_so_a_legal_unit_that_means_something_else() -> None:
    assert set_result(ORDER.replace("W01*10*EA", "W01*10*CS")).code == "A"

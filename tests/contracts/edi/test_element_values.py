"""Values of elements: what is wrong with them, and that the quick look never lets anything wrong pass."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.contracts.edi.data_types import has_trailing_spaces, quick_pattern, value_error
from crossdock.contracts.edi.guide import Characters, Element
from crossdock.contracts.edi.segment_check import SegmentCheck
from crossdock.contracts.edi.separators import USUAL, Separators
from crossdock.tests.contracts.edi.generated import SETS, guide_of


def element(kind: str, shortest: int = 1, longest: int = 6, *codes: str) -> Element:
    return Element("1", "One", kind, shortest, longest, dict.fromkeys(codes, "") if codes else None)


@pytest.mark.parametrize(
    ("kind", "lengths", "value", "code"),
    [
        ("N0", (1, 3), "-123", ""),
        ("N0", (1, 3), "1234", "5"),
        ("N0", (2, 3), "-1", "4"),
        ("N0", (1, 3), "1.0", "6"),
        ("N0", (1, 3), "1 ", "6"),
        ("N0", (1, 3), "٣", "6"),
        ("N2", (1, 6), "12345", ""),
        ("R", (1, 3), "-12.5", ""),
        ("R", (1, 3), ".5", ""),
        ("R", (1, 3), "5.", "6"),
        ("R", (1, 3), "+5", "6"),
        ("R", (1, 3), "1,5", "6"),
        ("R", (1, 3), "1e5", "6"),
        ("R", (1, 3), "12.34", "5"),
        ("R", (1, 3), ".", "6"),
        ("DT", (8, 8), "20240229", ""),
        ("DT", (8, 8), "20230229", "8"),
        ("DT", (8, 8), "20231301", "8"),
        ("DT", (8, 8), "00000101", "8"),
        ("DT", (8, 8), "2023010", "4"),
        ("DT", (8, 8), "202301011", "5"),
        ("DT", (8, 8), "2023-1-1", "8"),
        ("DT", (6, 6), "240229", ""),
        ("DT", (6, 6), "230229", "8"),
        ("TM", (4, 8), "2359", ""),
        ("TM", (4, 8), "235959", ""),
        ("TM", (4, 8), "23595999", ""),
        ("TM", (4, 8), "2400", "9"),
        ("TM", (4, 8), "2360", "9"),
        ("TM", (4, 8), "235960", "9"),
        ("TM", (4, 8), "23595", "9"),
        ("TM", (4, 8), "235", "4"),
        ("TM", (4, 8), "23:59", "9"),
        ("AN", (1, 3), "a b", ""),
        ("AN", (2, 3), "a", "4"),
        ("AN", (1, 3), "abcd", "5"),
        ("AN", (1, 3), "   ", "6"),
        ("AN", (1, 3), "a>b", "6"),
        ("AN", (1, 3), "a\tb", "6"),
        ("AN", (1, 3), "é", "6"),
        ("AN", (3, 3), "a  ", ""),
    ],
)
def test_a_value_is_judged_by_its_type(kind: str, lengths: tuple[int, int], value: str, code: str) -> None:
    assert value_error(value, element(kind, *lengths), USUAL, "extended") == code


@pytest.mark.parametrize(
    ("characters", "value", "code"),
    [
        ("basic", "ABC 12", ""),
        ("basic", "abc", "6"),
        ("basic", "A_B", "6"),
        ("extended", "a_b@c", ""),
        ("unicode", "Müller", ""),
        ("unicode", "a\x00b", "6"),
        ("unicode", "a\udcffb", "6"),
    ],
)
def test_text_is_made_of_the_characters_that_the_guide_allows(characters: Characters, value: str, code: str) -> None:
    assert value_error(value, element("AN"), USUAL, characters) == code


def test_a_code_stands_in_the_list() -> None:
    unit = element("ID", 2, 2, "EA", "CA")

    assert [value_error(value, unit, USUAL, "extended") for value in ("EA", "XX", "ea", "E", "EAS")] == [
        "",
        "7",
        "7",
        "4",
        "5",
    ]


SEPARATORS = st.sampled_from([USUAL, Separators("|", "^", "\n"), Separators(".", "-", "'")])
ELEMENTS = st.one_of(
    st.builds(
        lambda kind, low, more: element(kind, low, low + more),
        st.sampled_from(["N0", "N2", "R", "AN", "ID"]),
        st.integers(1, 4),
        st.integers(0, 6),
    ),
    st.sampled_from([element("DT", 8, 8), element("DT", 6, 6), element("TM", 4, 8), element("TM", 4, 4)]),
    st.just(element("ID", 1, 3, "A", "BB", "C*C")),
)
VALUES = st.one_of(
    st.text(max_size=12),
    st.text("0123456789.-", max_size=12),
    st.text("AB *>~|^.-'\n", max_size=6),
    st.dates().map(lambda day: f"{day:%Y%m%d}"),
)


@given(ELEMENTS, VALUES, SEPARATORS, st.sampled_from(["basic", "extended", "unicode"]))
def test_the_quick_look_lets_nothing_pass_that_is_wrong(
    looked_at: Element, value: str, separators: Separators, characters: Characters
) -> None:
    if re.fullmatch(quick_pattern(looked_at, separators, characters), value):
        assert value_error(value, looked_at, separators, characters) == ""
        assert not has_trailing_spaces(value, looked_at)


CHECKS = {
    segment.id: SegmentCheck(segment, USUAL, "extended") for name in SETS for segment in guide_of(name).segments()
}
PARTS = st.sampled_from(
    ["", "", "1", "10", "EA", "VN", "20260301", "0915", "A B", "A ", "TE", "92", "N", "1>2", "é", "-.5"]
)


@given(st.sampled_from(sorted(CHECKS)), st.lists(PARTS, max_size=24))
def test_the_quick_look_at_a_segment_lets_nothing_pass_that_is_wrong(segment_id: str, parts: list[str]) -> None:
    check = CHECKS[segment_id]
    elements = [segment_id, *parts]
    if check.matches("*".join(elements)) and check.notes_hold(elements):
        assert check.errors(elements) == ()
    else:
        # It may look twice at what is right, but only where characters are unusual, or a code is filled up with blanks.
        assert check.errors(elements) or any(not part.isascii() or part.endswith(" ") for part in parts)

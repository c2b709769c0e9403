"""Reading interchanges: what is found in right ones and in wrong ones."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from crossdock.contracts.edi import (
    ElementError,
    GroupEnd,
    InterchangeEnd,
    InterchangeStart,
    Junk,
    Party,
    SegmentError,
    TransactionSet,
    read,
    settled,
    standard_guides,
)
from crossdock.tests.contracts.edi.messages import (
    ACKNOWLEDGMENT,
    ORDER,
    SHIPMENT,
    as_agreed,
    events,
    group_result,
    interchange_result,
    order_set,
    set_result,
    sets,
    wrapped,
)


@pytest.mark.parametrize("text", [ORDER, SHIPMENT, ACKNOWLEDGMENT])
def test_a_right_interchange_is_accepted_throughout(text: str) -> None:
    results = [event.result for event in events(text) if isinstance(event, (TransactionSet, GroupEnd, InterchangeEnd))]

    assert [result.code for result in results] == ["A", "A", "A"]


def test_an_element_is_found_by_segment_number_and_loop() -> None:
    (order,) = sets(ORDER)
    tree = order.tree()

    assert tree.value("W05", 2) == "FR-100045"
    assert [(loop.value("N1", 1), loop.value("N4", 1)) for loop in tree.each("0100")] == [
        ("DE", ""),
        ("WH", ""),
        ("ST", "COLUMBUS"),
    ]
    lines = [(line.value("W01", 7), line.value("W01", 1), line.qualified("N9", "LI")) for line in tree.each("0310")]
    assert lines == [("036000291452", "10", "1"), ("042100005264", "4", "2")]
    assert tree.qualified("G62", "02") == "20260306"


def test_the_header_is_told_without_the_spaces_that_fill_it_up() -> None:
    start = next(event for event in events(ORDER) if isinstance(event, InterchangeStart))

    assert (start.header.sender, start.header.receiver) == (Party("ZZ", "DEPOSITOR"), Party("ZZ", "WAREHOUSEB"))
    assert (start.header.control_number, start.header.usage) == ("000000101", "T")


@pytest.mark.parametrize(
    "source",
    [
        lambda octets: octets,
        bytearray,
        io.BytesIO,
        lambda octets: iter([octets[at : at + 1] for at in range(len(octets))]),
        lambda octets: iter([octets[at : at + 7] for at in range(0, len(octets), 7)]),
    ],
)
def test_octets_come_in_any_pieces(source: Callable[[bytes], bytes]) -> None:
    assert [found.segments for found in sets(source(ORDER.encode()))] == [found.segments for found in sets(ORDER)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("~\n", "~"),
        ("~\n", "\n"),
        ("~\n", "\r\n"),
        ("~\n", "~\r\n"),
        ("~\n", "~\n\n"),
        ("*", "|"),
        (">", ":"),
        ("~", "\x1c"),
    ],
)
def test_any_legal_separators_are_taken_from_the_header(old: str, new: str) -> None:
    assert [found.segments for found in sets(ORDER.replace(old, new))] == [found.segments for found in sets(ORDER)]


def test_several_groups_sets_and_interchanges_are_read_from_one_file() -> None:
    text = wrapped(order_set() + order_set().replace("*0001~", "*0002~")) + "\n\n" + SHIPMENT + ACKNOWLEDGMENT

    assert [(found.set_id, found.control_number, found.result.code) for found in sets(text)] == [
        ("940", "0001", "A"),
        ("940", "0002", "A"),
        ("945", "0001", "A"),
        ("997", "0001", "A"),
    ]


def test_one_bad_set_leaves_the_others_accepted() -> None:
    bad = order_set().replace("W01*10*EA", "W01*TEN*XX").replace("*0001~", "*0002~")
    result = as_agreed(wrapped(order_set() + bad + order_set().replace("*0001~", "*0003~")))

    assert [found.code for found in result.sets] == ["A", "R", "A"]
    assert (result.code, result.included, result.received, result.accepted) == ("P", 3, 3, 2)
    assert result.sets[1].segments == (
        SegmentError(
            "W01",
            17,
            "8",
            loop="0310",
            elements=(
                ElementError(1, "6", number="330", value="TEN"),
                ElementError(2, "7", number="355", value="XX"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "errors"),
    [
        ("W05*N*FR-100045*PO-7781~\n", "", [("W05", 2, "3", "")]),
        ("W05*N", "W05*Q", [("W05", 2, "8", "1/7")]),
        ("W05*N*FR-100045*PO-7781", "W05*N", [("W05", 2, "8", "2/1")]),
        ("LX*1~\nW01", "W01", [("W01", 16, "2", "")]),
        ("W66*PP", "ZZ9*1~\nW66*PP", [("ZZ9", 15, "1", "")]),
        ("W66*PP", "BGN*00~\nW66*PP", [("BGN", 15, "6", "")]),
        ("W66*PP", "W05*N*2~\nW66*PP", [("W05", 15, "7", "")]),
        ("W76*14*12.5*LB", "W76*14*12.5*LB~\nW76*14", [("W76", 25, "5", "")]),
        ("W76*14*12.5*LB", "W76*14*12.5", [("W76", 24, "8", "3/2")]),
        ("G62*10*20260302", "G62*10*20260230", [("G62", 11, "8", "2/8")]),
        ("G62*10*20260302", "G62*10*20260302*1*2500", [("G62", 11, "8", "4/9")]),
        ("N3*18 ORCHARD LANE", "N3*18 ORCHARD\x07LANE", [("N3", 6, "8", "1/6")]),
        ("N3*18 ORCHARD LANE", "N3*18 ORCHARD>LANE", [("N3", 6, "8", "1/6")]),
        ("N4*COLUMBUS*OH", "N4*COLUMBUS*OHIO", [("N4", 7, "8", "2/5")]),
        ("N4*COLUMBUS*OH", "N4*C*OH", [("N4", 7, "8", "1/4")]),
        ("G69*RED MUG", "G69*RED MUG*CUP", [("G69", 18, "8", "2/3")]),
        ("G69*RED MUG", "G69", [("G69", 18, "8", "1/1")]),
        ("W66*PP*U***GROUND*****UPSN", "W66*PP*U***GROUND***P**UPSN", [("W66", 15, "8", "9/2")]),
        ("PER*DC*DANA ROSS*TE*6145550101", "PER*DC*DANA ROSS**6145550101", [("PER", 8, "8", "3/2")]),
        ("W01*10*EA**VN*SKU-RED*UP*036000291452", "W01*-*EA**VN*SKU-RED", [("W01", 17, "8", "1/6")]),
        ("W01*10*EA**VN*SKU-RED*UP*036000291452", "W01*1.0.0*EA**VN*SKU-RED", [("W01", 17, "8", "1/6")]),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(old: str, new: str, errors: list[tuple[str, int, str, str]]) -> None:
    text = ORDER.replace(old, new, 1)
    inside = text[text.index("ST*") : text.index("GE*")].count("~")
    result = set_result(text.replace("SE*25*", f"SE*{inside}*"))

    assert result.errors == ("5",)
    assert [
        (error.segment, error.position, error.code, "".join(f"{part.position}/{part.code}" for part in error.elements))
        for error in result.segments
    ] == errors


def test_superfluous_spaces_and_separators_are_noted_and_reject_nothing() -> None:
    result = group_result(ORDER.replace("N9*DP*WEB", "N9*DP*WEB  ").replace("LX*2", "LX*2**"))

    assert (result.code, result.accepted) == ("E", 1)
    assert [(error.segment, error.noted, error.elements[0].code) for error in result.sets[0].segments] == [
        ("N9", True, "6"),
        ("LX", True, "3"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "errors"),
    [
        ("ST*940*", "ST*999*", ("1",)),
        ("SE*25*0001~\n", "", ("2",)),
        ("SE*25*0001", "SE*25*0002", ("3",)),
        ("SE*25*0001", "SE*23*0001", ("4",)),
        ("SE*25*0001", "SE*XX*0001", ("4", "5")),
        ("GS*OW", "GS*SW", ("6",)),
        ("ST*940*0001", "ST*940*A B", ("3", "5", "7")),
    ],
)
def test_a_set_says_what_is_wrong_with_its_envelope(old: str, new: str, errors: tuple[str, ...]) -> None:
    result = set_result(ORDER.replace(old, new))

    assert (result.code, result.errors) == ("R", errors)


def test_a_control_number_stands_once_in_a_group() -> None:
    assert [found.errors for found in group_result(wrapped(order_set() * 2)).sets] == [(), ("23",)]


@pytest.mark.parametrize(
    ("old", "new", "errors"),
    [
        ("GS*OW", "GS*WA", ("1",)),
        ("*X*004010", "*X*005010", ("2",)),
        ("*X*004010", "*X*", ("1",)),
        ("GE*1*55~\n", "", ("3",)),
        ("GE*1*55", "GE*1*56", ("4",)),
        ("GE*1*55", "GE*2*55", ("5",)),
        ("*0915*55*", "*0915*ABC*", ("6", "4")),
    ],
)
def test_a_group_says_what_is_wrong_with_its_envelope(old: str, new: str, errors: tuple[str, ...]) -> None:
    result = group_result(ORDER.replace(old, new))

    assert (result.code, result.accepted, result.errors) == ("R", 0, errors)


@pytest.mark.parametrize(
    ("old", "new", "code", "note"),
    [
        ("IEA*1*000000101", "IEA*1*000000102", "E", "001"),
        ("IEA*1*000000101", "IEA*1*000000101  ", "E", "001"),
        ("IEA*1*", "IEA*2*", "E", "021"),
        ("IEA*1*000000101~\n", "", "R", "023"),
        ("*U*00401*", "*X*00401*", "R", "016"),
        ("*U*00401*", "*A*00501*", "R", "016"),
        ("*U*00401*", "*>*00501*", "R", "016"),
        ("*U*00401*", "*U*00999*", "R", "017"),
        ("*000000101*0*T", "*00000010A*0*T", "R", "018"),
        ("*0*T*>", "*7*T*>", "E", "019"),
        ("*0*T*>", "*0*X*>", "E", "020"),
        ("*260301*0915*U", "*260231*0915*U", "R", "014"),
        ("*260301*0915*U", "*260301*2515*U", "R", "015"),
        ("ISA*00*", "ISA*99*", "R", "010"),
        ("          *00*          ", "          *77*          ", "R", "012"),
        ("*ZZ*DEPOSITOR ", "*Z?*DEPOSITOR ", "R", "005"),
        ("*ZZ*WAREHOUSEB ", "*Z?*WAREHOUSEB ", "R", "007"),
        ("*ZZ*DEPOSITOR      *", "*ZZ*DEPOSITOR*", "E", "006"),
        ("*ZZ*DEPOSITOR      *", "*ZZ*               *", "E", "006"),
        ("*0*T*>~", "*0*T*A~", "R", "027"),
        ("GS*OW", "W05*N~\nGS*OW", "R", "024"),
        ("GE*1*55~", "GE*1*55~\nGE*1*55~", "R", "022"),
    ],
)
def test_an_interchange_says_what_is_wrong_with_its_envelope(old: str, new: str, code: str, note: str) -> None:
    result = interchange_result(ORDER.replace(old, new))

    assert (result.code, result.note) == (code, note), result.problems
    assert result.problems


def test_a_rejected_header_lets_nothing_of_its_interchange_through() -> None:
    text = ORDER.replace("*U*00401*", "*U*00999*") + SHIPMENT

    assert [found.set_id for found in sets(text)] == ["945"]


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("*U*00401*", "*U*00999*", "017"),
        ("ISA*00*          *00*          *ZZ*DEPOSITOR      *", "ISA*00* *00* *ZZ*DEPOSITOR*", "011"),
    ],
)
def test_a_rejected_interchange_can_be_looked_into_and_acted_upon_by_nobody(old: str, new: str, note: str) -> None:
    text = (ORDER.replace(old, new) + SHIPMENT).encode()
    looked = list(read(text, standard_guides(), look_into_rejected=True))

    assert [event.set_id for event in looked if isinstance(event, TransactionSet)] == ["940", "945"]
    ends = [event.result for event in looked if isinstance(event, InterchangeEnd)]
    assert [(end.code, end.notes[:1]) for end in ends] == [("R", (note,)), ("A", ())]
    assert [len(interchange.accepted) for interchange in settled(looked)] == [0, 1]


def test_a_rejected_interchange_whose_separators_divide_nothing_is_passed_even_so() -> None:
    looked = list(read(ORDER.replace("*0*T*>~", "*0*T*A~").encode(), standard_guides(), look_into_rejected=True))

    assert [type(event) for event in looked] == [InterchangeStart, InterchangeEnd]


def test_an_element_of_a_header_that_is_too_short_is_told_once() -> None:
    result = interchange_result(
        ORDER.replace("*ZZ*WAREHOUSEB     *", "*ZZ**").replace("ISA*00*          *", "ISA*00* *")
    )

    assert result.notes == ("011", "008")


@pytest.mark.parametrize("end", ["", "\x1a", "\n", "\r\n\x1a"])
def test_the_last_line_needs_no_line_break_where_line_breaks_end_segments(end: str) -> None:
    lines = ORDER.replace("~\n", "\n").rstrip("\n")

    assert (interchange_result(lines + end).code, set_result(lines + end).code) == ("A", "A")


def test_a_line_cut_off_in_the_middle_is_no_end_of_an_interchange() -> None:
    lines = ORDER.replace("~\n", "\n")

    assert interchange_result(lines[: lines.index("GE*")]).note == "023"
    assert interchange_result(lines[: lines.index("IEA*") + 6]).note == "001"


def test_a_last_segment_without_its_terminator_is_named() -> None:
    (problem,) = interchange_result(ORDER.rstrip("~\n")).problems

    assert problem == "the last segment, 'IEA*1*000000101', lacks the terminator '~'"


def test_what_follows_a_byte_order_mark_is_read() -> None:
    found = events("\ufeff".encode() + ORDER.encode())

    assert [event.text for event in found if isinstance(event, Junk)] == ["\ufeff"]
    assert [event.result.code for event in found if isinstance(event, InterchangeEnd)] == ["A"]


def test_an_interchange_that_breaks_off_leaves_the_next_one_alone() -> None:
    cut = ORDER[: ORDER.index("SE*")]
    results = [event.result for event in events(cut + SHIPMENT) if isinstance(event, InterchangeEnd)]

    assert [(result.control_number, result.note) for result in results] == [("000000101", "022"), ("000007001", "000")]


@pytest.mark.parametrize(
    ("octets", "problem"),
    [
        (b"", None),
        (b" \r\n\n ", None),
        (b"hello", "an interchange begins with ISA"),
        (b"\xef\xbb\xbf" + ORDER.encode(), "byte order mark"),
        (ORDER.encode("utf-16"), "UTF-16"),
        (ORDER.encode("utf-16-be"), "UTF-16"),
        (b"ISA*00*", "begins as an interchange header"),
        (b"ISA", "begins as an interchange header"),
        (b"\x00\x01\x02" * 1000, "UTF-16 or is no text"),
    ],
)
def test_what_is_no_interchange_is_told_as_such(octets: bytes, problem: str | None) -> None:
    found = [event.problem for event in events(octets) if isinstance(event, Junk)]

    assert len(found) == (problem is not None)
    assert all(str(problem) in said for said in found)


def test_text_between_interchanges_is_told_and_passed() -> None:
    found = events(ORDER + "-- sent by nobody --\n" + SHIPMENT)

    (junk,) = [event for event in found if isinstance(event, Junk)]
    assert (junk.offset, junk.text[:10]) == (len(ORDER), "-- sent by")
    assert [event.result.code for event in found if isinstance(event, InterchangeEnd)] == ["A", "A"]


def test_octets_that_are_no_utf_8_are_an_error_of_their_element_only() -> None:
    octets = ORDER.encode().replace(b"DANA ROSS*92", b"D\xc4NA ROSS*92")
    (found,) = sets(octets)

    (error,) = found.result.segments
    assert (error.segment, error.elements[0].position, error.elements[0].code) == ("N1", 2, "6")


def test_only_what_stands_at_the_end_may_be_acted_upon() -> None:
    rejected_group = wrapped(order_set()).replace("GE*1*", "GE*2*")
    broken_off = ORDER[: ORDER.index("IEA*")]
    found = list(settled(iter(events(ORDER + rejected_group + broken_off))))

    assert [(one.end.result.code, len(one.accepted), len(one.groups)) for one in found] == [
        ("A", 1, 1),
        ("A", 0, 1),
        ("R", 0, 1),
    ]


def test_an_acknowledgment_of_an_interchange_is_an_event_of_its_own() -> None:
    head, *_ = ORDER.split("\n")
    found = events(f"{head}\nTA1*000000007*260301*0910*R*025~\nIEA*0*000000101~\n")

    assert [type(event).__name__ for event in found] == [
        "InterchangeStart",
        "InterchangeAcknowledgment",
        "InterchangeEnd",
    ]
    assert (found[1].control_number, found[1].code, found[1].note) == ("000000007", "R", "025")  # type: ignore[union-attr]

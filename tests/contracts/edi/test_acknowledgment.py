"""997 and TA1: built from what was read, read again, and matched with what was sent."""

from __future__ import annotations

import pytest

from crossdock.contracts.edi import (
    ElementError,
    Group,
    GroupHeader,
    GroupResult,
    Interchange,
    InterchangeAcknowledgment,
    InterchangeEnd,
    InterchangeHeader,
    SegmentError,
    SentGroup,
    Separators,
    SetBody,
    SetResult,
    acknowledge,
    acknowledge_interchange,
    match,
    read,
    read_acknowledgment,
    standard_guides,
    write,
)
from crossdock.contracts.edi.acknowledgment_read import Acknowledgment
from crossdock.contracts.edi.interchange_acknowledgment import is_due
from crossdock.tests.contracts.edi.defects import DEFECTS, spoil
from crossdock.tests.contracts.edi.generated import DEPOSITOR, MOMENT, WAREHOUSE, interchange
from crossdock.tests.contracts.edi.messages import (
    ACKNOWLEDGMENT,
    ORDER,
    REJECTION,
    as_agreed,
    events,
    group_result,
    order_set,
    sets,
    wrapped,
)

GUIDES = standard_guides()


OTHERS = Separators(":", ">", "'")


def answered(result: GroupResult, separators: Separators = OTHERS) -> Acknowledgment:
    """The 997 for a group, written, read and understood."""
    header = InterchangeHeader.at(MOMENT, WAREHOUSE, DEPOSITOR, 9, separators=separators)
    group = GroupHeader.at(MOMENT, "FA", "WAREHOUSEB", "DEPOSITOR", 9)
    body = SetBody("997", "0001", acknowledge(result, separators))
    octets = write(Interchange(header, [Group(group, [body])]), GUIDES)
    (found,) = sets(octets)
    assert found.result.code == "A", found.result
    return read_acknowledgment(found)


def text_of(segments: list[list[str]]) -> str:
    return "~".join("*".join(segment) for segment in segments)


def test_the_rejection_of_a_wrong_unit_is_the_published_one() -> None:
    result = as_agreed(ORDER.replace("W01*10*EA", "W01*10*XX").replace("*55*X", "*56*X").replace("GE*1*55", "GE*1*56"))
    body = [["ST", "997", "0001"], *acknowledge(result), ["SE", "8", "0001"]]

    assert text_of(body) + "~" == REJECTION  # type: ignore[arg-type]


def test_an_accepted_group_is_answered_as_published() -> None:
    body = text_of(acknowledge(group_result(ORDER)))  # type: ignore[arg-type]

    assert body in ACKNOWLEDGMENT.replace("\n", "")


def test_bad_data_is_copied_where_it_can_be_written_and_left_out_where_not() -> None:
    result = as_agreed(ORDER.replace("DANA ROSS*92", "DANA>ROSS*92").replace("W01*10*EA", "W01*10*X:"))
    found = answered(result).group.sets[0].segments

    assert [(part.code, part.value) for error in found for part in error.elements] == [("6", ""), ("7", "")]


def test_a_component_is_told_beside_its_element() -> None:
    broken = ORDER.replace("N9*CO*SO-5001", "N9*CO*SO-5001*****PO>7781>Q?>1")
    (error,) = answered(as_agreed(broken)).group.sets[0].segments

    assert error.elements == (ElementError(7, "7", 3, "128", "Q?"),)


def test_the_loop_is_told_only_between_ls_and_le() -> None:
    bounded = ORDER.replace(
        "G69*RED MUG~\nN9*LI*1~\n", "G69*RED MUG~\nN9*LI*1~\nLS*0330~\nLX*1~\nG62*10*20269999~\nLE*0330~\n"
    )
    (error,) = group_result(bounded.replace("SE*25", "SE*29")).sets[0].segments

    assert (error.loop, error.bounded) == ("LX", "0330")
    assert ["AK3", "G62", "22", "0330", "8"] in acknowledge(group_result(bounded.replace("SE*25", "SE*29")))


def test_sets_that_were_accepted_can_be_left_out() -> None:
    bad = order_set().replace("W01*10*EA", "W01*10*XX").replace("*0001~", "*0002~")
    result = as_agreed(wrapped(order_set() + bad))

    assert [segment[2] for segment in acknowledge(result, only_errors=True) if segment[0] == "AK2"] == ["0002"]


def test_a_group_without_a_legal_number_can_not_be_acknowledged() -> None:
    with pytest.raises(ValueError, match="can't name the group 'OW' 'A1'"):
        acknowledge(group_result(ORDER.replace("*0915*55*", "*0915*A1*")))


def test_what_a_997_can_not_name_is_left_out_and_told_by_what_is_around_it() -> None:
    result = group_result(ORDER.replace("LX*1", "~é*1~LX*1").replace("SE*25", "SE*26"))

    assert [segment[0] for segment in acknowledge(result)] == ["AK1", "AK2", "AK5", "AK9"]
    assert [segment[1] for segment in acknowledge(result)][2:] == ["R", "R"]


def test_a_group_of_acknowledgments_is_not_acknowledged() -> None:
    with pytest.raises(ValueError, match="never acknowledged by another"):
        acknowledge(group_result(ACKNOWLEDGMENT))


@pytest.mark.parametrize("defect", [name for name in DEFECTS if name != "malformed_group_number"])
def test_whatever_is_found_can_be_told_and_is_understood(defect: str) -> None:
    for seed in range(400):
        if seed % 9 == 8 or (seed + 1) % 9 == 8:
            continue  # a 997 among the groups
        spoilt = spoil(interchange(seed), defect, seed)
        if spoilt is None:
            continue
        for event in events(spoilt.octets):
            if hasattr(event, "result") and isinstance(event.result, GroupResult):
                said = answered(event.result)
                assert said.code == event.result.code
                told = [found.code for found in event.result.sets]
                assert [found.code for found in said.group.sets] == told
        return
    pytest.fail(f"no interchange has a place for {defect}")


SENT = SentGroup("OW", "55", (("940", "0001"), ("940", "0002")))


def acknowledgment(code: str, *results: SetResult, number: str = "55") -> Acknowledgment:
    group = GroupResult("OW", number, results)
    return Acknowledgment(
        functional_id="OW", control_number=number, code=code, group=group, included=2, received=2, accepted=0
    )


ACCEPTED, REJECTED = SetResult("940", "0001"), SetResult("940", "0002", "R", ("5",))


def test_each_set_that_was_sent_is_accepted_rejected_or_unanswered() -> None:
    both = match(acknowledgment("P", ACCEPTED, REJECTED), [SENT])
    one = match(acknowledgment("P", REJECTED), [SENT])

    assert (both.accepted, both.rejected, both.unanswered) == ((("940", "0001"),), (REJECTED,), ())
    assert (one.accepted, one.rejected, one.unanswered) == ((), (REJECTED,), (("940", "0001"),))


def test_an_accepted_group_accepts_the_sets_that_it_does_not_name() -> None:
    assert match(acknowledgment("A"), [SENT]).accepted == SENT.sets


def test_a_rejected_group_rejects_the_sets_that_it_names_as_accepted() -> None:
    found = match(acknowledgment("R", ACCEPTED), [SENT])

    assert [(result.control_number) for result in found.rejected] == ["0001", "0002"]


def test_a_number_with_zeros_before_it_is_the_same_number() -> None:
    assert match(acknowledgment("A", number="000000055"), [SENT]).group == SENT


def test_what_was_never_sent_is_told() -> None:
    assert match(acknowledgment("A", ACCEPTED, number="99"), [SENT]).group is None
    stranger = SetResult("940", "0777")
    assert match(acknowledgment("A", stranger), [SENT]).unknown == (("940", "0777"),)


def test_a_set_that_is_no_accepted_997_says_nothing() -> None:
    (order,) = sets(ORDER)
    with pytest.raises(ValueError, match="is no 997 that was accepted"):
        read_acknowledgment(order)


@pytest.mark.parametrize(
    ("old", "new", "due", "said"),
    [
        ("", "", False, ["A", "000"]),
        ("*0*T*>", "*1*T*>", True, ["A", "000"]),
        ("IEA*1*000000101~\n", "", True, ["R", "023"]),
        ("IEA*1*", "IEA*9*", False, ["E", "021"]),
    ],
)
def test_an_interchange_is_answered_when_it_asks_or_is_rejected(old: str, new: str, due: bool, said: list[str]) -> None:
    (end,) = [event for event in events(ORDER.replace(old, new) if old else ORDER) if isinstance(event, InterchangeEnd)]

    assert is_due(end.header, end.result) == due
    assert acknowledge_interchange(end.result) == ["TA1", "000000101", "260301", "0915", *said]


def test_a_duplicate_that_only_the_caller_knows_of_rejects_the_interchange() -> None:
    (end,) = [event for event in events(ORDER) if isinstance(event, InterchangeEnd)]

    assert acknowledge_interchange(end.result.with_note("025", "101 was used before"))[4:] == ["R", "025"]


def test_a_ta1_is_written_and_read() -> None:
    header = InterchangeHeader.at(MOMENT, WAREHOUSE, DEPOSITOR, 9)
    octets = write(Interchange(header, acknowledgments=[["TA1", "000000101", "260301", "0915", "R", "025"]]), GUIDES)
    (said,) = [event for event in read(octets, GUIDES) if isinstance(event, InterchangeAcknowledgment)]

    assert (said.control_number, said.date, said.time, said.code, said.note) == (
        "000000101",
        "260301",
        "0915",
        "R",
        "025",
    )


def test_an_interchange_without_a_number_can_not_be_answered() -> None:
    (end,) = [
        event for event in events(ORDER.replace("*000000101*0", "*00000010X*0")) if isinstance(event, InterchangeEnd)
    ]

    with pytest.raises(ValueError, match="has no control number that a TA1 can name"):
        acknowledge_interchange(end.result)


def test_many_errors_are_told_as_many_as_a_997_can_hold() -> None:
    errors = tuple(ElementError(1, "6", number="330", value="X") for _ in range(200))
    result = GroupResult(
        "OW",
        "1",
        (
            SetResult(
                "940", "0001", "R", ("1", "2", "3", "4", "5", "6", "7"), (SegmentError("W01", 2, "8", elements=errors),)
            ),
        ),
    )

    said = answered(result)

    assert len(said.group.sets[0].segments[0].elements) == 99
    assert len(said.group.sets[0].errors) == 5

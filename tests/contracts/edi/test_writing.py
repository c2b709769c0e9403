"""Writing: canonical octets, refusals that name the element, exact round trips."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossdock.contracts.edi import (
    Group,
    GroupHeader,
    Interchange,
    InterchangeHeader,
    Refused,
    Separators,
    SetBody,
    collect,
    read,
    standard_guides,
    write,
)
from crossdock.tests.contracts.edi.generated import DEPOSITOR, MOMENT, SEPARATORS, WAREHOUSE, interchange
from crossdock.tests.contracts.edi.messages import ACKNOWLEDGMENT, ORDER, SHIPMENT

GUIDES = standard_guides()
LINE = [["LX", "1"], ["W01", "10", "EA", "", "VN", "SKU-RED", "", ""]]
ORDER_BODY = [["W05", "N", "FR-1", "", ""], *LINE, ["W76", "10"]]


def order(segments: list[list[str]], separators: Separators = SEPARATORS[0]) -> Interchange:
    header = InterchangeHeader.at(MOMENT, DEPOSITOR, WAREHOUSE, 7, separators=separators)
    group = GroupHeader.at(MOMENT, "OW", "DEPOSITOR", "WAREHOUSEB", 3)
    return Interchange(header, [Group(group, [SetBody("940", "0001", segments)])])


def test_counts_and_numbers_are_written_and_empty_elements_at_the_end_are_not() -> None:
    assert write(order(ORDER_BODY, Separators(line_break="\n")), GUIDES).decode() == (
        "ISA*00*          *00*          *ZZ*DEPOSITOR      *ZZ*WAREHOUSEB     *260302*0915*U*00401*000000007*0*P*>~\n"
        "GS*OW*DEPOSITOR*WAREHOUSEB*20260302*0915*3*X*004010~\n"
        "ST*940*0001~\n"
        "W05*N*FR-1~\n"
        "LX*1~\n"
        "W01*10*EA**VN*SKU-RED~\n"
        "W76*10~\n"
        "SE*6*0001~\n"
        "GE*1*3~\n"
        "IEA*1*000000007~\n"
    )


@pytest.mark.parametrize("text", [ORDER, SHIPMENT, ACKNOWLEDGMENT])
def test_the_samples_are_written_again_as_they_were_read(text: str) -> None:
    assert b"".join(write(one, GUIDES) for one in collect(read(text.encode(), GUIDES))) == text.encode()


@pytest.mark.parametrize("seed", range(60))
def test_what_was_written_is_read_and_written_again_to_the_same_octets(seed: int) -> None:
    octets = write(interchange(seed), GUIDES)
    (again,) = collect(read(octets, GUIDES))

    assert write(again, GUIDES) == octets


def test_what_was_read_with_one_kind_of_separators_is_written_with_another() -> None:
    (found,) = collect(read(write(interchange(2), GUIDES), GUIDES))
    other = Interchange(replace(found.header, separators=Separators("\x1d", "\x1f", "\x1c")), found.groups)
    (again,) = collect(read(write(other, GUIDES), GUIDES))

    assert [group.sets for group in again.groups] == [group.sets for group in found.groups]


@pytest.mark.parametrize(
    ("segments", "said"),
    [
        ([["W05", "N", "FR*1"]], "set 940 0001: W0502 is 'FR*1', which holds the separator '*'"),
        ([["W05", "N", "FR-1"], ["NTE", "WHI", "a~b"]], "NTE02 is 'a~b', which holds the separator '~'"),
        ([["W05", "N"]], "segment 2 (W05): W0502 is missing, but must be there"),
        ([["W05", "Q", "FR-1"]], "segment 2 (W05): W0501 is 'Q', which is none of its codes (N, F, D"),
        ([["LX", "1"]], "segment 2 (W05): is missing, but must be there"),
        ([["W05", "N", "FR-1"], ["W01", "1", "EA", "036000291452"]], "segment 3 (W01): is not expected here"),
        ([["W05", "N", "É"]], "W0502 is 'É', which has characters that type AN does not allow"),
        ([["W05", "N", "FR-1 "]], "W0502 is 'FR-1 ', with spaces at its end that nothing needs"),
    ],
)
def test_what_the_guide_refuses_is_not_written(segments: list[list[str]], said: str) -> None:
    with pytest.raises(Refused) as refused:
        write(order(segments), GUIDES)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ({"control_number": "7"}, "ISA13"),
        ({"usage": "X"}, "ISA15 (Usage Indicator) is 'X', but must be one of I, P, T"),
        ({"separators": Separators(component="*")}, "element and component separator are both '*'"),
        ({"separators": Separators(terminator="A")}, "'A' cannot be the segment terminator"),
        ({"sender": replace(DEPOSITOR, id="A" * 16)}, "ISA06 has 16 characters, but must have 15"),
    ],
)
def test_a_header_that_we_would_not_accept_is_not_written(header: dict[str, object], said: str) -> None:
    whole = order(ORDER_BODY)

    with pytest.raises(Refused) as refused:
        write(Interchange(replace(whole.header, **header), whole.groups), GUIDES)  # type: ignore[arg-type]

    assert said in str(refused.value)


def test_a_group_of_the_wrong_kind_is_not_written() -> None:
    whole = order(ORDER_BODY)
    group = Group(replace(whole.groups[0].header, functional_id="SW"), whole.groups[0].sets)

    with pytest.raises(Refused, match="a 940 belongs in a group OW, not SW"):
        write(Interchange(whole.header, [group]), GUIDES)

"""What is particular to X12: which document says what, and what is wrong with whom."""

from __future__ import annotations

import pytest

from crossdock.examples.reference_layer import x12
from crossdock.tests.simulators.files.correspondent import REQUEST, Correspondent


async def acknowledgments(by_x12: Correspondent) -> list[list[str]]:
    """AK9 of each 997 that lies there, without its name."""
    found = [x12.read(content)[1][0] for name, content in (await by_x12.files()).items() if name.startswith("997")]
    return [segment[1:] for group in found for segment in group.sets[0].all("AK9")]


async def names(by_x12: Correspondent) -> list[str]:
    return [name.partition("_")[0] for name in await by_x12.files()]


async def test_a_request_is_acknowledged_by_a_997_alone(by_x12: Correspondent) -> None:
    await by_x12.request()

    assert await names(by_x12) == ["997"]
    assert await acknowledgments(by_x12) == [["A", "1", "1", "1"]]


async def test_what_the_warehouse_will_not_do_is_said_by_an_824_and_not_by_the_997(by_x12: Correspondent) -> None:
    by_x12.west.set(daily_capacity=0)
    await by_x12.request()

    assert await acknowledgments(by_x12) == [["A", "1", "1", "1"]]
    assert await names(by_x12) == ["824", "997"]


async def test_a_request_that_breaks_the_guide_is_rejected_by_the_997_and_changes_nothing(
    by_x12: Correspondent,
) -> None:
    await by_x12.send(by_x12.paper.request(REQUEST, "N"), **{"*EA*": "*XX*"})

    assert await acknowledgments(by_x12) == [["R", "1", "1", "0"]]
    assert by_x12.kept() == []
    assert by_x12.operations() == [("fail", "unusable")]


async def test_a_request_that_keeps_the_guide_and_breaks_the_contract_is_refused_by_an_824(
    by_x12: Correspondent,
) -> None:
    await by_x12.send(by_x12.paper.request(REQUEST, "N"), **{"N9*CO*CO-1": "N9*PO*CO-1"})

    (verdict,) = [verdict for verdict in await by_x12.verdicts() if not verdict.accepted]
    assert verdict.code == "invalid-request"
    assert "orderId" in verdict.detail


async def test_the_same_interchange_again_is_refused_by_a_ta1(by_x12: Correspondent) -> None:
    await by_x12.request()
    by_x12.numbers.clear()
    await by_x12.request()

    assert await names(by_x12) == ["997", "TA1"]


@pytest.mark.parametrize(
    ("text", "other", "answer"),
    [
        ("*ZZ*WEST           *", "*ZZ*EAST           *", "TA1"),
        ("*ZZ*CROSSDOCK      *ZZ", "*ZZ*SOMEBODY       *ZZ", "997"),
        ("*0*P*>", "*0*T*>", "997"),
    ],
)
async def test_an_interchange_that_is_not_meant_for_this_warehouse_is_answered_and_not_acted_upon(
    by_x12: Correspondent, text: str, other: str, answer: str
) -> None:
    await by_x12.send(by_x12.paper.request(REQUEST, "N"), **{text: other})

    assert answer in await names(by_x12)
    assert by_x12.kept() == []


async def test_a_bad_set_blocks_no_other_of_its_group(by_x12: Correspondent) -> None:
    _, content = by_x12.paper.request(REQUEST, "N").write(1, by_x12.clock.now())
    text = content.decode()
    body = text[text.index("ST*940") : text.index("GE*1")]
    bad = body.replace("*0001~", "*0002~").replace("W05*N*", "W05*Q*")
    both = text.replace(body, bad + body).replace("GE*1*", "GE*2*")
    await by_x12.put("940_1.edi", both.encode())

    assert [fulfilment.fulfilment_id for fulfilment in by_x12.kept()] == ["FF-T1-000001"]
    assert await acknowledgments(by_x12) == [["P", "2", "2", "1"]]


async def test_free_text_that_holds_a_separator_is_written_with_spaces(by_x12: Correspondent) -> None:
    await by_x12.request()
    refused = {**REQUEST, "fulfilmentId": "FF-2", "lines": [{**REQUEST["lines"][0], "sku": "A_B"}]}
    await by_x12.send(by_x12.paper.request(refused, "N"))

    (verdict,) = [verdict for verdict in await by_x12.verdicts() if not verdict.accepted]
    assert verdict.code == "item-not-stocked"
    assert verdict.detail

"""What the layer understands of an X12 warehouse's documents, and what it writes for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from crossdock.examples.reference_layer import x12
from crossdock.examples.reference_layer.paper import Incoming, Incomplete, Unreadable
from crossdock.examples.reference_layer.x12_paper import X12Paper

PAPER = X12Paper("west", "CROSSDOCK", "WEST")
NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
REQUEST: dict[str, Any] = {
    "fulfilmentId": "FF-7K3F-000001",
    "revision": 1,
    "warehouseId": "west",
    "orderId": "CO-7K3F-000001",
    "salesOrderId": "SO-7K3F-000001",
    "customerReference": "PO-7781",
    "shipTo": {
        "name": "Dana Ross",
        "line1": "18 Orchard Lane",
        "line2": "Unit 4",
        "city": "Columbus",
        "region": "OH",
        "postalCode": "43004",
        "country": "US",
        "email": "dana@example.com",
    },
    "serviceLevel": "standard",
    "lines": [
        {"lineId": "1", "sku": "0SKU-RED", "quantity": {"value": "10", "uom": "EA"}},
        {"lineId": "2", "sku": "0SKU-BLU", "quantity": {"value": "4", "uom": "EA"}},
    ],
}
SHORT_945 = """
ST*945*0001~
W06*F*FF-7K3F-000001*20260302*SHP-900312**PO-7781~
N1*SF*WEST*92*west~
N1*CA*UPS*2*UPSN~
N9*CO*CO-7K3F-000001~
G62*11*20260302*8*16401234*UT~
W27*M*UPSN*GROUND*PP****CP~
LX*1~
MAN*GM*00106141411234567897~
MAN*CP*TRK-1~
N9*LV*PKG-1~
W12*SS*5*5*0*EA**VN*0SKU-RED*LOT2409*2.25*G*K~
QTY*38*10*EA~
N9*LI*1~
N9*SE*S-1~
N9*SE*S-2~
LX*2~
MAN*GM*00106141411234567903~
MAN*CP*TRK-2~
N9*LV*PKG-2~
W12*CP*5*2*3*EA**VN*0SKU-RED~
QTY*38*10*EA~
N9*LI*1~
LX*3~
W12*CP*4*0*4*EA**VN*0SKU-BLU~
QTY*38*4*EA~
N9*LI*2~
W03*7~
SE*29*0001~
"""


def interchange(kind: str, *sets: str, number: str = "000007001") -> bytes:
    body = "".join(line.strip() for each in sets for line in each.strip().splitlines())
    isa = f"ISA*00*{'':10}*00*{'':10}*ZZ*{'WEST':15}*ZZ*{'CROSSDOCK':15}*260302*1640*U*00401*{number}*0*P*>~"
    return f"{isa}GS*{kind}*WEST*CROSSDOCK*20260302*1640*880*X*004010~{body}GE*{len(sets)}*880~IEA*1*{number}~".encode()


def read(kind: str, *sets: str) -> Incoming:
    return PAPER.read("a.edi", interchange(kind, *sets))


def test_a_request_is_a_940_with_everything_in_it() -> None:
    name, content = PAPER.request(REQUEST, "N").write(7, NOW)

    assert name == "940_000000007.edi"
    _, (group,) = x12.read(content)
    (order,) = group.sets
    assert (group.kind, order.kind, order.problem) == ("OW", "940", "")
    assert order.all("W05") == [["W05", "N", "FF-7K3F-000001", "PO-7781"]]
    assert order.first("N9", 2, "CO") == "CO-7K3F-000001"
    assert order.first("N4", 2) == "OH"
    assert [x12.at(each, 5) for each in order.all("W01")] == ["0SKU-RED", "0SKU-BLU"]
    assert [x12.at(each, 2) for each in order.all("N9", "LI")] == ["1", "2"]
    assert order.first("W76", 1) == "14"


@pytest.mark.parametrize(("unit", "code"), [("KGM", "KG"), ("MTR", "MR"), ("LTR", "LT"), ("MTK", "SM"), ("EA", "EA")])
def test_a_unit_has_two_characters_in_x12_and_its_own_name_elsewhere(unit: str, code: str) -> None:
    lines = [{"lineId": "1", "sku": "0SKU-RED", "quantity": {"value": "2.5", "uom": unit}}]
    _, order = PAPER.request({**REQUEST, "lines": lines}, "N").write(7, NOW)
    assert f"W01*2.5*{code}**VN*0SKU-RED" in order.decode()
    (told,) = read("SW", SHORT_945.replace("*EA*", f"*{code}*")).told
    assert {line["shippedQuantity"]["uom"] for line in told.data["lines"]} == {unit}


def test_what_would_be_a_separator_never_gets_into_the_data() -> None:
    ship_to = {**REQUEST["shipTo"], "name": "A*B~C>D"}
    _, content = PAPER.request({**REQUEST, "shipTo": ship_to}, "N").write(7, NOW)

    _, (group,) = x12.read(content)
    assert group.sets[0].first("N1", 2, "ST") == "A B C D"


def test_a_945_is_the_shipment_that_an_api_would_have_told() -> None:
    (told,) = read("SW", SHORT_945).told

    assert (told.type, told.key) == ("crossdock.shipment.shipped.v1", "SHP-900312")
    data = told.data
    assert data["shippedAt"] == "2026-03-02T16:40:12.340000+00:00"
    assert data["final"] is True
    assert data["carrier"] == {"scac": "UPSN", "name": "UPS", "service": "GROUND"}
    each = {"uom": "EA"}
    assert data["lines"] == [
        {
            "lineId": "1",
            "sku": "0SKU-RED",
            "orderedQuantity": {"value": "10", **each},
            "shippedQuantity": {"value": "7", **each},
            "differenceQuantity": {"value": "3", **each},
            "lineStatus": "shortClosed",
        },
        {
            "lineId": "2",
            "sku": "0SKU-BLU",
            "orderedQuantity": {"value": "4", **each},
            "shippedQuantity": {"value": "0", **each},
            "differenceQuantity": {"value": "4", **each},
            "lineStatus": "shortClosed",
        },
    ]
    first, second = data["packages"]
    assert first["sscc"] == "106141411234567897"
    assert first["weight"] == {"value": "2.25", "uom": "KGM"}
    assert first["items"][0]["lot"] == "LOT2409"
    assert first["items"][0]["serials"] == ["S-1", "S-2"]
    assert (second["trackingNumber"], second["items"][0]["quantity"]["value"]) == ("TRK-2", "2")


def test_more_to_come_is_not_final() -> None:
    (told,) = read("SW", SHORT_945.replace("PP****CP", "PP****PR")).told

    assert told.data["final"] is False


def test_each_group_is_acknowledged_and_a_bad_set_blocks_no_other() -> None:
    bad = SHORT_945.replace("SE*29", "SE*28").replace("*0001~", "*0002~")
    incoming = read("SW", SHORT_945, bad)

    assert [told.key for told in incoming.told] == ["SHP-900312"]
    assert incoming.rejected == ["a.edi: set 0002 (945) has set error 4"]
    (reply,) = incoming.replies
    _, content = reply.write(3, NOW)
    _, (group,) = x12.read(content)
    (answer,) = group.sets
    assert answer.all("AK1") == [["AK1", "SW", "880"]]
    assert [each[1:] for each in answer.all("AK5")] == [["A"], ["R", "4"]]
    assert answer.all("AK9") == [["AK9", "P", "2", "2", "1"]]


@pytest.mark.parametrize(
    ("codes", "milestone"),
    [("D1*NS", "delivered"), ("SD*BG", "exception"), ("SD*A5", "lost"), ("A3*NS", "returned")],
)
def test_a_214_is_a_milestone(codes: str, milestone: str) -> None:
    steps = f"ST*214*0001~B10*TRK-1*SHP-1*UPSN~L11*CO-1*CO~LX*1~AT7*{codes}***20260304*12300050*UT~SE*6*0001~"
    (told,) = read("QM", steps).told

    assert told.data["code"] == milestone
    assert (told.data["trackingNumber"], told.data["orderId"]) == ("TRK-1", "CO-1")
    assert told.data["occurredAt"] == "2026-03-04T12:30:00.500000+00:00"


def test_a_997_and_an_824_say_what_became_of_a_document() -> None:
    rejected = "ST*997*0001~AK1*OW*56~AK2*940*0001~AK3*W01*17**8~AK4*2*355*7*XX~AK5*R*5~AK9*R*1*1*0~SE*8*0001~"
    (verdict,) = read("FA", rejected).verdicts
    assert (verdict.number, verdict.accepted, verdict.code) == (56, False, "997-rejected")
    assert "AK4 2 355 7 XX" in verdict.detail
    assert not read("FA", rejected).replies

    refusal = (
        "ST*824*0001~BGN*00*1*20260302*1200*UT~OTI*TR*TN*FF-1***20260302*1200*56*0001*940~REF*CO*CO-1~"
        "TED*024*capacity-exceeded~NTE*GEN*west works on 10 requests~SE*7*0001~"
    )
    (verdict,) = read("AG", refusal).verdicts
    assert (verdict.number, verdict.accepted, verdict.code) == (56, False, "capacity-exceeded")
    assert (verdict.detail, verdict.order_id, verdict.final) == ("west works on 10 requests", "CO-1", True)


@pytest.mark.parametrize("length", [0, 3, 80, 105, 106, 300, 600])
def test_half_a_file_is_incomplete_and_never_half_understood(length: int) -> None:
    with pytest.raises(Incomplete):
        PAPER.read("a.edi", interchange("SW", SHORT_945)[:length])


@pytest.mark.parametrize("content", [b"<html></html>", b"UNB+UNOA:1+A+B'", b"ISA," + b"x" * 200])
def test_something_else_is_unreadable(content: bytes) -> None:
    with pytest.raises((Unreadable, Incomplete)):
        PAPER.read("a.edi", content)

"""What becomes of goods that a customer sends back."""

from typing import Any

import msgspec
import pytest

from crossdock.examples.reference_layer.calls import Refused
from crossdock.examples.reference_layer.documents import Knowledge, SalesOrder
from crossdock.examples.reference_layer.job import NotYet
from crossdock.examples.reference_layer.returns import Unannounced
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.desk import Desk, pieces
from crossdock.tests.examples.virtual import refusal

STATUS = "PUT crm/v1/return-requests/RR-1/status"
BOOK, CREDIT = "POST erp/v1/returns/RMA-1/receipts", "POST erp/v1/credit-memos"
REQUEST = {
    "returnRequestId": "RR-1",
    "orderId": "CO-1",
    "reason": "too many",
    "lines": [{"lineId": "1", "sku": "A", "quantity": pieces(4)}],
}
AUTHORIZED = {
    "rmaId": "RMA-1",
    "orderId": "CO-1",
    "returnRequestId": "RR-1",
    "warehouseId": "east",
    "status": "authorized",
    "lines": [{"lineId": "1", "sku": "A", "quantity": pieces(4), "receivedQuantity": pieces(0)}],
}


def known_order() -> Knowledge:
    sales_order = {
        "salesOrderId": "SO-1",
        "externalReference": "CO-1",
        "status": "closed",
        "version": 7,
        "updatedAt": "2026-03-02T08:00:00Z",
        "lines": [],
    }
    return Knowledge(order_id="CO-1", sales_order=msgspec.convert(sales_order, SalesOrder, strict=False))


def receipt(*lines: dict[str, Any], number: int = 1, final: bool = True) -> dict[str, Any]:
    return {
        "receiptId": f"RCP-{number}",
        "rmaId": "RMA-1",
        "orderId": "CO-1",
        "warehouseId": "east",
        "receivedAt": "2026-03-09T10:15:00Z",
        "lines": list(lines),
        "final": final,
        "version": 1,
    }


def came(value: int, condition: str = "good", disposition: str = "restock", **line: Any) -> dict[str, Any]:
    how = {"condition": condition, "disposition": disposition}
    return {"lineId": "1", "sku": "A", "quantity": pieces(value)} | how | line


class Returning(Desk):
    """A desk at which the return of four pieces is authorized and announced."""

    async def begin(self) -> None:
        self.replies["GET erp/v1/returns/RMA-1"] = {"status": "credited"}
        await self.take(self.parts.return_requests, "crm", REQUEST)
        await self.take(self.parts.announcements, "erp", AUTHORIZED)

    async def receive(self, *lines: dict[str, Any], **how: Any) -> None:
        await self.take(self.parts.receipts, "east", receipt(*lines, **how))

    def credited(self) -> list[str]:
        return [line["quantity"]["value"] for memo in self.sent(CREDIT) for line in memo["lines"]]

    def cases(self) -> list[str]:
        return [case["subject"] for case in self.sent("POST crm/v1/cases")]


@pytest.fixture
async def desk(make_calls: MakeCalls) -> Returning:
    made = Returning(make_calls, known_order())
    await made.begin()
    return made


async def test_a_wish_becomes_an_authorization_that_the_crm_and_the_warehouse_hear_of(desk: Returning) -> None:
    (asked,) = desk.sent("POST erp/v1/returns")
    assert (asked["salesOrderId"], asked["returnRequestId"], asked["reason"]) == ("SO-1", "RR-1", "too many")
    assert asked["lines"] == [{"lineId": "1", "quantity": pieces(4)}]
    assert desk.sent(STATUS) == [{"status": "authorized", "rmaId": "RMA-1"}]
    (announced,) = desk.sent("POST east/v1/returns")
    assert announced["lines"] == [{"lineId": "1", "sku": "A", "quantity": pieces(4)}]


async def test_the_same_news_again_does_nothing(desk: Returning) -> None:
    before = desk.asked()
    await desk.begin()
    assert desk.asked() == before


async def test_a_wish_waits_for_the_sales_order(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls)
    with pytest.raises(NotYet, match="no sales order"):
        await desk.take(desk.parts.return_requests, "crm", REQUEST)


async def test_what_the_erp_refuses_is_shown_as_rejected_and_is_no_case(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    desk.replies["POST erp/v1/returns"] = refusal(409, "over-return")
    await desk.take(desk.parts.return_requests, "crm", REQUEST)
    assert desk.sent(STATUS) == [{"status": "rejected"}]
    assert desk.asked()[-1] == STATUS


async def test_a_refusal_that_is_no_decision_is_set_aside(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    desk.replies["POST erp/v1/returns"] = refusal(422, "unknown-sales-order")
    with pytest.raises(Refused):
        await desk.take(desk.parts.return_requests, "crm", REQUEST)


async def test_a_replayed_wish_looks_for_its_authorization_first(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    desk.replies["GET erp/v1/returns"] = {"items": [{"rmaId": "RMA-7"}]}
    await desk.take(desk.parts.return_requests, "crm", REQUEST, replays=1)
    assert desk.asked() == [STATUS]
    assert desk.sent(STATUS)[0]["rmaId"] == "RMA-7"


async def test_a_receipt_is_booked_as_the_warehouse_told_it_credited_and_shown(desk: Returning) -> None:
    said = receipt(came(4))
    await desk.receive(came(4))
    assert desk.sent(BOOK) == [{name: value for name, value in said.items() if name != "version"}]
    memo = {"rmaId": "RMA-1", "receiptIds": ["RCP-1"], "lines": [{"lineId": "1", "quantity": pieces(4)}]}
    assert desk.sent(CREDIT) == [memo]
    assert [told["status"] for told in desk.sent(STATUS)] == ["authorized", "credited"]
    assert desk.cases() == []


async def test_a_receipt_that_is_told_again_is_booked_and_credited_once(desk: Returning) -> None:
    for _ in range(3):
        await desk.receive(came(4))
    assert (len(desk.sent(BOOK)), desk.credited()) == (1, ["4"])


async def test_a_receipt_waits_for_its_authorization(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    with pytest.raises(NotYet, match="the authorization of RMA-1"):
        await desk.take(desk.parts.receipts, "east", receipt(came(4)))


@pytest.mark.parametrize(
    ("lines", "credited", "case"),
    [
        ([came(3), came(1, "damaged", "scrap")], ["3"], "1 of line 1 damaged"),
        ([came(4, "defective", "quarantine")], ["4"], ""),
        ([came(3)], ["3"], "1 of line 1 missing"),
        ([came(6)], ["4"], "2 of line 1 too many"),
        ([came(3), came(1, "wrongItem", "quarantine", sku="B")], ["3"], "line 1 brought B, 1 of line 1 missing"),
        ([came(4, "damaged", "scrap")], [], "4 of line 1 damaged"),
    ],
)
async def test_only_what_is_accepted_is_paid_for_and_what_is_odd_has_a_case(
    desk: Returning, lines: list[dict[str, Any]], credited: list[str], case: str
) -> None:
    await desk.receive(*lines)
    assert desk.credited() == credited
    assert desk.cases() == ([f"Return RMA-1: {case}"] if case else [])


async def test_a_return_in_two_boxes_is_paid_for_box_by_box_up_to_what_was_authorized(desk: Returning) -> None:
    desk.replies["GET erp/v1/returns/RMA-1"] = {"status": "partiallyReceived"}
    await desk.receive(came(3), final=False)
    assert desk.cases() == []
    await desk.receive(came(3), number=2)
    assert desk.credited() == ["3", "1"]
    assert desk.cases() == ["Return RMA-1: 2 of line 1 too many"]
    assert [told["status"] for told in desk.sent(STATUS)] == ["authorized", "received"]


async def test_cases_are_booked_and_paid_for_in_pieces(make_calls: MakeCalls) -> None:
    desk = Returning(make_calls, known_order())
    desk.replies["GET erp/v1/items/A"] = {"packs": [{"uom": "CA", "quantityPerBase": pieces(2)}]}
    await desk.begin()
    await desk.receive(came(2, quantity=pieces(2, "CA")))
    assert desk.sent(BOOK)[0]["lines"][0]["quantity"] == pieces(4)
    assert desk.credited() == ["4"]


async def test_goods_that_nobody_announced_are_a_case_and_nothing_else(make_calls: MakeCalls) -> None:
    desk = Desk(make_calls, known_order())
    await desk.take(Unannounced(), "east", {"receiptId": "RCP-9", "orderId": "CO-1"})
    assert desk.asked() == ["POST crm/v1/cases"]
    assert desk.sent("POST crm/v1/cases")[0]["category"] == "returnException"

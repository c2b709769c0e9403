"""E3: a case is no excuse for what the layer itself brought about."""

import pytest

from crossdock.tests.harness.histories import (
    ASKED,
    DELIVERED,
    finding,
    judged,
)

TOLD = "case C1 integrationError"
ITEM = "item 1 wrench | product 1 wrench | place 1 east wrench | place 1 west wrench"
IN_EUROS = 'turn-down createSalesOrder currency-mismatch {"currency":"EUR"}'
IN_CASES = 'turn-down createSalesOrder unknown-unit {"lines":[{"lineId":"1","quantity":{"value":"2","uom":"CA"}}]}'
STRANGE_ITEM = 'turn-down createSalesOrder unknown-item {"lines":[{"lineId":"1","sku":"VN"}]}'
STRANGE_LINE = 'turn-down createReturn unknown-line {"returnRequestId":"RR1","lines":[{"lineId":"01"}]}'
TOO_MANY = (
    'turn-down confirmShipment over-delivery {"shipmentId":"S1","warehouseId":"east","lines":[{"lineId":"1",'
    '"shippedQuantity":{"value":"14","uom":"EA"}}]}'
)
BACK = f"{DELIVERED} | wish-back RR1 1:4 | authorize RMA1 1:4 | announce RMA1 | come RC1 RMA1 1:2 1:2/damaged/scrap!"
TOO_MUCH = (
    'turn-down createCreditMemo over-credit {"rmaId":"RMA1","receiptIds":["RC1"],"lines":[{"lineId":"1","quantity":'
    '{"value":"4","uom":"EA"}}]}'
)
CASES_SHIPPED = (
    'turn-down confirmShipment unknown-unit {"shipmentId":"S1","lines":[{"lineId":"1","shippedQuantity":'
    '{"value":"1","uom":"CA"}}]}'
)


def test_a_case_is_no_excuse_for_a_currency_that_nobody_ordered_in() -> None:
    found = finding("E3", f"order 1:10 * | {IN_EUROS} * | {TOLD}")
    assert found.because[-1] == (
        "By the deadline: no sales order in the ERP. The ERP refused what the layer made of it: it wrote EUR, "
        "the customer ordered in USD (exchange 2): E3 is broken."
    )


@pytest.mark.parametrize("category", ["integrationError", "orderRejected"])
def test_nor_for_a_pack_that_the_erp_knows(category: str) -> None:
    found = finding("E3", f"{ITEM} | order 1:10 * | {IN_CASES} * | case C1 {category}")
    assert "it wrote 2 CA of SKU-1 as it stood" in found.because[-1]


def test_nor_for_a_shipment_that_was_told_in_such_packs() -> None:
    text = f"{ITEM} | {ASKED} | ship S1 R1 1:10! * | {CASES_SHIPPED} * | {TOLD}"
    assert finding("E3", text).key == "E3/CO-A/shipment/S1"


@pytest.mark.parametrize(
    ("text", "doing"),
    [
        (f"order 1:10 | {STRANGE_ITEM}", "it wrote VN, the customer ordered SKU-1"),
        (f"{DELIVERED} | wish-back RR1 1:4 | {STRANGE_LINE}", "it wrote line 01, the order has 1"),
        (
            f"{ASKED} | ship S1 R1 1:7! | {TOO_MANY}",
            "it wrote 14 EA of line 1, and 7 EA left in that shipment",
        ),
        (
            f"{BACK} | book-return RC1 | {TOO_MUCH}",
            "it wrote 4 EA of line 1, and 2 EA were accepted back",
        ),
    ],
    ids=["another item", "another line", "more than left", "more than was accepted back"],
)
def test_a_case_is_no_excuse_for_what_the_layer_made_up(text: str, doing: str) -> None:
    assert any(doing in found.because[-1] for found in judged("E3", f"{text} | {TOLD}").missing)


@pytest.mark.parametrize(
    "text",
    [
        f"order 1:10 | {STRANGE_ITEM.replace('VN', 'SKU-1')}",
        f"{ASKED} | ship S1 R1 1:10! | {TOO_MANY.replace('14', '10')}",
        f"{ASKED} | ship S1 R1 1:10! | {TOO_MANY.replace('EA', 'CA')}",
        f"{BACK} | book-return RC1 | {TOO_MUCH.replace('4', '2')}",
        f"{BACK} | book-return RC1 | {TOO_MUCH} refused-request",
    ],
    ids=["the ERP has lost an item", "as it left", "in another unit", "as it was accepted", "a fault"],
)
def test_a_case_excuses_a_refusal_of_what_was_as_it_was_told(text: str) -> None:
    assert judged("E3", f"{text} | {TOLD}").findings == []


@pytest.mark.parametrize(
    "text",
    [
        f"order 1:10 | {IN_EUROS.replace('EUR', 'USD')} | {TOLD}",  # as the customer has it: the ERP has it otherwise
        f"order 1:10 | {IN_EUROS} refused-request | {TOLD}",  # a fault said so
        f"order 1:10 | {IN_CASES} | {TOLD}",  # nobody knows of such a pack
        f"order 1:10 | {IN_EUROS.replace('currency-mismatch', 'unknown-customer')} | {TOLD}",
        f"{ASKED} | ship S1 R1 1:10! | {CASES_SHIPPED.replace('S1', 'S9')} | {TOLD}",
        'order 1:10 | turn-down createSalesOrder currency-mismatch "" | ' + TOLD,
    ],
    ids=["not its doing", "a fault", "no such pack", "another reason", "another shipment", "no body"],
)
def test_a_case_excuses_what_the_layer_has_not_brought_about(text: str) -> None:
    assert judged("E3", text).findings == []


def test_who_has_put_its_own_mistake_right_has_lost_nothing() -> None:
    assert judged("E3", f"order 1:10 | {IN_EUROS} | erp SO1 | status accepted").findings == []

"""What quotes and orders come to."""

import pytest

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import ACCOUNT, Crm, line, money


def test_the_header_is_the_sum_of_rounded_lines_and_freight_without_tax(crm: Crm) -> None:
    order = crm.order(line("1", "0.5 KGM", "0.01"), line("2", "0.5 KGM", "0.01"), line("3", "3 EA", "19.99"))
    assert order["totals"] == {"net": money("59.99"), "freight": money("9.50"), "gross": money("69.49")}


def test_a_currency_without_minor_digits_is_kept_without(crm: Crm) -> None:
    crm("createAccount", ACCOUNT | {"customerNumber": "CUST-2", "currency": "JPY"})
    crm.account_id = "ACC-t1-000002"
    order = crm.order(line("1", "3 EA", "1250", "JPY"), currency="JPY", freight=money("500", "JPY"))
    assert order["totals"]["gross"] == money("4250", "JPY")


def test_every_amount_in_another_currency_is_named(crm: Crm) -> None:
    refusal = refusal_of(
        lambda: crm.order(line("1"), line("2", currency="EUR"), currency="EUR", freight=money("1.00", "EUR"))
    )
    assert refusal.code == "currency-mismatch"
    pointers = [error.pointer for error in refusal.errors]
    assert pointers == ["/currency", "/freight/currency", "/lines/1/unitPrice/currency"]


def test_an_amount_with_the_wrong_digits_and_a_repeated_line_are_told_at_once(crm: Crm) -> None:
    refusal = refusal_of(lambda: crm.order(line("1", price="1.5"), line("1")))
    assert refusal.code == "invalid-request"
    assert [error.pointer for error in refusal.errors] == ["/lines/0/unitPrice/amount", "/lines/1/lineId"]


@pytest.mark.parametrize("price", ["999999999999999.00", "1000001.00"])
def test_more_than_an_amount_can_hold_is_refused(crm: Crm, price: str) -> None:
    refusal = refusal_of(lambda: crm.order(line("1", "999999999 EA", price)))
    assert (refusal.code, refusal.errors[0].pointer) == ("invalid-request", "/lines")


def test_quotes_are_checked_alike(crm: Crm) -> None:
    assert crm.quote(line("1", "3 EA", "19.99"))["totals"]["net"] == money("59.97")
    assert refusal_of(lambda: crm.quote(line("1"), line("1"))).code == "invalid-request"
    assert refusal_of(lambda: crm.quote(line("1", currency="EUR"))).code == "currency-mismatch"

"""From the draft to the order."""

from typing import Any

import pytest

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import ADDRESS, Crm, line

STEPS = {"present": "presentQuote", "accept": "acceptQuote", "reject": "rejectQuote", "convert": "convertQuote"}
LEGAL = {
    "draft": {"present"},
    "presented": {"accept", "reject"},
    "accepted": {"convert"},
    "rejected": set[str](),
    "ordered": set[str](),
}
WAY = {
    "draft": (),
    "presented": ("present",),
    "accepted": ("present", "accept"),
    "rejected": ("present", "reject"),
    "ordered": ("present", "accept", "convert"),
}


def quote_that_is(crm: Crm, status: str) -> str:
    quote_id: str = crm.quote()["quoteId"]
    for step in WAY[status]:
        crm(STEPS[step], quoteId=quote_id)
    assert crm("getQuote", quoteId=quote_id)["status"] == status
    return quote_id


@pytest.mark.parametrize("status", LEGAL)
@pytest.mark.parametrize("step", STEPS)
def test_a_quote_goes_only_the_steps_that_its_state_allows(crm: Crm, status: str, step: str) -> None:
    quote_id = quote_that_is(crm, status)
    before = crm("getQuote", quoteId=quote_id)
    if step in LEGAL[status]:
        crm(STEPS[step], quoteId=quote_id)
        assert crm("getQuote", quoteId=quote_id)["version"] == before["version"] + 1
    else:
        assert refusal_of(lambda: crm(STEPS[step], quoteId=quote_id)).code == "quote-state"
        assert crm("getQuote", quoteId=quote_id) == before


def test_an_order_takes_over_what_was_quoted(crm: Crm) -> None:
    quoted = crm.quote(line("1"), line("2", price="3.33"))
    for step in ("present", "accept"):
        crm(STEPS[step], quoteId=quoted["quoteId"])
    terms = {"customerReference": "PO-1", "requestedDate": "2026-03-20", "partialPolicy": "shipComplete"}
    order = crm("convertQuote", terms, quoteId=quoted["quoteId"])
    same = ("accountId", "customerNumber", "currency", "shipTo", "serviceLevel", "freight", "totals", "quoteId")
    assert {name: order[name] for name in same} == {name: quoted[name] for name in same}
    assert [{**line, "quantities": None} for line in order["lines"]] == [
        {**line, "quantities": None} for line in quoted["lines"]
    ]
    assert order.items() >= (terms | {"status": "submitted"}).items()
    assert order["billTo"] == ADDRESS
    assert crm("getQuote", quoteId=quoted["quoteId"])["orderId"] == order["orderId"]
    assert crm.told("order.submitted") == [order]


def test_a_quote_becomes_one_order_only(crm: Crm) -> None:
    quote_id = quote_that_is(crm, "ordered")
    refusal = refusal_of(lambda: crm("convertQuote", quoteId=quote_id))
    assert (refusal.code, refusal.existing) == ("quote-state", "CO-t1-000001")
    assert len(crm("listOrders")["items"]) == 1


def test_a_quote_is_good_until_the_end_of_its_last_day(crm: Crm) -> None:
    first, second = quote_that_is(crm, "presented"), quote_that_is(crm, "presented")
    crm.pass_days(10.66)  # 2026-03-12, shortly before midnight
    assert crm("getQuote", quoteId=first)["status"] == "presented"
    crm("acceptQuote", quoteId=first)
    crm.pass_days(0.01)
    assert refusal_of(lambda: crm("acceptQuote", quoteId=second)).code == "quote-expired"


def test_an_overdue_quote_reads_as_expired_and_is_found_as_such(crm: Crm) -> None:
    presented, draft = quote_that_is(crm, "presented"), quote_that_is(crm, "draft")
    crm.pass_days(11)

    def ids(**params: Any) -> list[str]:
        return [quote["quoteId"] for quote in crm("listQuotes", **params)["items"]]

    assert crm("getQuote", quoteId=presented)["status"] == "expired"
    assert ids(status="expired") == [presented]
    assert ids(status="presented") == []
    assert ids(accountId="ACC-9", status="expired") == []
    assert ids(accountId=crm.account_id) == [presented, draft]
    assert refusal_of(lambda: crm("rejectQuote", quoteId=presented)).code == "quote-state"
    assert refusal_of(lambda: crm("presentQuote", quoteId=draft)).code == "quote-expired"


def test_an_accepted_quote_can_be_converted_after_its_last_day(crm: Crm) -> None:
    quote_id = quote_that_is(crm, "accepted")
    crm.pass_days(100)
    assert crm("convertQuote", quoteId=quote_id)["status"] == "submitted"


def test_a_blocked_account_gets_no_order_from_its_quote(crm: Crm) -> None:
    quote_id = quote_that_is(crm, "accepted")
    crm.block()
    assert refusal_of(lambda: crm("convertQuote", quoteId=quote_id)).code == "customer-blocked"
    assert crm("getQuote", quoteId=quote_id)["status"] == "accepted"


def test_a_quote_for_nobody_is_refused(crm: Crm) -> None:
    refusal = refusal_of(lambda: crm.quote(accountId="ACC-9"))
    assert (refusal.code, refusal.errors[0].pointer) == ("unknown-customer", "/accountId")

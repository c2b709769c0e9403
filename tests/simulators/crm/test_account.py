"""Customers, and the people there."""

from typing import Any

import pytest

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import ACCOUNT, Crm


def test_a_new_account_is_active_and_announced_whole(crm: Crm) -> None:
    account = crm("createAccount", ACCOUNT | {"customerNumber": "CUST-2"})
    assert (account["status"], account["contacts"], account["version"]) == ("active", [], 1)
    assert crm("getAccount", accountId=account["accountId"]) == account
    assert crm.told("account.changed") == [account]


def test_a_customer_number_belongs_to_one_account(crm: Crm) -> None:
    refusal = refusal_of(lambda: crm("createAccount", ACCOUNT))
    assert (refusal.code, refusal.existing) == ("already-exists", crm.account_id)


def test_a_currency_that_does_not_exist_is_refused(crm: Crm) -> None:
    refusal = refusal_of(lambda: crm("createAccount", ACCOUNT | {"customerNumber": "CUST-2", "currency": "ZZZ"}))
    assert (refusal.code, refusal.errors[0].pointer) == ("invalid-request", "/currency")


def test_a_change_replaces_what_it_names_and_keeps_the_rest(crm: Crm) -> None:
    before = crm("getAccount", accountId=crm.account_id)
    crm.pass_days(1)
    after = crm("updateAccount", {"name": "Byrne & Co"}, accountId=crm.account_id, if_match=1)
    assert after == before | {"name": "Byrne & Co", "version": 2, "updatedAt": "2026-03-03T08:00:00Z"}
    assert crm.told("account.changed") == [after]


def test_a_change_of_a_stale_version_is_refused(crm: Crm) -> None:
    crm("updateAccount", {"name": "Byrne & Co"}, accountId=crm.account_id, if_match=1)
    refusal = refusal_of(lambda: crm("updateAccount", {"name": "Byrne"}, accountId=crm.account_id, if_match=1))
    assert refusal.code == "precondition-failed"


def test_a_change_that_changes_nothing_is_no_change(crm: Crm) -> None:
    assert crm("updateAccount", {"name": "Byrne Tools"}, accountId=crm.account_id)["version"] == 1
    assert crm.events == []


def test_accounts_are_found_by_the_number_at_the_erp(crm: Crm) -> None:
    crm("createAccount", ACCOUNT | {"customerNumber": "CUST-2"})

    def numbers(**params: Any) -> list[str]:
        return [account["customerNumber"] for account in crm("listAccounts", **params)["items"]]

    assert numbers() == ["CUST-1", "CUST-2"]
    assert numbers(customerNumber="CUST-2") == ["CUST-2"]
    assert numbers(status="blocked") == []
    assert numbers(updatedSince="2026-03-02T08:00:01Z") == []


def test_a_contact_is_part_of_its_account(crm: Crm) -> None:
    contact = crm("createContact", {"name": "Ada Byrne", "email": "ada@example.com"}, accountId=crm.account_id)
    account = crm("getAccount", accountId=crm.account_id)
    assert (account["contacts"], account["version"]) == ([contact], 2)
    assert crm.told("account.changed") == [account]


def test_contacts_come_in_pages(crm: Crm) -> None:
    other = crm("createAccount", ACCOUNT | {"customerNumber": "CUST-2"})["accountId"]
    for number in range(4):
        for account_id in (crm.account_id, other):
            crm("createContact", {"name": f"{account_id} {number}", "email": "a@b"}, accountId=account_id)
    first = crm("listContacts", accountId=crm.account_id, limit=3)
    rest = crm("listContacts", accountId=crm.account_id, limit=3, cursor=first["nextCursor"])
    assert [contact["name"] for contact in first["items"] + rest["items"]] == [
        f"{crm.account_id} {number}" for number in range(4)
    ]
    assert rest["nextCursor"] is None


def test_an_account_holds_a_hundred_contacts(crm: Crm) -> None:
    for _ in range(100):
        crm("createContact", {"name": "Ada", "email": "a@b"}, accountId=crm.account_id)
    refusal = refusal_of(lambda: crm("createContact", {"name": "Ada", "email": "a@b"}, accountId=crm.account_id))
    assert refusal.code == "invalid-request"


@pytest.mark.parametrize("operation", ["getAccount", "listContacts"])
def test_an_unknown_account_is_not_found(crm: Crm, operation: str) -> None:
    assert refusal_of(lambda: crm(operation, accountId="ACC-9")).code == "not-found"

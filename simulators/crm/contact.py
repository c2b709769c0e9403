"""People at the customer (contracts/crm/v1, contacts): part of their account."""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import ContactId
from ...contracts.objects import Account, Contact
from ..listing import DEFAULT_LIMIT
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from .account import changed, next_version
from .registry import rules

MOST_CONTACTS = 100  # contracts/canonical/v1/account.json


class ContactRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A person to be added."""

    name: str
    email: str
    phone: str | None = None
    role: str | None = None


@rules.operation("createContact")
def create_contact(tx: Transaction, call: Call[ContactRequest]) -> Contact:
    """The account's version rises. Raises: Refusal `invalid-request` when the account can hold no more."""
    account = tx.get(Account, call.params["accountId"])
    call.expect_version(account.version)
    if len(account.contacts) == MOST_CONTACTS:
        raise Refusal(
            "invalid-request", f"the account {account.account_id} has {MOST_CONTACTS} contacts, and no room for more"
        )
    contact = Contact(contact_id=ContactId(tx.ids.next("CON")), **msgspec.structs.asdict(call.body))
    # Beside the account's copy, so that a page of contacts has a cursor like every other list.
    tx.put(contact.contact_id, contact)
    changed(tx, next_version(tx, msgspec.structs.replace(account, contacts=(*account.contacts, contact))))
    return contact


@rules.operation("listContacts")
def list_contacts(tx: Transaction, call: Call[None]) -> Page:
    contacts = tx.get(Account, call.params["accountId"]).contacts
    limit: int = call.params.get("limit", DEFAULT_LIMIT)
    cursor: str | None = call.params.get("cursor")
    if cursor is None and len(contacts) <= limit:
        return Page(contacts, None)
    ours = {contact.contact_id for contact in contacts}
    return tx.page(Contact, limit, cursor, lambda contact: contact.contact_id in ours)

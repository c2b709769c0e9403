"""A customer of the CRM is a customer of the ERP; an item of the ERP is for sale in the CRM and has its places."""

from __future__ import annotations

from typing import Any

from .job import Job
from .party import Refused, TryLater

CUSTOMER = ("name", "status", "billTo")
PRODUCT = ("description", "baseUom", "prices", "active")
PLACE = ("description", "baseUom", "gtin", "packs", "weight", "lotTracked", "serialTracked")
ITEM, ACCOUNT = "item", "account"


def account_changed(job: Job) -> None:
    """account.changed. Raises: TryLater when the customer was changed meanwhile; Refused."""
    account = job.data
    account_id, number, version = account["accountId"], account["customerNumber"], account["version"]
    known = job.store.note(ACCOUNT, account_id) or {"version": 0}
    if version <= known["version"]:
        return
    facts = {name: account[name] for name in CUSTOMER}
    customer = _customer(job, number)
    try:
        if customer is None:
            body = {**{name: account[name] for name in ("customerNumber", "accountId", "currency")}, **facts}
            job.do(f"account:{account_id}", "erp", "POST", "/v1/customers", body)
        elif any(customer[name] != value for name, value in facts.items()):
            key, path = f"account:{account_id}:{version}", f"/v1/customers/{number}"
            job.do(key, "erp", "PATCH", path, facts, if_match=f'"{customer["version"]}"')
    except Refused as refusal:
        if refusal.code not in ("already-exists", "precondition-failed"):
            raise
        raise TryLater(str(refusal)) from refusal
    job.store.write_note(ACCOUNT, account_id, {"version": version})


def _customer(job: Job, number: str) -> Any:
    try:
        return job.read("erp", f"/v1/customers/{number}")
    except Refused as refusal:
        if refusal.status != 404:
            raise
        return None


def item_changed(job: Job) -> None:
    """item.changed. Raises: TryLater, Refused."""
    item = job.data
    sku, version = item["sku"], item["version"]
    known = job.store.note(ITEM, sku) or {"version": 0}
    if version < known["version"]:
        return
    job.store.write_note(ITEM, sku, {"version": version})  # from now on nothing older goes out any more
    product = {name: item[name] for name in PRODUCT if name in item}
    job.do(f"item:{sku}:{version}:crm", "crm", "PUT", f"/v1/products/{sku}", product)
    place = {name: item[name] for name in PLACE if name in item}
    for warehouse in job.warehouses:
        job.do(f"item:{sku}:{version}:{warehouse}", warehouse, "PUT", f"/v1/items/{sku}", place)

"""account.changed: a customer of the CRM is a customer of the ERP, with the same name, status and bill-to address."""

from __future__ import annotations

from typing import Any

import msgspec

from .calls import Refused
from .documents import Account
from .job import Job, NotYet

FACTS = ("name", "status", "billTo")


class Customers:
    """Of two versions the newer one counts, in whatever order they come."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet when somebody else changed the customer meanwhile; Refused, GaveUp."""
        account = msgspec.convert(job.event.data, Account, strict=False)
        if not self.is_news(job, account):
            return
        known = await self._known(job, account.customer_number)
        facts = {name: job.event.data[name] for name in FACTS}
        if known is None:
            await self.create(job, account, facts)
        elif any(known[name] != value for name, value in facts.items()):
            await self.change(job, account, facts, known["version"])
        job.order.newest["account"] = account.version

    def is_news(self, job: Job, account: Account) -> bool:
        return account.version > job.order.newest.get("account", 0)

    async def create(self, job: Job, account: Account, facts: dict[str, Any]) -> None:
        """Terms and credit limit are the ERP's own affair."""
        about = {name: job.event.data[name] for name in ("customerNumber", "accountId", "currency")}
        key = f"account:{account.account_id}:create"
        await self._made(job, key, "POST", "/v1/customers", {**about, **facts}, "already-exists")

    async def change(self, job: Job, account: Account, facts: dict[str, Any], version: int) -> None:
        """Only over what was just read: each order and bill changes the customer's version too."""
        key, path = f"account:{account.account_id}:v{account.version}", f"/v1/customers/{account.customer_number}"
        await self._made(job, key, "PATCH", path, facts, "precondition-failed", if_match=f'"{version}"')

    async def _made(
        self, job: Job, key: str, method: str, path: str, body: dict[str, Any], overtaken: str, **more: str
    ) -> None:
        try:
            await job.effect(key, "erp", method, path, body, **more)
        except Refused as refusal:
            if refusal.code != overtaken:
                raise
            raise NotYet(str(refusal)) from refusal  # look again, and see what is still to be done

    async def _known(self, job: Job, number: str) -> dict[str, Any] | None:
        try:
            customer: dict[str, Any] = await job.read("erp", f"/v1/customers/{number}")
        except Refused as refusal:
            if refusal.status != 404:
                raise
            return None
        return customer

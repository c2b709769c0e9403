"""item.changed: what the ERP sells is shown in the CRM, and has a place in every warehouse."""

from __future__ import annotations

from typing import Any

import msgspec

from .documents import Item
from .job import Job

PRODUCT = ("description", "baseUom", "prices", "active")
PLACE = ("description", "baseUom", "gtin", "packs", "weight", "lotTracked", "serialTracked")


class Items:
    """Of two versions the newer one counts, in whatever order they come."""

    async def handle(self, job: Job) -> None:
        """Raises: Refused, GaveUp."""
        item = msgspec.convert(job.event.data, Item, strict=False)
        if not self.is_news(job, item):
            return
        await self.show(job, item)
        for warehouse in job.warehouses:
            await self.place(job, item, warehouse)

    def is_news(self, job: Job, item: Item) -> bool:
        """A newer version may be half told, with a warehouse still to answer: nothing older goes out any more."""
        return item.version == job.calls.newest(f"item:{item.sku}", item.version)

    async def show(self, job: Job, item: Item) -> None:
        path = f"/v1/products/{item.sku}"
        await job.effect(self._key(item, "crm"), "crm", "PUT", path, self._facts(job, PRODUCT))

    async def place(self, job: Job, item: Item, warehouse: str) -> None:
        facts = self._facts(job, PLACE)
        await job.warehouses[warehouse].place_item(job, item.sku, facts, self._key(item, warehouse))

    def _facts(self, job: Job, names: tuple[str, ...]) -> dict[str, Any]:
        return {name: job.event.data[name] for name in names if name in job.event.data}

    def _key(self, item: Item, party: str) -> str:
        return f"item:{item.sku}:v{item.version}:{party}"

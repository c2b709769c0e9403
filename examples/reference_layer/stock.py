"""Stock: what people at a warehouse correct is booked in the ERP, and what they count is shown there."""

from __future__ import annotations

import msgspec

from .calls import Refused
from .documents import Adjustment, Quantity, Snapshot
from .job import Job, NotYet
from .units import written

IN_THE_BOOKS = "available"  # goods on hold or damaged are in no book
SCRAP = ("damaged", "destroyed")


class Corrections:
    """inventory.adjusted: one movement in the book for each correction of saleable goods."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet while the book has less than is taken away; Refused, GaveUp."""
        adjustment = msgspec.convert(job.event.data, Adjustment, strict=False)
        if self.concerns_the_books(adjustment) and not await self._is_booked(job, adjustment):
            await self.book(job, adjustment)

    def concerns_the_books(self, adjustment: Adjustment) -> bool:
        return adjustment.part == IN_THE_BOOKS

    def key(self, job: Job, adjustment: Adjustment) -> str:
        return f"adjustment:{job.party}:{adjustment.adjustment_id}"

    async def book(self, job: Job, adjustment: Adjustment) -> None:
        quantity = await job.parts.units.base(job, adjustment.sku, adjustment.quantity)
        scrapped = adjustment.reason in SCRAP and quantity.value < 0
        body = {
            "warehouseId": job.party,
            "sku": adjustment.sku,
            "kind": "scrap" if scrapped else "adjustment",
            "quantity": written(quantity),
            "reference": adjustment.adjustment_id,
            "reason": adjustment.reason,
        }
        try:
            await job.effect(self.key(job, adjustment), "erp", "POST", "/v1/stock-movements", body)
        except Refused as refusal:
            if refusal.code != "no-stock":
                raise
            raise NotYet(str(refusal)) from refusal  # what is to be taken away has not been booked in yet

    async def _is_booked(self, job: Job, adjustment: Adjustment) -> bool:
        """A replay may come after the ERP has forgotten the Idempotency-Key."""
        if not job.message.replays:
            return False
        query = f"warehouseId={job.party}&reference={adjustment.adjustment_id}"
        return bool((await job.read("erp", f"/v1/stock-movements?{query}"))["items"])


class Counts:
    """inventory.snapshot: the ERP shows the newest count of each position; nothing is booked by it."""

    async def handle(self, job: Job) -> None:
        """Raises: Refused, GaveUp."""
        data = job.event.data
        snapshot = msgspec.convert(data, Snapshot, strict=False)
        news = [each for each in snapshot.positions if self.is_news(job, each.sku, snapshot.sequence)]
        lines = []
        for position in news:
            saleable = Quantity(value=position.available.value + position.allocated.value, uom=position.available.uom)
            lines.append({"sku": position.sku, "counted": written(saleable)})
        if lines:
            facts = ("warehouseId", "snapshotId", "asOf", "sequence")
            body = {name: data[name] for name in facts} | {"lines": lines}
            key = f"count:{job.party}:{snapshot.snapshot_id}:{data['part']}"
            await job.effect(key, "erp", "POST", "/v1/stock-counts", body)
        for position in news:
            job.order.newest[position.sku] = snapshot.sequence

    def is_news(self, job: Job, sku: str, sequence: int) -> bool:
        return sequence > job.order.newest.get(sku, 0)

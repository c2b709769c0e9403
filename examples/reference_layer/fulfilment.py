"""fulfilment.released: the warehouse is asked to ship; if it cannot, the ERP is asked to move it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .calls import GaveUp, Refused
from .documents import Fulfilment, Request
from .job import Job, NotYet

PASSED_ON = (
    *("fulfilmentId", "revision", "warehouseId", "orderId", "salesOrderId", "customerReference"),
    *("shipTo", "serviceLevel", "requestedShipDate", "instructions"),
)
PASSED_ON_OF_LINE = ("lineId", "sku", "quantity")
TRY_ELSEWHERE = ("capacity-exceeded", "item-not-stocked")


class Rejected(Exception):
    """A partner will not do what it was asked, and a person must look at it."""


class Fulfilments:
    """A fulfilment is with at most one warehouse at any time."""

    async def handle(self, job: Job) -> None:
        release = msgspec.convert(job.event.data, Fulfilment, strict=False)
        known = job.order.requests.setdefault(release.fulfilment_id, Request())
        if known.cancelled or release.revision <= known.revision:
            return
        for revision, warehouse in self._asked_before(job, release, known):
            key = f"fulfilment:{release.fulfilment_id}:r{revision}:cancel"
            asked = {**job.event.data, "warehouseId": warehouse}
            await job.warehouses[warehouse].stop(job, asked, "moved to another warehouse", key)
        if known.warehouse_id != release.warehouse_id:
            known.warehouse_id = ""
        if await self.ask(job, release):
            known.warehouse_id = release.warehouse_id
        known.revision = release.revision

    def _asked_before(self, job: Job, release: Fulfilment, known: Request) -> Iterator[tuple[int, str]]:
        """Who else has the fulfilment, or may: who was asked by an earlier release and has not answered yet."""
        if known.warehouse_id and known.warehouse_id != release.warehouse_id:
            yield known.revision, known.warehouse_id
        for revision in range(known.revision + 1, release.revision):
            earlier = msgspec.structs.replace(release, revision=revision)
            for warehouse in job.warehouses:
                if warehouse != release.warehouse_id and job.calls.begun(self._key(earlier, warehouse)):
                    yield revision, warehouse

    async def ask(self, job: Job, release: Fulfilment) -> bool:
        """True once the warehouse has it; False when the ERP moves it, which it announces as a new revision.

        Raises: NotYet while no warehouse takes it; Refused, GaveUp.
        """
        reroute_key = f"fulfilment:{release.fulfilment_id}:r{release.revision}:reroute"
        if job.calls.begun(reroute_key):  # before a break: what was decided then stands
            return await self.reroute(job, release, "", reroute_key)
        try:
            await self.request(job, release, release.warehouse_id)
        except Refused as refusal:
            if refusal.code not in TRY_ELSEWHERE:
                raise
            return await self.reroute(job, release, refusal.code, reroute_key)
        except GaveUp as error:
            if error.uncertain:
                raise  # it may have the request: sent elsewhere as well, the goods would go out twice
            job.calls.withdraw(self._key(release, release.warehouse_id))
            return await self.reroute(job, release, "out of reach", reroute_key)
        return True

    async def request(self, job: Job, release: Fulfilment, warehouse: str) -> None:
        data = job.event.data
        body = {name: data[name] for name in PASSED_ON if name in data}
        body["lines"] = [{name: line[name] for name in PASSED_ON_OF_LINE} for line in data["lines"]]
        await job.warehouses[warehouse].request(job, body, self._key(release, warehouse))

    async def reroute(self, job: Job, release: Fulfilment, why: str, key: str) -> bool:
        to = await job.parts.routing.instead_of(job, release.warehouse_id, release.ship_to, release.lines)
        if to is None and not job.calls.begun(key):
            raise NotYet(f"{release.warehouse_id} does not take {release.fulfilment_id} ({why}), and nobody else can")
        path = f"/v1/fulfilments/{release.fulfilment_id}/reroute"
        try:
            await job.effect(key, job.erp, "POST", path, {"warehouseId": to, "reason": why})
        except Refused as refusal:  # the stock there went to somebody else meanwhile
            raise NotYet(str(refusal)) from refusal
        return False

    def _key(self, release: Fulfilment, warehouse: str) -> str:
        return f"fulfilment:{release.fulfilment_id}:r{release.revision}:{warehouse}"


class LateRefusals:
    """warehouse.answered: a warehouse that could read our request, and that counted as having it, does not ship it."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet while nobody else takes it; Refused, GaveUp."""
        told = job.event.data
        fulfilment_id = told["key"].split(":")[1]
        document = await job.read(job.erp, f"/v1/fulfilments/{fulfilment_id}")
        release = msgspec.convert(document, Fulfilment, strict=False)
        known = job.order.requests.setdefault(fulfilment_id, Request())
        if known.warehouse_id != job.party or release.warehouse_id != job.party:
            return  # it was moved since
        if told["code"] not in TRY_ELSEWHERE:
            raise Rejected(f"{job.party} refuses {fulfilment_id}: {told['code']} {told['detail']}")
        key = f"fulfilment:{fulfilment_id}:r{release.revision}:reroute"
        await job.parts.fulfilments.reroute(job, release, told["code"], key)
        known.warehouse_id = ""

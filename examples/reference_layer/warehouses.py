"""The warehouses as the workflows see them: one way to ask, whatever the way in which each of them speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from .calls import Refused
from .file_exchange import FileExchange
from .job import Job, NotYet
from .paper import Outgoing, Paper
from .queue_requests import outgoing


class Warehouse(Protocol):
    """What can be asked of a warehouse. Everything raises Refused and GaveUp; NotYet where the answer is to come."""

    async def request(self, job: Job, body: dict[str, Any], key: str) -> None:
        """That it ships a fulfilment."""

    async def stop(self, job: Job, fulfilment: dict[str, Any], reason: str, key: str) -> None:
        """That it does not; one that never had it stopped it as well. Refused as `too-late` once it is picked."""

    async def announce_return(self, job: Job, announcement: dict[str, Any], key: str) -> None:
        """That goods will come back."""

    async def place_item(self, job: Job, sku: str, facts: dict[str, Any], key: str) -> None:
        """That it has a place for an item, and knows what the item is like now; where it hears of items at all."""

    async def has_room(self, job: Job, service_level: str) -> bool:
        """Whether it takes more now; True where that can't be asked."""


class ApiWarehouse:
    """One with an API (contracts/warehouse/v1)."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def request(self, job: Job, body: dict[str, Any], key: str) -> None:
        patience, path = job.settings.reroute_after_s, "/v1/fulfilment-requests"
        await job.effect(key, self.name, "POST", path, body, "duplicate-fulfilment", open_circuit_s=patience)

    async def stop(self, job: Job, fulfilment: dict[str, Any], reason: str, key: str) -> None:
        path = f"/v1/fulfilment-requests/{fulfilment['fulfilmentId']}/cancel"
        await job.effect(key, self.name, "POST", path, {"reason": reason}, "not-found")

    async def announce_return(self, job: Job, announcement: dict[str, Any], key: str) -> None:
        await job.effect(key, self.name, "POST", "/v1/returns", announcement, "already-exists")

    async def place_item(self, job: Job, sku: str, facts: dict[str, Any], key: str) -> None:
        await job.effect(key, self.name, "PUT", f"/v1/items/{sku}", facts)

    async def has_room(self, job: Job, service_level: str) -> bool:
        """The last tenth is kept for express orders. Who cannot be asked now is taken to have room."""
        capacity = await job.calls.glance(self.name, "/v1/capacity", job.trace)
        if capacity.status != 200:
            return job.calls.unreachable_for_s(self.name) < job.settings.reroute_after_s
        free, limit = int(capacity.content["free"]), int(capacity.content["limit"])
        return free > 0 and (service_level == "express" or free * 10 >= limit)


class FileWarehouse:
    """One that exchanges files, in the format that is agreed with it."""

    def __init__(self, name: str, paper: Paper, exchange: FileExchange) -> None:
        self.name, self._paper, self._exchange = name, paper, exchange

    async def request(self, job: Job, body: dict[str, Any], key: str) -> None:
        known = job.order.requests.get(body["fulfilmentId"])
        action = "R" if known is not None and known.warehouse_id == self.name else "N"
        await self._done(job, key, self._paper.request(body, action), "duplicate-fulfilment")

    async def stop(self, job: Job, fulfilment: dict[str, Any], reason: str, key: str) -> None:
        await self._done(job, key, self._paper.cancellation(fulfilment, reason), "not-found")

    async def announce_return(self, job: Job, announcement: dict[str, Any], key: str) -> None:
        await self._done(job, key, self._paper.return_notice(announcement), "already-exists")

    async def place_item(self, job: Job, sku: str, facts: dict[str, Any], key: str) -> None:
        outgoing = self._paper.item(sku, facts)
        if outgoing is not None:
            await self._done(job, key, outgoing)

    async def has_room(self, job: Job, service_level: str) -> bool:
        return True

    async def _done(self, job: Job, key: str, outgoing: Outgoing, *done_when: str) -> None:
        key = job.parts.recognition.effect_key(key, job.message)
        try:
            await self._exchange.effect(job, key, self.name, outgoing)
        except Refused as refusal:
            if refusal.code not in done_when:
                raise


class QueueWarehouse:
    """One that takes the requests of its API from a queue, and answers in another."""

    def __init__(self, name: str, exchange: FileExchange) -> None:
        self.name, self._exchange = name, exchange

    async def request(self, job: Job, body: dict[str, Any], key: str) -> None:
        done_when = ("duplicate-fulfilment",)
        await self._done(job, key, "createFulfilmentRequest", body["fulfilmentId"], body, *done_when)

    async def stop(self, job: Job, fulfilment: dict[str, Any], reason: str, key: str) -> None:
        about, operation = fulfilment["fulfilmentId"], "cancelFulfilmentRequest"
        # A broker may hand out the older request later, when a reader of the warehouse went with it: then `not-found`
        # would not mean that it never comes.
        if self._exchange.is_open(self.name, f"fulfilment:{about}:", key):
            raise NotYet(f"{self.name} has not answered yet whether it ships {about}")
        await self._done(job, key, operation, about, {"reason": reason}, "not-found", fulfilmentId=about)

    async def announce_return(self, job: Job, announcement: dict[str, Any], key: str) -> None:
        await self._done(job, key, "createReturn", announcement["rmaId"], announcement, "already-exists")

    async def place_item(self, job: Job, sku: str, facts: dict[str, Any], key: str) -> None:
        await self._done(job, key, "putWarehouseItem", sku, facts, sku=sku)

    async def has_room(self, job: Job, service_level: str) -> bool:
        return True

    async def _done(
        self, job: Job, key: str, operation: str, about: str, body: dict[str, Any], *done_when: str, **path: str
    ) -> None:
        key = job.parts.recognition.effect_key(key, job.message)
        try:
            await self._exchange.effect(job, key, self.name, outgoing(job, operation, about, path, body, key))
        except Refused as refusal:
            if refusal.code not in done_when:
                raise


Warehouses = Mapping[str, Warehouse]

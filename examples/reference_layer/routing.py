"""Which warehouse ships: by the ship-to region, stock, room and service level."""

from __future__ import annotations

from decimal import Decimal

from .documents import Line, Place
from .job import Job

# Regions whose nearest warehouse is known, by country; elsewhere the one with more stock is taken.
NEAREST = {
    "east": {
        "US": "AL CT DC DE FL GA IA IL IN KY MA MD ME MI MN MS NC NH NJ NY OH PA RI SC TN VA VT WI WV",
        "CA": "NB NL NS ON PE QC",
    },
    "west": {"US": "AK AZ CA CO HI ID MT NM NV OR UT WA WY", "CA": "AB BC YT"},
    "regional": {"US": "AR KS LA MO ND NE OK SD TX", "CA": "MB SK"},
}
Stock = dict[tuple[str, str], Decimal]  # (warehouse, sku) → available to promise


class Routing:
    """Chooses; whether the ERP promises and the warehouse takes it is theirs to say."""

    async def choose(self, job: Job, to: Place, service_level: str, lines: list[Line]) -> dict[str, str]:
        """Line id → warehouse. All from one if one has it all; else each line from the first that has it."""
        stock = await self._stock(job, lines)
        candidates = self._by_distance(job, to, lines, stock)
        whole = [each for each in candidates if all(_has(stock, each, line) for line in lines)]
        for warehouse in whole:
            if await job.warehouses[warehouse].has_room(job, service_level):
                return dict.fromkeys((line.line_id for line in lines), warehouse)
        if whole:
            return dict.fromkeys((line.line_id for line in lines), whole[0])
        return {
            line.line_id: next((each for each in candidates if _has(stock, each, line)), candidates[0])
            for line in lines
        }

    async def instead_of(self, job: Job, refusing: str, to: Place, lines: list[Line]) -> str | None:
        """Another warehouse that has it all and has room, now."""
        stock = await self._stock(job, lines)
        for warehouse in self._by_distance(job, to, lines, stock):
            fits = warehouse != refusing and all(_has(stock, warehouse, line) for line in lines)
            if fits and await job.warehouses[warehouse].has_room(job, "express"):
                return warehouse
        return None

    async def _stock(self, job: Job, lines: list[Line]) -> Stock:
        query = "&".join(f"sku={sku}" for sku in sorted({line.sku for line in lines}))
        answer = await job.read(job.erp, f"/v1/availability?{query}")
        return {
            (each["warehouseId"], each["sku"]): Decimal(each["availableToPromise"]["value"]) for each in answer["items"]
        }

    def _by_distance(self, job: Job, to: Place, lines: list[Line], stock: Stock) -> list[str]:
        """The nearest first. Who is out of reach for long stands at the end."""

        def rank(warehouse: str) -> tuple[bool, bool, Decimal]:
            lost = job.calls.unreachable_for_s(warehouse) >= job.settings.reroute_after_s
            near = to.region in NEAREST[warehouse].get(to.country, "").split()
            return lost, not near, -sum((stock.get((warehouse, line.sku), Decimal()) for line in lines), Decimal())

        return sorted(job.settings.warehouses, key=rank)


def _has(stock: Stock, warehouse: str, line: Line) -> bool:
    """Availability is told in the item's base unit; of an order in packs it says only whether there is any."""
    available = stock.get((warehouse, line.sku), Decimal())
    return available >= line.quantity.value if line.quantity.uom == "EA" else available > 0

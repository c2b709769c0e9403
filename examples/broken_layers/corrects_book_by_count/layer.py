"""What a count and the book differ by is booked at once: goods that left and are not confirmed yet go out twice.

Breaks Q3. Modelled on https://github.com/libracore/WooCommerceConnector/issues/41 (a synchronisation overwrites
the stock with what it finds on the shelf).
"""

from decimal import Decimal

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.stock import Counts


class BooksTheDifference(Counts):
    async def handle(self, job: Job) -> None:
        await super().handle(job)
        for position in job.event.data["positions"]:
            book = await job.read("erp", f"/v1/stock/{job.party}/{position['sku']}")
            counted = Decimal(position["available"]["value"]) + Decimal(position["allocated"]["value"])
            difference = counted - Decimal(book["onHand"]["value"])
            if difference:
                body = {
                    "warehouseId": job.party,
                    "sku": position["sku"],
                    "kind": "adjustment",
                    "quantity": {"value": f"{difference:f}", "uom": position["onHand"]["uom"]},
                    "reference": job.event.data["snapshotId"],
                }
                key = f"difference:{job.event.data['snapshotId']}:{position['sku']}"
                await job.effect(key, "erp", "POST", "/v1/stock-movements", body)


PARTS = Parts(counts=BooksTheDifference())


if __name__ == "__main__":
    serve(PARTS)

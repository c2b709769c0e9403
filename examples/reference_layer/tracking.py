"""tracking.milestone: where a parcel is, as far as that is news."""

from __future__ import annotations

import msgspec

from .cases import reference
from .documents import Milestone, Parcel
from .job import Job, NotYet
from .status import FAILED

ENDS = ("delivered", "returned", "lost")


class MilestonePolicy:
    """Milestones come late, twice and in any order: the newest by when it happened is believed, and after an end only
    another end.
    """

    def advances(self, parcel: Parcel, milestone: Milestone) -> bool:
        if parcel.occurred_at is None:
            return True
        if parcel.code in ENDS and milestone.code not in ENDS:
            return False
        return (milestone.occurred_at, milestone.sequence) > (parcel.occurred_at, parcel.sequence)


class Tracking:
    """Tells the CRM of parcels, of orders that are delivered or cannot be, and opens and closes the case for that."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet while the parcel's shipment has not come; Refused, GaveUp."""
        milestone = msgspec.convert(job.event.data, Milestone, strict=False)
        number = milestone.tracking_number
        parcel = job.order.parcels.get(number)
        if parcel is None:
            raise NotYet(f"the shipment with parcel {number} has not come yet")
        if not job.parts.milestones.advances(parcel, milestone):
            return
        parcel.code, parcel.occurred_at, parcel.sequence = milestone.code, milestone.occurred_at, milestone.sequence
        body = {
            "shipmentId": parcel.shipment_id,
            "warehouseId": parcel.warehouse_id,
            "carrier": parcel.carrier,
            "milestone": milestone.code,
            "occurredAt": job.event.data["occurredAt"],
        }
        path = f"/v1/orders/{milestone.order_id}/tracking/{number}"
        await job.effect(f"parcel:{number}:{milestone.sequence}:{milestone.code}", "crm", "PUT", path, body)
        await job.parts.updates.tell(job)
        failed = reference("delivery-failed", number)
        if milestone.code in FAILED:
            about = {"shipmentId": parcel.shipment_id, "trackingNumber": number}
            await job.parts.cases.open(job, failed, "deliveryFailed", f"Parcel {number}: {milestone.code}", **about)
        elif milestone.code == "delivered":
            await job.parts.cases.resolve(job, failed, "The parcel was delivered after all")

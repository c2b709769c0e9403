"""Where a parcel is: told to the CRM as far as it is news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from . import cases
from .job import Job
from .order_status import FAILED, PARCEL, show
from .party import TryLater

ENDS = ("delivered", "returned", "lost")


def milestone(job: Job) -> None:
    """tracking.milestone. Raises: TryLater while the parcel's shipment is not there; Refused."""
    told = job.data
    number = told["trackingNumber"]
    parcel = job.store.note(PARCEL, number)
    if parcel is None:
        raise TryLater(f"the shipment with parcel {number} has not come yet")
    same = (parcel["code"], parcel["sequence"]) == (told["code"], told["sequence"])  # half done in an earlier round
    if not (same or job.parts.is_news(parcel, told)):
        return
    job.store.write_note(
        PARCEL, number, {**parcel, **{k: told[k] for k in ("code", "occurredAt", "sequence")}}, job.order_id
    )
    body = {
        **{k: parcel[k] for k in ("shipmentId", "warehouseId", "carrier")},
        "milestone": told["code"],
        "occurredAt": told["occurredAt"],
    }
    path = f"/v1/orders/{job.order_id}/tracking/{number}"
    job.do(f"parcel:{number}:{told['sequence']}:{told['code']}", "crm", "PUT", path, body)
    show(job)
    if told["code"] in FAILED:
        cases.failed_delivery(job, number, parcel["shipmentId"], told["code"])
    elif told["code"] == "delivered":
        cases.close(job, cases.delivery(number), "The parcel was delivered after all")


def is_news(parcel: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Milestones come late and in any order: the newest by when it happened counts, and after an end only an end."""
    if not parcel["code"]:
        return True
    if parcel["code"] in ENDS and told["code"] not in ENDS:
        return False
    then, now = datetime.fromisoformat(parcel["occurredAt"]), datetime.fromisoformat(told["occurredAt"])
    return (now, told["sequence"]) > (then, parcel["sequence"])

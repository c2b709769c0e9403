"""An event that cannot be worked on is set aside, and customer service has a case about it."""

from __future__ import annotations

from typing import Any

from .job import Job
from .store import Waiting

SET_ASIDE = "self.set-aside"


def own_event(waiting: Waiting, reason: str) -> dict[str, Any]:
    """The layer's note to itself, worked on like any event: so the case is opened as surely as all else is done."""
    event = waiting.event
    data = {
        "subject": f"{event['type']} from {waiting.party} cannot be processed"[:120],
        "description": f"Event {event['id']}: {reason}"[:4000],
    }
    about = event.get("data")
    order_id = (about.get("orderId") or about.get("externalReference")) if isinstance(about, dict) else None
    if order_id:
        data["orderId"] = order_id
    own_id = f"{waiting.party}:{event['id']}"
    return {**event, "id": own_id, "type": SET_ASIDE, "data": data}


def tell_people(job: Job) -> None:
    """One case for each event that is set aside. Raises: Refused, TryLater."""
    body = {"category": "integrationError", "reference": f"set-aside:{job.waiting.event['id']}"[:100], **job.data}
    job.do(f"case:set-aside:{job.waiting.event['id']}", "crm", "POST", "/v1/cases", body)

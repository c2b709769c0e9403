"""What becomes of an event that could not be worked off, and the case that is opened when it is set aside."""

from __future__ import annotations

from enum import Enum

from .calls import Refused
from .cases import reference
from .fulfilment import Rejected
from .job import Job, NotYet

SET_ASIDE, REPLAYED = "layer.set-aside", "layer.replayed"  # the layer's own events


class Verdict(Enum):
    AGAIN = "again"
    SET_ASIDE = "set aside"
    FORGET = "forget"


class ErrorPolicy:
    """Waits for what may still come, and sets the rest aside for a person. Nothing is ever forgotten."""

    def verdict(self, error: Exception, waited_s: float, give_up_s: float) -> Verdict:
        """`waited_s` since the first try. 404: what the event speaks of may not be readable yet."""
        may_come = isinstance(error, NotYet) or (isinstance(error, Refused) and error.status == 404)
        return Verdict.AGAIN if may_come and waited_s < give_up_s else Verdict.SET_ASIDE


class UnreadableFiles:
    """warehouse.file-unreadable: set aside at once, for nothing in the file can be acted upon."""

    async def handle(self, job: Job) -> None:
        """Raises: Rejected, always."""
        raise Rejected(job.event.data["problem"])


class IntegrationErrors:
    """One open case for each order of which something is set aside, until all of it was replayed."""

    async def handle(self, job: Job) -> None:
        """The layer's own events `layer.set-aside` and `layer.replayed`. Raises: Refused, GaveUp."""
        number = 1
        while job.order.cases.get(about := reference("integration-error", f"{job.message.order_key}:{number}")) == "":
            number += 1  # an earlier one is resolved
        if job.event.type == SET_ASIDE:
            text = {
                name: job.event.data[name] for name in ("subject", "description", "orderId") if job.event.data[name]
            }
            await job.parts.cases.open(job, about, "integrationError", **text)
        else:
            await job.parts.cases.resolve(job, about, "All that was set aside is processed")

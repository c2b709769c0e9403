"""A correction is known by the message that brought it: told again under a new event id, it is booked again.

Breaks E1. Modelled on https://github.com/Automattic/woocommerce-payments/issues/8292 (stock is reduced twice).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Adjustment
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.stock import Corrections


class KeyedByMessage(Corrections):
    def key(self, job: Job, adjustment: Adjustment) -> str:
        return f"event:{job.party}:{job.event.id}"


PARTS = Parts(corrections=KeyedByMessage())


if __name__ == "__main__":
    serve(PARTS)

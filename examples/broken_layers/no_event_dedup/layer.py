"""Every delivery is taken for a new event, with idempotency keys of its own: a doubled order makes two ERP orders.

Breaks E1. Modelled on https://github.com/nozzlegear/ShopifySharp/issues/919 (the same webhook several times
at once) and https://github.com/frappe/erpnext/issues/35685 (several invoices per order on a repeated
callback).
"""

import itertools

from reference_layer.__main__ import serve
from reference_layer.documents import Event, Knowledge
from reference_layer.job import Recognition
from reference_layer.layer import Parts
from reference_layer.store import Message


class EveryDeliveryIsNew(Recognition):
    """Keys what it does by the delivery, not by the order."""

    def __init__(self) -> None:
        self._deliveries = itertools.count(1)

    def message_id(self, event: Event) -> str:
        return f"{event.id}/{next(self._deliveries)}"

    def knows(self, order: Knowledge) -> bool:
        return False

    def effect_key(self, key: str, message: Message) -> str:
        return f"{key}/{message.id}"


PARTS = Parts(recognition=EveryDeliveryIsNew())

if __name__ == "__main__":
    serve(PARTS)

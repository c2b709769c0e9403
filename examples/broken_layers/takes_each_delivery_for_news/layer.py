"""What comes from a queue is new each time it comes: nobody looks whether the broker has handed it out before.

Breaks E1. Modelled on https://github.com/EasyNetQ/EasyNetQ/issues/1413 (a confirm is lost, and the message stands in
the queue twice).
"""

import itertools

from reference_layer.__main__ import serve
from reference_layer.documents import Event, Shipment
from reference_layer.job import Job, Recognition
from reference_layer.layer import Parts
from reference_layer.shipment import Shipments
from reference_layer.store import Message


class EachIsNew(Recognition):
    def __init__(self) -> None:
        self._deliveries = itertools.count(1)

    def message_id(self, event: Event) -> str:
        return f"{event.id}/{next(self._deliveries)}"

    def effect_key(self, key: str, message: Message) -> str:
        return f"{key}/{message.id}"


class NewEachTime(Shipments):
    def known(self, job: Job, shipment: Shipment, key: str) -> bool:
        return False


PARTS = Parts(recognition=EachIsNew(), shipments=NewEachTime())

if __name__ == "__main__":
    serve(PARTS)

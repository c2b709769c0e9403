"""What a file says is known by the file and not by itself: the same file again, or under another name, is done again.

Breaks E1. Modelled on https://github.com/OpenAS2/OpenAs2App/issues/260 (a file that was handed on is received and
processed again).
"""

import itertools

from reference_layer.__main__ import serve
from reference_layer.documents import Event, Shipment
from reference_layer.job import Job, Recognition
from reference_layer.layer import Parts
from reference_layer.settings import WAREHOUSES
from reference_layer.shipment import Shipments
from reference_layer.store import Message

FROM_FILE = " from file "


class ByTheFile(Recognition):
    def __init__(self) -> None:
        self._readings = itertools.count(1)

    def message_id(self, event: Event) -> str:
        # What comes by an API has the address of its sender for a source, what stood in a file the sender's name.
        return f"{event.id}{FROM_FILE}{next(self._readings)}" if event.source in WAREHOUSES else event.id

    def effect_key(self, key: str, message: Message) -> str:
        return f"{key}/{message.id}" if FROM_FILE in message.id else key


class NewInEachFile(Shipments):
    def known(self, job: Job, shipment: Shipment, key: str) -> bool:
        return False


PARTS = Parts(recognition=ByTheFile(), shipments=NewInEachFile())

if __name__ == "__main__":
    serve(PARTS)

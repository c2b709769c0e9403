"""A replay is a new message to it, with idempotency keys of its own, and it does not look what is there already.

Breaks E1. Modelled on https://github.com/openlinker-project/openlinker/issues/3369 (after an ambiguous
time-out the order is made once more).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import SalesOrder
from reference_layer.intake import Intake
from reference_layer.job import Job, Recognition
from reference_layer.layer import Parts
from reference_layer.store import Message


class OneKeyPerReplay(Recognition):
    def effect_key(self, key: str, message: Message) -> str:
        return f"{key}/replay-{message.replays}" if message.replays else key


class DoesNotLook(Intake):
    async def _existing(self, job: Job, order_id: str) -> SalesOrder | None:
        return None


PARTS = Parts(recognition=OneKeyPerReplay(), intake=DoesNotLook())

if __name__ == "__main__":
    serve(PARTS)

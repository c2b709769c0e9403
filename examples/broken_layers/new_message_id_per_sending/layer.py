"""A request over a broker that is not answered is sent again as a new message, under an id of its own.

Breaks E1 and Q2: a warehouse that knows requests by their message id ships twice. Modelled on
https://github.com/pragmaticalabs/pragmatica/issues/1237 (each publishing makes an id of its own, so nobody
can tell that it is a repetition).
"""

from reference_layer.__main__ import serve
from reference_layer.calls import IdempotencyKeys
from reference_layer.layer import Parts


class NewIdPerSending(IdempotencyKeys):
    """`message_id=str(uuid4())`, where the message is published."""

    def for_try(self, key: str, number: int) -> str:
        return f"{key}#{number}"


PARTS = Parts(keys=NewIdPerSending())

if __name__ == "__main__":
    serve(PARTS)

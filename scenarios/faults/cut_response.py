"""cut-response: the answer ends at an octet, as if it had been sent."""

from __future__ import annotations

from ..fault import faults
from ..wire.rule import Cut, Rule
from ..wire_fault import ConnectionFault


@faults.register("cut-response")
class CutResponse(ConnectionFault):
    """The request is carried out, `after_octets` of the answer arrive, in its head or in its body, and then the
    connection is closed in good order.

    A layer must not take half an answer for a whole one, nor for a refusal: it must find out what became of its
    request, best by repeating it with the same idempotency key (E1, E3).
    """

    after_octets: int = 200

    def rule(self) -> Rule:
        return Cut(self.after_octets, reset=False)

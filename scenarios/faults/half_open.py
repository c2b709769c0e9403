"""half-open: the connection stays open, and nothing comes over it any more."""

from __future__ import annotations

from ..fault import faults
from ..wire.rule import Rule, Silence
from ..wire_fault import ConnectionFault


@faults.register("half-open")
class HalfOpen(ConnectionFault):
    """The request is carried out, `after_octets` of the answer arrive, and then the connection is dead without either
    side being told.

    Only a time-out ends such a wait. A layer must have one for the whole answer, not only for its beginning, and then
    repeat the request with the same idempotency key (E1, E3).
    """

    after_octets: int = 60

    def rule(self) -> Rule:
        return Silence(self.after_octets)

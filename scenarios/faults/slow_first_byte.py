"""slow-first-byte: nothing comes for a while, and then the whole answer."""

from __future__ import annotations

from ..fault import faults
from ..wire.proxy_effect import AnyEffect, Late
from ..wire_fault import ProxyFault


@faults.register("slow-first-byte")
class SlowFirstByte(ProxyFault):
    """The party carries the request out at once; its answer begins `by_s` seconds late.

    A layer must wait for no longer than it can afford (R2), hold up no other order meanwhile, and, if it gave up, ask
    again with the same idempotency key (E1).
    """

    by_s: float = 3.0

    def passing(self) -> AnyEffect:
        return Late(by_s=self.by_s)

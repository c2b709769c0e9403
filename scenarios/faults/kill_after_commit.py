"""kill-after-commit: the connection ends when the party has carried out the request."""

from __future__ import annotations

from ..fault import faults
from ..wire.proxy_effect import AnyEffect, Lose
from ..wire_fault import ProxyFault


@faults.register("kill-after-commit")
class KillAfterCommit(ProxyFault):
    """The party carries the request out and answers, and the connection ends before a single octet of the answer
    arrives.

    It may have happened. A layer must repeat the request with the same idempotency key, or look first whether it has
    happened (E1, E3).
    """

    def passing(self) -> AnyEffect:
        return Lose()

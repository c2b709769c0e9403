"""kill-before-commit: the connection ends before the party has seen the request."""

from __future__ import annotations

from ..fault import faults
from ..wire.proxy_effect import AnyEffect, Drop
from ..wire_fault import ProxyFault


@faults.register("kill-before-commit")
class KillBeforeCommit(ProxyFault):
    """The connection ends without an answer, and the request never reaches the party.

    Seen from the layer it is the same as `kill-after-commit`. A layer must send the request again (E3), as one that may
    have been carried out (E1).
    """

    def passing(self) -> AnyEffect:
        return Drop()

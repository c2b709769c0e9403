"""doubled-request: the party gets the request twice."""

from __future__ import annotations

from ..fault import faults
from ..wire.proxy_effect import AnyEffect, Double
from ..wire_fault import ProxyFault


@faults.register("doubled-request")
class DoubledRequest(ProxyFault):
    """The addressed request reaches the party `copies` times, the further ones `after_s` seconds after the first.
    Something on the way has repeated it; the layer sees one answer.

    The layer did nothing wrong, and can't even know. A layer must send with every creating request what lets the party
    tell a repetition from a second wish (E1).
    """

    copies: int = 2
    after_s: float = 0.0

    def passing(self) -> AnyEffect:
        return Double(copies=self.copies, after_s=self.after_s)

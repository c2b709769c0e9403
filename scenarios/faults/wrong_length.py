"""wrong-length: the answer is longer than its Content-Length says."""

from __future__ import annotations

from ..fault import faults
from ..wire.proxy_effect import AnyEffect, Mislabel
from ..wire_fault import ProxyFault


@faults.register("wrong-length")
class WrongLength(ProxyFault):
    """The request is carried out; the Content-Length of the answer is `less_octets` too small. Its end is cut off for
    whoever believes it.

    A layer must not act on a document that can't be read to its end (K1, F1), nor take what is left over for the answer
    to its next call: it must ask again with the same idempotency key (E1, E3).
    """

    less_octets: int = 10

    def passing(self) -> AnyEffect:
        return Mislabel(less_octets=self.less_octets)

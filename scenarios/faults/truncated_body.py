"""truncated-body: the answer is shorter than its Content-Length says."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ..fault import faults
from ..wire.proxy_effect import AnyEffect, Short
from ..wire_fault import ProxyFault


@faults.register("truncated-body")
class TruncatedBody(ProxyFault):
    """The request is carried out, `part` of the answer's body arrives, and the connection is closed, though the
    Content-Length promised more.

    A layer must notice that the answer is not whole, even where what came of it can be read (K1, F1), and ask again
    with the same idempotency key (E1, E3).
    """

    part: Annotated[float, msgspec.Meta(ge=0, lt=1)] = 0.5

    def passing(self) -> AnyEffect:
        return Short(part=self.part, closes=True)

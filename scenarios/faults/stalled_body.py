"""stalled-body: the answer stops in the middle of its body and the connection stays open."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ..fault import faults
from ..wire.proxy_effect import AnyEffect, Short
from ..wire_fault import ProxyFault


@faults.register("stalled-body")
class StalledBody(ProxyFault):
    """The request is carried out, `part` of the answer's body arrives, and nothing more, without an end.

    A layer must not wait for ever for the rest (R2), nor act on the part that it has: it must ask again with the same
    idempotency key (E1, E3).
    """

    part: Annotated[float, msgspec.Meta(ge=0, lt=1)] = 0.5

    def passing(self) -> AnyEffect:
        return Short(part=self.part, closes=False)

"""corrupted-response: the status says that it went well, the body is not what the party sent."""

from __future__ import annotations

from typing import Literal

from ..fault import faults
from ..wire.proxy_effect import AnyEffect, Replace
from ..wire_fault import ProxyFault


@faults.register("corrupted-response")
class CorruptedResponse(ProxyFault):
    """The request is carried out and answered with 2xx, but on the way the body is exchanged. What comes in its place,
    `by`, is a page that something in between makes up (`html`), nothing at all (`empty`), or the body with a few octets
    overwritten (`garbled`).

    A layer must not take a status for the whole answer (X2), must survive a body that it can't read (K1), and find out
    what became of its request without doing it twice (E1, E3).
    """

    by: Literal["garbled", "html", "empty"] = "html"

    def passing(self) -> AnyEffect:
        return Replace(by=self.by)

"""forged-event: before an event comes another one in the party's name, which the party never sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from ...simulators.forgery import Forgery
from ...simulators.interference import Message, Sending, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, Problem, faults

OTHER_SECRET = "whsec_bm90IHRoZSBvbmUgdGhhdCB3YXMgYWdyZWVkIHVwb24="
LONG_AGO_S = 3600  # Standard Webhooks leaves the tolerance open; its own libraries take five minutes


@faults.register("forged-event")
class ForgedEvent(Fault):
    """Somebody else posts to the webhook, under the id of the addressed event, what the party never said: `says` gives
    other values for some of its data (JSON Pointer → value). The true event follows `after_s` later. `form` is
    another-secret (the signature is made with a secret that nobody agreed on) or old-signature (the right secret, but a
    timestamp of an hour ago: something recorded and sent again).

    A layer must answer such a delivery with 401 and do nothing of what it says, and must take the true event all the
    same (Standard Webhooks, "Verifying webhook authenticity"). One that believes it acts upon what nobody said, and
    takes the true event for one that it knows (E2, F1, Q1).
    """

    by_webhook: ClassVar[bool] = True
    channels: ClassVar[frozenset[str]] = frozenset({"rest"})

    party: str
    event_type: str
    says: dict[str, Any]
    form: Literal["another-secret", "old-signature"] = "another-secret"
    after_s: float = 0.5
    nth: int = 1
    times: int = 1

    def contradictions(self) -> Iterator[Problem]:
        if not self.says:
            yield "says", "says nothing else than the true event: give a JSON Pointer and another value"
        for pointer in self.says:
            if not pointer.startswith("/"):
                yield "says", f"has {pointer!r}, which is no JSON Pointer: begin it with /, as in /lines/0/sku"

    def address(self) -> Address:
        return Address(self.party, self.event_type, self.nth, self.times)

    def event(self, world: World, message: Message) -> Sendings:
        old = self.form == "old-signature"
        forgery = Forgery(self.says, signed_ago_s=LONG_AGO_S) if old else Forgery(self.says, OTHER_SECRET)
        return Sendings("forged-event", (Sending(forgery=forgery), Sending(after=self.after_s)))

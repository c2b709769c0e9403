"""deliveries: what the layer brought to a party and took effect there."""

from __future__ import annotations

from collections import deque

from ....simulators.journal import Entry
from ..calls_seen import KEPT, SUCCEEDED, Call, Watch
from ..claim import Claim, Seen, claim
from ..offered import MetricClaim

LOOKS = frozenset({"GET", "HEAD"})
IN_DOCUMENTS = frozenset({"x12", "csv", "queue"})
# What is between the layer and a party's API itself brings nothing to anybody.
HOUSEKEEPING = frozenset({"issueToken", "createWebhookSubscription", "deleteWebhookSubscription"})


@claim
class Deliveries(Claim):
    """What the layer brought to a party and took effect there: an order at the ERP, a request at a warehouse, a status
    in the CRM, however often it was tried. `operation` is that of the party's API, also where it is asked in files or
    over a queue.

    The layer must have counted what changed something and was answered with success, at once or when it was asked again
    under the same Idempotency-Key; it may have counted each other call that was answered so, and what took effect
    though no answer came through. What was refused, failed or set aside is no delivery.
    """

    id = "deliveries"
    title = "what was brought to a party and took effect there"
    heeds = frozenset({"commit"})
    narrowed_by = ("party", "operation")

    def __init__(self, told: MetricClaim, seen: Seen) -> None:
        super().__init__(told, seen)
        self._effects: set[int] = set()
        self._unheard: set[tuple[str, str]] = set()
        self._certain: deque[int] = deque(maxlen=KEPT)
        seen.calls.watches.append(Watch(self._over, self._doubted))

    def take(self, entry: Entry) -> None:
        if entry.kind != "commit" or not entry.exchange or not self.concerns(entry.party, entry.name):
            return
        if entry.channel == "http":
            self._effects.add(entry.exchange)
        elif entry.channel in IN_DOCUMENTS:
            self.tally.add(entry.wire_s, 0, 1)  # whether its acknowledgment was read nobody can tell

    def _over(self, call: Call) -> None:
        took_effect = call.exchange in self._effects
        self._effects.discard(call.exchange)
        if not self._is_one(call):
            return
        told_so, same = call.outcome == SUCCEEDED, (call.party, call.key)
        if call.key and same in self._unheard:
            if told_so and call.sure:
                self._unheard.discard(same)
                self._certain.append(call.exchange)
                self.tally.add(call.over_s, 1, 0)
        elif took_effect and not (told_so and call.sure):
            if call.key:
                self._unheard.add(same)
            self.tally.add(call.over_s, 0, 1)
        elif told_so:
            certain = took_effect and call.sure
            if certain:
                self._certain.append(call.exchange)
            self.tally.add(call.over_s, int(certain), 1)

    def _doubted(self, call: Call) -> None:
        if call.exchange in self._certain:
            self._certain.remove(call.exchange)
            self.tally.add(call.over_s, -1, 0)

    def _is_one(self, call: Call) -> bool:
        return (
            call.method not in LOOKS
            and call.operation not in HOUSEKEEPING
            and self.concerns(call.party, call.operation)
        )

"""webhooks: events that the parties pushed to the layer."""

from __future__ import annotations

from ....simulators.journal import Entry
from ...entry_detail import member
from ..calls_seen import FAILED, REFUSED, SUCCEEDED, outcome_of
from ..claim import Claim, claim
from ..tally import Bounds

ANSWERS = frozenset({"ok", "fail", "info"})


@claim
class Webhooks(Claim):
    """Deliveries of events to the layer's webhooks, each try by itself: `succeeded` those that it took (2xx), `refused`
    those that it did not (4xx, a wrong signature for one), `failed` 5xx; without an outcome all that arrived. `kind` is
    the type of the event.

    A delivery that nobody answered may have arrived or not.
    """

    id = "webhooks"
    title = "deliveries of events to the layer's webhooks"
    heeds = frozenset({"invoke", "ok", "fail", "info"})
    narrowed_by = ("party", "kind", "outcome")
    outcomes = (SUCCEEDED, REFUSED, FAILED)
    _under_way = 0

    def take(self, entry: Entry) -> None:
        if entry.channel != "webhook" or not self.concerns(entry.party, kind=entry.name):
            return
        self._under_way += entry.kind == "invoke"
        if entry.kind not in ANSWERS:
            return
        self._under_way -= 1
        status = member(entry, "status")
        outcome = outcome_of(status) if isinstance(status, int) else ""
        if self.told.outcome in ("", outcome) or not outcome:
            self.tally.add(entry.wire_s, int(bool(outcome)), 1)

    def possible(self) -> Bounds:
        return self.tally.possible(self._under_way)

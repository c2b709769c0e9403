"""orders: orders of the CRM that the layer took in."""

from __future__ import annotations

from collections import deque

from ....simulators.journal import Entry
from ...entry_detail import events
from ..calls_seen import KEPT, SUCCEEDED, Call, Watch
from ..claim import Claim, Seen, claim
from ..offered import MetricClaim

SUBMITTED = "crossdock.order.submitted.v1"
CREATE = "createSalesOrder"


@claim
class Orders(Claim):
    """Orders of the CRM that the layer took in, each once.

    It must have counted those that it brought into the ERP, and may have counted all that were submitted.
    """

    id = "orders"
    title = "orders of the CRM that were taken in"
    heeds = frozenset({"commit"})

    def __init__(self, told: MetricClaim, seen: Seen) -> None:
        super().__init__(told, seen)
        self._entered: set[int] = set()
        self._certain: deque[int] = deque(maxlen=KEPT)
        seen.calls.watches.append(Watch(self._over, self._doubted))

    def take(self, entry: Entry) -> None:
        if entry.kind != "commit":
            return
        if entry.name == CREATE and entry.exchange:
            self._entered.add(entry.exchange)
        for event in events(entry):
            if event.type == SUBMITTED:
                self.tally.add(entry.wire_s, 0, 1)

    def _over(self, call: Call) -> None:
        if call.exchange in self._entered:
            self._entered.discard(call.exchange)
            if call.sure and call.outcome == SUCCEEDED:
                self._certain.append(call.exchange)
                self.tally.add(call.over_s, 1, 0)

    def _doubted(self, call: Call) -> None:
        if call.exchange in self._certain:
            self._certain.remove(call.exchange)
            self.tally.add(call.over_s, -1, 0)

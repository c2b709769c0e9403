"""retries: requests that were sent once more because the one before had failed."""

from __future__ import annotations

from ....simulators.journal import Entry
from ..calls_seen import Call, Watch, is_on_the_way
from ..claim import Claim, Seen, claim
from ..offered import MetricClaim
from ..tally import Bounds

AGAIN = frozenset({429, 500, 502, 503, 504})


@claim
class Retries(Claim):
    """Requests that were sent once more because the one before had failed, whoever in the layer decided so.

    It must have counted a request under an Idempotency-Key of which the last one had been answered with 429, 500, 502,
    503 or 504. It may have counted one for each call that did not succeed. While a party is out of reach nobody sees
    how often it was tried.
    """

    id = "retries"
    title = "requests sent once more because the one before had failed"
    heeds = frozenset({"fault", "note"})
    narrowed_by = ("party", "operation")

    def __init__(self, told: MetricClaim, seen: Seen) -> None:
        super().__init__(told, seen)
        self._failed: dict[tuple[str, str], Call] = {}
        self._without_key = 0
        seen.calls.watches.append(Watch(self._over, self._doubted))

    def take(self, entry: Entry) -> None:
        if is_on_the_way(entry) and self.is_about(entry):
            self.tally.unbounded()

    def settled(self, at_s: float) -> Bounds:
        """What failed and was not sent again, as far as anybody can tell, may be yet."""
        over = self.tally.settled(at_s)
        return Bounds(over.least, over.most - len(self._failed) - self._without_key)

    def possible(self) -> Bounds:
        return self.tally.possible(self.seen.calls.under_way)

    def _over(self, call: Call) -> None:
        if not self.concerns(call.party, call.operation):
            return
        same = (call.party, call.key)
        before = self._failed.pop(same, None)
        if before is not None and before.sure and before.status in AGAIN and call.asked_s >= before.over_s:
            self.tally.add(call.over_s, 1, 0)
        if not 0 < call.status < 400 or not call.sure:
            self._may_be_sent_again(call)

    def _doubted(self, call: Call) -> None:
        if not self.concerns(call.party, call.operation):
            return
        if (call.party, call.key) in self._failed or not 0 < call.status < 400:
            self._failed.pop((call.party, call.key), None)
            self._without_key += 1
        else:
            self._may_be_sent_again(call)

    def _may_be_sent_again(self, call: Call) -> None:
        self.tally.add(call.over_s, 0, 1)
        if call.key:
            self._failed[call.party, call.key] = call
        else:
            self._without_key += 1

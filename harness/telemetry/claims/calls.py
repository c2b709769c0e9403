"""calls: requests to the parties' APIs."""

from __future__ import annotations

from ....simulators.journal import Entry
from ..calls_seen import FAILED, REFUSED, SUCCEEDED, Call, Watch, is_on_the_way
from ..claim import Claim, Seen, claim
from ..offered import MetricClaim
from ..tally import Bounds

TOKEN = "issueToken"


@claim
class Calls(Claim):
    """Requests to the parties' APIs, each try by itself: `succeeded` those that were answered below 400, `refused` with
    4xx, `failed` with 5xx; without an outcome all that were made, answered or not. Requests for tokens may be counted
    or not, unless `operation: issueToken` asks for them.

    A call that got no answer counts for nothing else, and one of which the answer was lost on the way may be counted
    as anything. What never reached a party that was away nobody saw: then nothing is said of all that were made.
    """

    id = "calls"
    title = "requests to the parties' APIs"
    heeds = frozenset({"fault", "note"})
    narrowed_by = ("party", "operation", "outcome")
    outcomes = (SUCCEEDED, REFUSED, FAILED)

    def __init__(self, told: MetricClaim, seen: Seen) -> None:
        super().__init__(told, seen)
        seen.calls.watches.append(Watch(self._over, self._doubted))

    def take(self, entry: Entry) -> None:
        if not self.told.outcome and is_on_the_way(entry) and self.is_about(entry):
            self.tally.unbounded()

    def possible(self) -> Bounds:
        return self.tally.possible(0 if self.told.outcome else self.seen.calls.under_way)

    def _over(self, call: Call) -> None:
        if not self.concerns(call.party, call.operation):
            return
        must = self._must(call)
        if must or not call.sure or self._may(call):
            self.tally.add(call.over_s, must, 1)

    def _doubted(self, call: Call) -> None:
        if self.concerns(call.party, call.operation):
            was = self._must(call)
            self.tally.add(call.over_s, -was, 0 if was or self._may(call) else 1)

    def _must(self, call: Call) -> int:
        return int(self._may(call) and call.sure and (call.operation != TOKEN or self.told.operation == TOKEN))

    def _may(self, call: Call) -> bool:
        return self.told.outcome in ("", call.outcome)

"""backlog: what the layer has still to do."""

from __future__ import annotations

from ....simulators.journal import Entry
from ..claim import Claim, claim
from ..tally import Bounds


@claim
class Backlog(Claim):
    """What the layer has still to do: a gauge, compared when a wave of the run has come to rest, as long as nothing has
    gone wrong in the run. Where every effect that was due has come about, nothing may be left; where one has not,
    nobody can tell from outside how much waits, nor once a fault has struck what the layer still makes of that.
    """

    id = "backlog"
    title = "what the layer has still to do, once all is quiet"
    heeds = frozenset({"fault"})
    gauge = True
    _disturbed = False

    def take(self, entry: Entry) -> None:
        self._disturbed = self._disturbed or entry.kind == "fault"

    def now(self) -> Bounds | None:
        return None if self._disturbed or self.seen.transactions.open else Bounds()

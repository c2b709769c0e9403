"""dead-letters: what the layer has set aside."""

from __future__ import annotations

from ....scenarios.layer import PARTY
from ....simulators.journal import Entry
from ...entry_detail import member, text
from ..claim import Claim, Seen, claim
from ..offered import MetricClaim
from ..tally import Bounds

LIST = "listDeadLetters"
SET_ASIDE = "setAside"


@claim
class DeadLetters(Claim):
    """What the layer has set aside and nobody has replayed: a gauge, held against the layer's own list of dead letters
    (`recovery.dead_letters`), which is asked whenever the metrics are.
    """

    id = "dead-letters"
    title = "messages set aside, as the layer's own list has them"
    heeds = frozenset({"invoke", "ok", "fail", "info", "commit"})
    gauge = True

    def __init__(self, told: MetricClaim, seen: Seen) -> None:
        super().__init__(told, seen)
        self._listed: int | None = None

    def take(self, entry: Entry) -> None:
        if entry.party != PARTY or entry.name != LIST or entry.order_id:
            if entry.kind == "commit":
                self._listed = None  # a list that was asked before something happened proves nothing
            return
        if entry.kind == "invoke":
            if "cursor=" not in text(entry, "url"):
                self._listed = 0
        elif entry.kind == "ok" and self._listed is not None:
            page = member(entry, "body")
            self._listed += sum(each.get("status") == SET_ASIDE for each in page["items"])
        else:
            self._listed = None

    def now(self) -> Bounds | None:
        return None if self._listed is None else Bounds(self._listed, self._listed)

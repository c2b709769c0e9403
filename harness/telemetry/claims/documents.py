"""documents: what the layer sent to partners in files."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from typing import Any

from ....simulators.journal import Entry
from ...entry_detail import member, text
from ..calls_seen import BUSY, LONGEST_SHADOW_S
from ..claim import Claim, Seen, claim
from ..offered import MetricClaim

KEPT = 10_000
FILES = frozenset({"sftp", "x12", "csv"})


@claim
class Documents(Claim):
    """Documents that the layer sent to partners in files: each transaction set of an interchange by itself
    (`kind: "940"`, `"997"`), a CSV file as a whole (`kind: pick_request`, as its layout is called).

    The same file again may be counted again or not, and one of which the upload was not confirmed too. What a fault did
    to the files of a partner nobody can tell from outside: then there is no saying how many more were sent.
    """

    id = "documents"
    title = "documents sent to partners in files"
    heeds = frozenset({"fault", "note", "ok"})
    narrowed_by = ("party", "kind")

    def __init__(self, told: MetricClaim, seen: Seen) -> None:
        super().__init__(told, seen)
        self._arriving: dict[int, int] = {}
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._recent: deque[tuple[float, str, int]] = deque()

    def take(self, entry: Entry) -> None:
        if entry.kind == "fault" or entry.name == BUSY:
            in_files = entry.channel in FILES or member(entry, "reachable") is not None
            if self.is_about(entry) and (in_files or entry.name == BUSY):
                self._struck(entry)
        elif entry.kind == "note" and entry.name == "file":
            self._arrived(entry)
        elif entry.kind == "ok" and (count := self._arriving.pop(entry.exchange, 0)):
            self.tally.add(entry.wire_s, count, 0)
            self._recent.append((entry.wire_s, entry.party, count))
            while self._recent[0][0] < entry.wire_s - LONGEST_SHADOW_S:
                self._recent.popleft()

    def _arrived(self, entry: Entry) -> None:
        count = sum(self.concerns(entry.party, kind=kind) for kind in _kinds(entry))
        if not count:
            return
        self.tally.add(entry.wire_s, 0, count)
        same = (entry.party, text(entry, "sha256"))
        if same not in self._known:
            self._known[same] = None
            self._arriving[entry.exchange] = count
        if len(self._known) > KEPT:
            self._known.popitem(last=False)

    def _struck(self, fault: Entry) -> None:
        """The session may have ended before the layer heard that its files are there."""
        self.tally.unbounded()
        for when, party, count in [*self._recent]:
            if fault.party in ("", party):
                self.tally.add(fault.wire_s, -count, 0)
                self._recent.remove((when, party, count))


def _kinds(entry: Entry) -> Iterator[str]:
    """The kind of each document in a file."""
    if layout := text(entry, "layout"):
        yield layout
    interchanges: list[dict[str, Any]] = member(entry, "interchanges") or []
    for interchange in interchanges:
        for group in interchange["groups"]:
            yield from (each["setId"] for each in group["sets"])

"""The layer's calls as the parties saw them, each with what could be known of it at the layer's end.

What a party answered the layer has heard, unless something on the way may have kept it from that: a fault that struck
the wire at about that time, a party out of reach, a caller that had gone, an answer that came so late that the layer
may have given up, a machine that was too busy to serve anybody. Who asks the same again has not heard.
"""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from ...simulators.journal import Entry
from ..entry_detail import member, text

SUCCEEDED, REFUSED, FAILED = "succeeded", "refused", "failed"
ANSWERS = frozenset({"ok", "fail", "info"})
LATE_S = 0.5
# A fault of the wire is journaled when it has struck, and may strike whatever else is on its way there.
SHADOW_BEFORE_S, SHADOW_AFTER_S = 1.0, 3.0
LONGEST_SHADOW_S = 10.0
KEPT = 10_000
# A note that the machine was too busy: for how long says `lateS`.
BUSY = "too-busy"
# What a party does by itself on a fault's behalf: the layer hears it as it is journaled, or nothing.
_SPOKEN = frozenset({"answer", "delay", "withhold"})


class Call(msgspec.Struct, frozen=True, gc=False):
    """A call that is over. `status` is what the party answered, 0 for nothing; `sure`: nothing kept it from the layer.
    `asked_s` and `over_s` are wire seconds.
    """

    exchange: int
    party: str
    operation: str
    method: str
    path: str
    key: str
    trace: str
    order_id: str
    asked_s: float
    over_s: float
    status: int
    sure: bool

    @property
    def outcome(self) -> str:
        """By the class of the status; "" without one."""
        return outcome_of(self.status)


def outcome_of(status: int) -> str:
    """In the words of target.yaml; "" for no answer."""
    if status >= 500:
        return FAILED
    return REFUSED if status >= 400 else SUCCEEDED if status else ""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who hears of a call that is over, and of one that turned out not to be sure after all (as it was told)."""

    over: Callable[[Call], None]
    doubted: Callable[[Call], None]


def is_on_the_way(entry: Entry) -> bool:
    """Whether a fault struck between the layer and a party's API, or put the party out of reach; of no party: whether
    the machine was too busy.
    """
    if entry.kind == "fault":
        return entry.channel in ("http", "run") and text(entry, "effect") not in _SPOKEN
    return entry.kind == "note" and entry.name == BUSY


class CallsSeen:
    """Show it a journal; `under_way` counts what was asked and not answered."""

    def __init__(self) -> None:
        self.watches: list[Watch] = []
        self._asked: dict[int, Entry] = {}
        self._recent: deque[Call] = deque()
        self._shadow_until_s: dict[str, float] = {}
        self._succeeded: OrderedDict[tuple[str, str], Call] = OrderedDict()

    @property
    def under_way(self) -> int:
        return len(self._asked)

    def take(self, entry: Entry) -> None:
        if is_on_the_way(entry):
            self._shadow(entry)
        elif entry.channel != "http":
            return
        elif entry.kind == "invoke":
            self._asked[entry.seq] = entry
        elif entry.kind in ANSWERS and (asked := self._asked.pop(entry.exchange, None)) is not None:
            self._answered(asked, entry)

    def _answered(self, asked: Entry, answer: Entry) -> None:
        status = member(answer, "status")
        heard = isinstance(status, int) and not member(answer, "callerLeft")
        in_time = answer.wire_s - asked.wire_s <= LATE_S
        call = Call(
            exchange=asked.seq,
            party=asked.party,
            operation=asked.name,
            method=text(asked, "method"),
            path=text(asked, "path"),
            key=text(asked, "idempotencyKey"),
            trace=asked.trace,
            order_id=answer.order_id or asked.order_id,
            asked_s=asked.wire_s,
            over_s=answer.wire_s,
            status=status if isinstance(status, int) else 0,
            sure=heard and in_time and answer.wire_s > self._until_s(asked.party),
        )
        self._heard_before(call)
        if call.sure:
            self._recent.append(call)
            while self._recent[0].over_s < call.over_s - LONGEST_SHADOW_S:
                self._recent.popleft()
        for watch in self.watches:
            watch.over(call)

    def _until_s(self, party: str) -> float:
        return max(self._shadow_until_s.get(party, -1.0), self._shadow_until_s.get("", -1.0))

    def _heard_before(self, call: Call) -> None:
        """What succeeded under an Idempotency-Key, and is asked under it once more, was not heard."""
        if not call.key:
            return
        before = self._succeeded.pop((call.party, call.key), None)
        if before is not None:
            self._doubt([before])
        elif call.sure and call.outcome == SUCCEEDED:
            self._succeeded[call.party, call.key] = call
            if len(self._succeeded) > KEPT:
                self._succeeded.popitem(last=False)

    def _doubt(self, calls: Iterable[Call]) -> None:
        for call in calls:
            if call in self._recent:
                self._recent.remove(call)
            if self._succeeded.get((call.party, call.key)) is call:
                del self._succeeded[call.party, call.key]
            for watch in self.watches:
                watch.doubted(call)

    def _shadow(self, fault: Entry) -> None:
        party, reachable = fault.party, member(fault, "reachable")
        since_s = fault.wire_s - SHADOW_BEFORE_S - float(member(fault, "lateS") or 0.0)
        until_s = math.inf if reachable is False else fault.wire_s + SHADOW_AFTER_S
        lasting = reachable is None and self._shadow_until_s.get(party) == math.inf
        self._shadow_until_s[party] = math.inf if lasting else until_s
        self._doubt([call for call in self._recent if party in ("", call.party) and call.over_s >= since_s])

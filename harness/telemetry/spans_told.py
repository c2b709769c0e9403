"""The spans that a layer has exported of its calls, beside the calls that the parties saw.

A span and a call belong together by the ids in the call's traceparent (W3C Trace Context). Several calls may go by one
span: an HTTP client that tries again by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from ...simulators.journal import Entry
from ..entry_detail import member
from .calls_seen import Call, CallsSeen, Watch
from .span import OK

SHOWN = 6

Key = tuple[str, str]


class Told(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a span says of a call: as the journal has it."""

    trace_id: str
    span_id: str
    party: str
    http_status: int
    status: int
    method: str
    path: str

    @property
    def says(self) -> str:
        """What it claims of the answer, in words; "" where it claims nothing that could be wrong."""
        return f"status {self.http_status}" if self.http_status else "success" if self.status == OK else ""

    @property
    def claims_success(self) -> bool:
        return 0 < self.http_status < 400 or (not self.http_status and self.status == OK)


@dataclass(slots=True)
class Contradiction:
    """Spans that say the same wrong thing of the same operation: `said` and `seen` in words, and some of the exchanges,
    none where the call never came.
    """

    party: str
    operation: str
    said: str
    seen: str
    count: int = 0
    exchanges: list[int] = field(default_factory=list)


class SpansTold:
    """Show it a journal, wave by wave. What was told of a call may come a wave late, and no later."""

    def __init__(self, calls: CallsSeen) -> None:
        calls.watches.append(Watch(self._over, self._doubted))
        self._calls: dict[Key, list[Call]] = {}
        self._before: dict[Key, list[Call]] = {}
        self._untraced: Counter[tuple[str, str]] = Counter()
        self._doubtful: set[int] = set()
        self._spans: dict[Key, Told] = {}
        self._spans_before: dict[Key, Told] = {}
        self.told = self.sampled = self.judged = self.contradicted = 0

    def take(self, entry: Entry) -> None:
        """The spans of one export; the same again is the same."""
        for row in member(entry, "spans") or ():
            span = msgspec.convert(row, Told)
            key = (span.trace_id, span.span_id)
            if key not in self._spans_before:
                self._spans[key] = span

    @property
    def missing(self) -> int:
        """Calls of the wave that the layer marked as sampled, and has not told of."""
        return sum(
            _is_sampled(calls[0]) and key not in self._spans and key not in self._spans_before
            for key, calls in self._calls.items()
        )

    @property
    def claims(self) -> int:
        """Spans of the wave that say of a call that was seen how it ended."""
        return sum(bool(span.says) and bool(self._calls_of(key)) for key, span in self._spans.items())

    def contradictions(self) -> list[Contradiction]:
        """What the spans of the wave say otherwise than it was seen."""
        found: dict[tuple[str, str, str, str], Contradiction] = {}
        for party, operation, said, seen, exchanges in (*self._otherwise(), *self._never_came()):
            each = found.setdefault((party, operation, said, seen), Contradiction(party, operation, said, seen))
            each.count += 1
            each.exchanges += exchanges[: max(0, SHOWN - len(each.exchanges))]
        return list(found.values())

    def end_wave(self) -> None:
        self.told += sum(bool(self._calls_of(key)) for key in self._spans)
        self.sampled += sum(_is_sampled(calls[0]) for calls in self._calls.values())
        self.judged += self.claims
        self.contradicted += sum(each.count for each in self.contradictions())
        self._before = {key: calls for key, calls in self._calls.items() if key not in self._spans}
        self._spans_before, self._calls, self._spans = self._spans, {}, {}
        self._untraced.clear()
        self._doubtful.clear()

    def _over(self, call: Call) -> None:
        if call.trace.count("-") != 3:
            self._untraced[call.party, call.method] += 1
            return
        _, trace_id, span_id, _ = call.trace.split("-")
        self._calls.setdefault((trace_id, span_id), []).append(call)

    def _doubted(self, call: Call) -> None:
        self._doubtful.add(call.exchange)

    def _calls_of(self, key: Key) -> list[Call]:
        return self._calls.get(key) or self._before.get(key) or []

    def _otherwise(self) -> Iterator[tuple[str, str, str, str, list[int]]]:
        for key, span in self._spans.items():
            calls = self._calls_of(key)
            sure = all((call.sure and call.exchange not in self._doubtful) or not call.status for call in calls)
            if not calls or not span.says or not sure:
                continue
            answers = [call.status for call in calls]
            wrong = span.http_status not in answers if span.http_status else not any(0 < each < 400 for each in answers)
            if wrong:
                seen = " and ".join(dict.fromkeys(f"status {each}" if each else "no answer" for each in answers))
                yield calls[0].party, calls[0].operation, span.says, seen, [call.exchange for call in calls]

    def _never_came(self) -> Iterator[tuple[str, str, str, str, list[int]]]:
        """Successes that belong to no call. A call without a span may be the one, where the layer gives a call another
        id than its span.
        """
        free = self._untraced.copy()
        for key, calls in (*self._before.items(), *self._calls.items()):
            if key not in self._spans and key not in self._spans_before:
                free.update((call.party, call.method) for call in calls)
        for key, span in self._spans.items():
            if not span.party or not span.claims_success or self._calls_of(key):
                continue
            alike = [each for each in free if each[0] == span.party and span.method in ("", each[1]) and free[each] > 0]
            if alike:
                free[alike[0]] -= 1
            else:
                yield span.party, f"{span.method} {span.path}".strip(), span.says, "no such call", []


def _is_sampled(call: Call) -> bool:
    return bool(int(call.trace[-2:], 16) & 1)

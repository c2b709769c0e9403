"""What the layer has said of itself so far, beside what was seen: from the journal, wave by wave.

A counter is compared by its growth since the wave began. A layer that was ended and started again has lost what it had
not shown yet: then its numbers can be too high, and never too low.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from ...scenarios.layer import PARTY
from ...simulators.journal import Entry, Kind
from ..entry_detail import member
from ..transactions import Transactions
from .claim import Claim, Seen, claims
from .offered import MetricClaim, Telemetry
from .selector import Selector, parse
from .spans_told import SpansTold
from .tally import Bounds

GET_METRICS = "getMetrics"
STARTED_AT = "process_start_time_seconds"

Series = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One claim in one wave. `said` is None where no series matches; `least` or `most` are None where nobody can tell;
    `scrapes` are the exchanges in which the metrics were asked for, at the beginning and at the end.
    """

    told: MetricClaim
    title: str
    said: float | None
    least: int | None
    most: int | None
    scrapes: tuple[int, int]
    restarted: bool = False
    gauge: bool = False

    @property
    def is_judged(self) -> bool:
        """Whether there was anything to be wrong about."""
        if self.said is None or (self.least is None and self.most is None):
            return False
        return self.gauge or bool(self.least or self.said or self.most)

    @property
    def contradicts(self) -> bool:
        said = self.said
        if said is None:
            return False
        return (self.least is not None and said < self.least) or (self.most is not None and said > self.most)


@dataclass(slots=True)
class _Told:
    """One claim: its series as of the last scrape, and what was certain when the wave's first one began."""

    claim: Claim
    selector: Selector
    known: bool = False
    series: dict[Series, float] = field(default_factory=dict)
    before: tuple[Bounds, Bounds] | None = None
    settled: Bounds = field(default_factory=Bounds)
    now: tuple[Bounds, Bounds] | None = None
    grown: float = 0.0
    comparison: Comparison | None = None

    def begin(self) -> None:
        """A wave begins: what the last scrape showed is where it starts from."""
        if self.now is not None:
            self.before = self.now
        self.grown, self.comparison = 0.0, None

    def shown(self, samples: list[tuple[str, Series, float]], scrapes: tuple[int, int], restarted: bool) -> None:
        """A scrape is there."""
        found = {labels: value for name, labels, value in samples if self.selector.selects(name, dict(labels))}
        # Of a metric that is there, a series that is not stands for 0.
        self.known = self.known or any(name == self.selector.name for name, _, _ in samples)
        claim = self.claim
        for labels, value in found.items():
            last = self.series.get(labels, 0.0)
            self.grown += value - last if value >= last else value
        self.series = found
        self.now = (self.settled, claim.possible())
        bounds: Bounds | None
        if claim.gauge:
            bounds = claim.now()
            said = sum(found.values())
            least, most = (None, None) if bounds is None else (bounds.least, bounds.most)
        elif self.before is None:  # the first scrape of all: growth is counted from here
            self.before, self.grown = self.now, 0.0
            return
        else:
            (begun, begun_at_most), (over, over_at_most) = self.before, self.now
            said = self.grown
            least = None if restarted else max(0, over.least - begun_at_most.least)
            most = None if over_at_most.open > begun_at_most.open else over_at_most.most - begun.most
        self.comparison = Comparison(
            claim.told, claim.title, said if self.known else None, least, most, scrapes, restarted, claim.gauge
        )


@dataclass(slots=True)
class Level:
    """One claim over the whole run; `said` is None while no series has matched. Of a gauge it is the last wave's."""

    told: MetricClaim
    title: str
    said: float | None = None
    least: int | None = 0
    most: int | None = 0
    judged: int = 0
    contradicted: int = 0

    def add(self, comparison: Comparison) -> None:
        if comparison.gauge:
            self.said, self.least, self.most = comparison.said, comparison.least, comparison.most
        else:
            self._add(comparison.said, comparison.least, comparison.most)
        self.judged += comparison.is_judged
        self.contradicted += comparison.contradicts

    def take_in(self, other: Level) -> None:
        """What came of the same claim in another world."""
        self._add(other.said, other.least, other.most)
        self.judged += other.judged
        self.contradicted += other.contradicted

    def _add(self, said: float | None, least: int | None, most: int | None) -> None:
        if said is not None:
            self.said = said + (self.said or 0.0)
        self.least = None if self.least is None or least is None else self.least + least
        self.most = None if self.most is None or most is None else self.most + most


class Testimony:
    """Show it a journal, after the fold whose `transactions` it looks at. `spans` is None for a layer that exports
    none; `restarted`: it was ended, or started again, in this wave.
    """

    def __init__(self, telemetry: Telemetry, transactions: Transactions) -> None:
        self.telemetry = telemetry
        self._seen = Seen(transactions)
        self._told = [
            _Told(claims[each.claim](each, self._seen), parse(each.metric)) for each in telemetry.metrics.claims
        ]
        self.spans = SpansTold(self._seen.calls) if telemetry.traces is not None else None
        self._heeding = {
            kind: [each.claim for each in self._told if kind in each.claim.heeds] for kind in get_args(Kind)
        }
        self._levels = [Level(each.claim.told, each.claim.title) for each in self._told]
        self._first = self._last = 0
        self._asked = 0
        self._started_at = 0.0
        self._restarted = self._wave_restarted = False
        self.restarted = False

    def take(self, entry: Entry) -> None:
        if not self._told and self.spans is None:
            return
        self._seen.calls.take(entry)
        for heeding in self._heeding[entry.kind]:
            heeding.take(entry)
        if entry.party != PARTY:
            return
        if entry.channel == "run":  # it was ended, or started again
            self._restarted = self.restarted = True
        elif entry.channel == "otlp" and self.spans is not None:
            self.spans.take(entry)
        elif entry.name == GET_METRICS and entry.kind == "invoke":
            self._asked = entry.seq
            for each in self._told:
                each.settled = each.claim.settled(entry.wire_s)
        elif entry.name == GET_METRICS and entry.kind == "ok":
            self._scraped(entry)

    @property
    def comparisons(self) -> list[Comparison]:
        """Of the wave that goes on, as of the last scrape."""
        return [each.comparison for each in self._told if each.comparison is not None]

    @property
    def contradictions(self) -> list[Comparison]:
        return [each for each in self.comparisons if each.contradicts]

    def levels(self) -> list[Level]:
        """Each claim over all waves that are over."""
        return self._levels

    def end_wave(self) -> None:
        """What was compared is judged: the next wave begins."""
        for told, level in zip(self._told, self._levels, strict=True):
            if told.comparison is not None:
                level.add(told.comparison)
            told.begin()
        if self.spans is not None:
            self.spans.end_wave()
        self._first, self._wave_restarted, self.restarted = self._last, False, False

    def _scraped(self, entry: Entry) -> None:
        rows: list[tuple[str, list[list[str]], float]] = member(entry, "samples") or []
        samples = [(name, tuple((label, value) for label, value in labels), value) for name, labels, value in rows]
        for name, _, value in samples:
            if name == STARTED_AT:
                self._restarted = self._restarted or bool(self._started_at and value != self._started_at)
                self._started_at = value
        self._wave_restarted = self._wave_restarted or self._restarted
        self._restarted = False
        self._first = self._first or self._asked
        self._last = self._asked
        for each in self._told:
            each.shown(samples, (self._first, self._last), self._wave_restarted)

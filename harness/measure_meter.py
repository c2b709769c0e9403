"""The measures over a whole run, sample by sample, in memory that grows with the partners and not with the orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from ..contracts.result import ClaimLevel, GoalResult, MeasureLevel, ServiceLevelsResult
from .ledgers import Place
from .measure import Measure, Sample, measures
from .promises import Goal, ServiceLevels
from .sketch import Sketch
from .stock import Stock
from .trail import OrderTrail
from .verdict import Verdict

SHOWN = 4


@dataclass(slots=True)
class Standing:
    """How one promise stands: of so many that no fault disturbed, so many missed it; `worst` are some of these."""

    measure: str
    about: str
    title: str
    goal: Goal
    of: int = 0
    missed: int = 0
    worst: list[Sample] = field(default_factory=list)

    def take(self, sample: Sample) -> None:
        self.of += 1
        if sample.hours > self.goal.within_h if self.goal.within_h else not sample.good:
            self.missed += 1
            self.worst = sorted((*self.worst, sample), key=lambda each: -each.hours)[:SHOWN]

    @property
    def verdict(self) -> Verdict:
        if not self.goal.can_tell(self.of):
            return Verdict.NOT_EXERCISED
        return Verdict.PASS if self.goal.is_met(self.of, self.missed) else Verdict.FAIL


@dataclass(slots=True)
class _Tally:
    standings: list[Standing]
    count: int = 0
    disturbed: int = 0
    good: int = 0
    longest_h: float = 0.0
    took_h: Sketch = field(default_factory=Sketch)

    def take(self, sample: Sample) -> None:
        self.count += 1
        self.longest_h = max(self.longest_h, sample.hours)
        self.disturbed += sample.disturbed
        if not sample.disturbed:
            self.good += sample.good
            self.took_h.add(sample.hours)
            for standing in self.standings:
                standing.take(sample)


class MeasureMeter:
    """Show it each order and each stock once, in the end."""

    def __init__(self, promised: ServiceLevels) -> None:
        self._promised = promised
        self._measures: dict[str, Measure] = {name: kind() for name, kind in sorted(measures.items())}
        self._tallies: dict[tuple[str, str], _Tally] = {}

    def see(self, trails: Iterable[OrderTrail], stocks: Mapping[Place, Stock]) -> None:
        """All of a run."""
        for trail in trails:
            self.order(trail)
        for place, stock in stocks.items():
            self.stock(place, stock)

    def order(self, trail: OrderTrail) -> None:
        for name, each in self._measures.items():
            self._take(name, each.order(trail))

    def stock(self, place: Place, stock: Stock) -> None:
        for name, each in self._measures.items():
            self._take(name, each.stock(place, stock))

    def standings(self) -> list[Standing]:
        """Of each promise of which there is something to tell."""
        return [standing for _, tally in sorted(self._tallies.items()) for standing in tally.standings]

    def levels(self) -> tuple[MeasureLevel, ...]:
        """By measure, then by what they are about."""
        return tuple(self._level(*key, self._tallies[key]) for key in sorted(self._tallies))

    def beside(
        self, levels: ServiceLevelsResult, dead_letters: int | None, claims: tuple[ClaimLevel, ...] = ()
    ) -> ServiceLevelsResult:
        """The service levels with the measures, with what the layer had set aside in the end, and with what it says of
        itself.
        """
        return replace(levels, measures=self.levels(), dead_letters=dead_letters, claims=claims)

    def _take(self, name: str, samples: Iterable[Sample]) -> None:
        for sample in samples:
            key = (name, sample.about)
            tally = self._tallies.get(key)
            if tally is None:
                title, goals = self._measures[name].title, self._promised.goals_of(*key)
                tally = self._tallies[key] = _Tally([Standing(*key, title, goal) for goal in goals])
            tally.take(sample)

    def _level(self, name: str, about: str, tally: _Tally) -> MeasureLevel:
        kind = self._measures[name].kind
        span = kind == "span"
        return MeasureLevel(
            measure=name,
            about=about,
            title=self._measures[name].title,
            kind=kind,
            count=tally.count,
            disturbed=tally.disturbed,
            good=0 if span else tally.good,
            p50_h=tally.took_h.quantile(0.5) if span else 0.0,
            p95_h=tally.took_h.quantile(0.95) if span else 0.0,
            longest_h=round(tally.longest_h, 3),
            goals=tuple(
                GoalResult(name=each.goal.name, verdict=each.verdict.value, missed=each.missed)
                for each in tally.standings
            ),
        )

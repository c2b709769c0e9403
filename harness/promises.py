"""What a target promises of how fast, how often and how steadily it works (target.yaml)."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Limit(NamedTuple):
    """All but one of `one_of` must be done within so many seconds; of fewer it says nothing."""

    name: str
    one_of: int
    within_s: float


class Latency(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds on the wire within which half, 95 % and 99 % are done; 0 where nothing is promised."""

    p50_s: float = 0.0
    p95_s: float = 0.0
    p99_s: float = 0.0

    def limits(self) -> list[Limit]:
        """Each that is promised."""
        given = (Limit("p50", 2, self.p50_s), Limit("p95", 20, self.p95_s), Limit("p99", 100, self.p99_s))
        return [limit for limit in given if limit.within_s]


class Goal(NamedTuple):
    """So large a share of all must hold it; a span holds it when it took no longer than `within_h`."""

    name: str
    share: float
    within_h: float = 0.0

    def can_tell(self, count: int) -> bool:
        """Whether there are so many that one may lie beyond it; where all must hold it, one says enough."""
        return count > 0 and (self.share >= 1 or round(count * (1 - self.share), 9) >= 1)

    def is_met(self, count: int, missed: int) -> bool:
        return missed <= round(count * (1 - self.share), 9)


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """Of one measure: business hours within which half, 95 % and 99 % are done, or the share that holds."""

    p50_h: float = 0.0
    p95_h: float = 0.0
    p99_h: float = 0.0
    at_least: float = 0.0

    def goals(self) -> list[Goal]:
        """Each that is promised."""
        spans = ((50, self.p50_h), (95, self.p95_h), (99, self.p99_h))
        given = [Goal(f"p{share} within {hours:g} h", share / 100, hours) for share, hours in spans if hours]
        return given + ([Goal(f"at least {self.at_least:.4g}", self.at_least)] if self.at_least else [])


class ServiceLevels(msgspec.Struct, frozen=True, kw_only=True):
    """`latency` is that of every transaction, `workflows` says where another one holds. `measures` by measure, or by
    measure and what it is about (`booking/west`). Outages longer than `bears_outage_s` need not be got over unaided.
    """

    latency: Latency = Latency()
    workflows: dict[str, Latency] = {}
    measures: dict[str, Promise] = {}
    backlog_at_most: int = 0
    recover_within_s: float = 0.0
    bears_outage_s: float = 60.0

    def latency_of(self, workflow: str) -> Latency:
        return self.workflows.get(workflow, self.latency)

    def goals_of(self, measure: str, about: str) -> list[Goal]:
        """What is promised of a measure about something in particular, else of the measure."""
        return self.measures.get(f"{measure}/{about}", self.measures.get(measure, Promise())).goals()


class Retries(msgspec.Struct, frozen=True, kw_only=True):
    """How often one and the same request is sent: `at_most` in all (0: not promised), and in any second."""

    at_most: int = 0
    per_second: int = 10


class CircuitBreaker(msgspec.Struct, frozen=True, kw_only=True):
    """After so many failures in a row a party is left alone, but for one request at a time, so long after the last."""

    opens_after: int
    probe_after_s: float

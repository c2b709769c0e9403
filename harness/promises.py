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


class ServiceLevels(msgspec.Struct, frozen=True, kw_only=True):
    """`latency` is that of every transaction, `workflows` says where another one holds. Outages longer than
    `bears_outage_s` need not be got over unaided.
    """

    latency: Latency = Latency()
    workflows: dict[str, Latency] = {}
    backlog_at_most: int = 0
    recover_within_s: float = 0.0
    bears_outage_s: float = 60.0

    def latency_of(self, workflow: str) -> Latency:
        return self.workflows.get(workflow, self.latency)


class Retries(msgspec.Struct, frozen=True, kw_only=True):
    """How often one and the same request is sent: `at_most` in all (0: not promised), and in any second."""

    at_most: int = 0
    per_second: int = 10


class CircuitBreaker(msgspec.Struct, frozen=True, kw_only=True):
    """After so many failures in a row a party is left alone, but for one request at a time, so long after the last."""

    opens_after: int
    probe_after_s: float

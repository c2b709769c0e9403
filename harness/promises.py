"""What a target promises of how fast, how often and how steadily it works (target.yaml), and its partners of theirs."""

from __future__ import annotations

import msgspec


class Latency(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds on the wire within which half, 95 % and 99 % are done; 0 where nothing is promised."""

    p50_s: float = 0.0
    p95_s: float = 0.0
    p99_s: float = 0.0

    def limits(self) -> list[tuple[str, float, float]]:
        """(name, the share that must be within, seconds) of each that is promised."""
        given = (("p50", 0.5, self.p50_s), ("p95", 0.95, self.p95_s), ("p99", 0.99, self.p99_s))
        return [limit for limit in given if limit[2]]


class PartnerPromise(msgspec.Struct, frozen=True, kw_only=True):
    """What a partner owes by contract: to ship within so many business hours of the request, to answer within so many
    seconds on the wire; 0 where nothing is agreed.
    """

    ship_within_h: float = 0.0
    answer_within_s: float = 0.0


class ServiceLevels(msgspec.Struct, frozen=True, kw_only=True):
    """`latency` is that of every transaction, `workflows` says where another one holds; `acknowledge` that of taking an
    event. `deliver_within_h` is business hours from the order to the last parcel, by service level. Outages longer than
    `bears_outage_s` need not be got over unaided.
    """

    latency: Latency = Latency()
    workflows: dict[str, Latency] = {}
    acknowledge: Latency = Latency()
    backlog_at_most: int = 0
    recover_within_s: float = 0.0
    bears_outage_s: float = 60.0
    deliver_within_h: dict[str, float] = {}
    partners: dict[str, PartnerPromise] = {}

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

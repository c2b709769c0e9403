"""What of its own telemetry a layer offers, as target.yaml names it (`telemetry`)."""

from __future__ import annotations

import msgspec


class MetricClaim(msgspec.Struct, frozen=True, kw_only=True):
    """What one metric of the layer counts: `claim` is the id of what is counted (`crossdock list claims`), `metric` a
    selector as in PromQL; the others narrow it, "" for all.
    """

    claim: str
    metric: str
    party: str = ""
    operation: str = ""
    outcome: str = ""
    kind: str = ""

    @property
    def name(self) -> str:
        """As findings and reports have it: `calls/erp/succeeded`."""
        return "/".join(filter(None, (self.claim, self.party, self.operation, self.kind, self.outcome)))


class Metrics(msgspec.Struct, frozen=True, kw_only=True):
    """Where the layer shows its metrics in Prometheus' text format, and what they count. `token` is the bearer token
    that they want, "" where it is that of the layer's other operations, or none. A number may lag `within_s` behind
    what it counts. `complete`: each claim must be told.
    """

    url: str = ""
    token: str = ""
    claims: tuple[MetricClaim, ...] = ()
    within_s: float = 5.0
    complete: bool = False


class Traces(msgspec.Struct, frozen=True, kw_only=True):
    """The layer exports its spans over OTLP/HTTP, `flush_within_s` after they ended at the latest, to a collector of
    ours at `port` (0: chosen freely). `complete`: each call that it marks as sampled is told.
    """

    port: int = 0
    flush_within_s: float = 6.0
    complete: bool = False


class Telemetry(msgspec.Struct, frozen=True, kw_only=True):
    """All of it; empty where the layer offers none."""

    metrics: Metrics = Metrics()
    traces: Traces | None = None

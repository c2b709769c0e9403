"""What invariants hold a target to: what its target.yaml claims and promises."""

from __future__ import annotations

from .invariant import Terms
from .target import Target


def terms_of(target: Target) -> Terms:
    return Terms(
        capabilities=frozenset(target.capabilities),
        item_places=target.item_places,
        billing=target.policies.billing,
        cases=target.policies.cases,
        settle_within_s=target.deadlines.settle_within_s,
        service_levels=target.service_levels,
        retries=target.policies.retries,
        circuit_breaker=target.policies.circuit_breaker,
        channels=target.warehouses,
        telemetry=target.telemetry,
    )

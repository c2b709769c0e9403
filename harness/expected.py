"""Whether what a scenario expects besides the invariants has come to pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..contracts.result import CheckResult, Finding
from ..scenarios.ending import Ending, Fact
from ..scenarios.expectation import Expectation, Unmet
from ..scenarios.plan import PlannedScenario
from ..scenarios.scenario import expectation_of
from . import entry_detail
from .arrival import arrival
from .complaints import CASE_OVER
from .lanes import DECIDED
from .seen import Seen
from .trail import OrderTrail


@dataclass(frozen=True, slots=True)
class Look:
    """One expectation held against one order of it; `trail` is None for an order that was never placed."""

    number: int
    id: str
    expectation: Expectation
    trail: OrderTrail | None
    unmet: Unmet | None

    @property
    def summary(self) -> str:
        if self.unmet is None:
            return f"{self.expectation.described()}: so it is"
        why = f" ({self.unmet.why})" if self.unmet.why else ""
        return f"{self.expectation.described()}: {self.unmet.actual}{why}"


def looks(planned: PlannedScenario, trails: Mapping[str, OrderTrail]) -> Iterator[Look]:
    """Every expectation, for each of its orders; `trails` by order name, of those that are placed."""
    for number, document in enumerate(planned.scenario.then.expect):
        expectation = expectation_of(document)
        for order in planned.orders:
            if order.wish == expectation.order:
                trail = trails.get(order.name)
                unmet = Unmet("an order", "it was never placed", ()) if trail is None else None
                unmet = unmet if trail is None else expectation.unmet(ending_of(trail))
                yield Look(number, document["expect"], expectation, trail, unmet)


def checks(found: list[Look]) -> Iterator[CheckResult]:
    """A check for each expectation."""
    for number in dict.fromkeys(look.number for look in found):
        own = [look for look in found if look.number == number]
        missed = sum(look.unmet is not None for look in own)
        yield CheckResult(
            invariant=own[0].id,
            title=own[0].expectation.described(),
            verdict="FAIL" if missed else "PASS",
            exercised=len(own),
            required=True,
            findings=missed,
        )


def findings(found: list[Look]) -> Iterator[Finding]:
    """What is not as the scenario expects it."""
    for look in found:
        if look.unmet is None:
            continue
        order_id = look.trail.order_id if look.trail is not None else ""
        yield Finding(
            invariant=look.id,
            key=f"{look.id}/{order_id}/{look.number}",
            summary=look.summary,
            expected=look.unmet.expected,
            actual=look.unmet.actual,
            order_id=order_id,
            because=(
                f"The scenario expects: {look.expectation.described()}.",
                f"In the end it is otherwise: {look.unmet.actual}.",
                *([f"Why: {look.unmet.why}."] if look.unmet.why else ()),
            ),
            exchanges=tuple(dict.fromkeys(look.unmet.evidence)),
            clause=f"the scenario, then.expect.{look.number}",
        )


def ending_of(trail: OrderTrail) -> Ending:
    """What the trail says of how the order ends."""
    placed, there = trail.placed, arrival(trail)
    status = {"crm": _fact(trail.order.what.status.value, trail.order)} if trail.order else {}
    if trail.sales_order is not None:
        status["erp"] = _fact(trail.sales_order.what.status.value, trail.sales_order)
    documents: dict[str, Mapping[str, Seen[Any]]] = {
        "sales-order": dict(trail.sales_orders),
        "request": {"/".join(key): seen for key, seen in trail.requested.items()},
        "shipment": {"/".join(key): seen for key, seen in trail.shipments.items()},
        "invoice": dict(trail.invoices),
        "credit-memo": dict(trail.returns.credits),
    }
    opened = {key: _fact(str(seen.what.category), seen) for key, seen in trail.cases_opened.items()}
    return Ending(
        order_id=trail.order_id,
        placed=placed.seq if placed else 0,
        status=status,
        documents={kind: tuple(_fact(key, seen) for key, seen in of.items()) for kind, of in documents.items()},
        cases=tuple(opened.values()),
        waiting=tuple(fact for key, fact in opened.items() if trail.cases[key].what.status not in CASE_OVER),
        set_aside=tuple(Fact(each.event_type, each.listed) for each in trail.set_aside.values() if each.waits),
        arrived_after_h=(there.at - placed.at).total_seconds() / 3600 if there and placed else None,
        arrived=there.seq if there else 0,
        why=_reasons(trail),
        refused=_refused(trail),
    )


def _reasons(trail: OrderTrail) -> dict[str, Fact]:
    """Party → what it gives as the reason of the order's status, of those that give one."""
    reasons: dict[str, Fact] = {}
    if trail.order is not None and trail.order.what.status_reason:
        reasons["crm"] = _fact(trail.order.what.status_reason, trail.order)
    if trail.sales_order is not None:
        order = trail.sales_order.what
        details = [each.detail for each in order.rejection_reasons] + [each.detail for each in order.holds]
        if details:
            reasons["erp"] = _fact("; ".join(details), trail.sales_order)
    return reasons


def _refused(trail: OrderTrail) -> Fact | None:
    """The last call about the order that a party refused for good."""
    for entry in reversed(trail.entries):
        if entry.kind == "fail" and entry_detail.text(entry, "status") in DECIDED:
            problem = entry_detail.member(entry, "body")
            code = f" {problem['code']}" if isinstance(problem, dict) and "code" in problem else ""
            what = f"{entry.party} refused {entry.name}: {entry_detail.text(entry, 'status')}{code}"
            return Fact(what, entry.exchange or entry.seq)
    return None


def _fact(what: str, seen: Seen[Any]) -> Fact:
    return Fact(what, seen.exchange or seen.seq)

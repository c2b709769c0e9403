"""L1: what is promised of speed and backlog holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...contracts.result import Finding
from ..invariant import Invariant, Outcome, Terms, invariant
from ..measure_meter import Standing
from ..promises import Latency, Limit
from ..stock import Stock
from ..trail import OrderTrail
from ..transaction import WORKFLOWS, Transaction
from ..verdict import Verdict

SHOWN = 4
PER_ORDER = "per-order"


@invariant
class PromisedSpeed(Invariant):
    """L1 — as many transactions as `service_levels` promises have their effect within the time that it promises, from
    the moment in which a party made known what is to be done until the effect is there; no more than `backlog_at_most`
    wait at any time; and over the whole run each of `measures` is as it promises.

    Counted are those that no fault disturbed: what an outage holds up is R1's affair. A percentile says something only
    of as many as it takes for one to lie beyond it: 2, 20, 100. Example: the layer works on one order after the other,
    and on the day of the sale the last one waits until noon.
    """

    id = "L1"
    title = "Speed and backlog are as promised"
    clause = "target.yaml, service_levels.latency, workflows, measures and backlog_at_most"
    waits = False

    def unclaimed(self, terms: Terms) -> str:
        levels = terms.service_levels
        limits = [limit for each in (levels.latency, *levels.workflows.values()) for limit in each.limits()]
        promised = limits or levels.backlog_at_most or levels.measures
        return "" if promised else "target.yaml promises no latency, no measure and no backlog"

    def world(
        self,
        trails: Mapping[str, OrderTrail],
        stocks: Mapping[tuple[str, str], Stock],
        terms: Terms,
        outcome: Outcome,
    ) -> None:
        undisturbed: dict[str, list[Transaction]] = {}
        for trail in trails.values():
            for each in trail.transactions:
                # Billed once an order is complete, a shipment waits for the others, not for the layer.
                waits_for_others = each.workflow == "billing" and terms.billing == PER_ORDER
                if not each.disturbed and not waits_for_others:
                    undisturbed.setdefault(each.workflow, []).append(each)
        for workflow, transactions in undisturbed.items():
            self._in_time(workflow, transactions, terms.service_levels.latency_of(workflow), outcome)
        most = terms.service_levels.backlog_at_most
        everything = [each for transactions in undisturbed.values() for each in transactions]
        if most and everything:
            outcome.judged()
            waiting = _most_at_once(everything)
            if len(waiting) > most:
                outcome.violated(self._backlog(waiting, most))

    def measured(self, standings: Sequence[Standing], terms: Terms, outcome: Outcome) -> None:
        for standing in standings:
            outcome.judged(standing.of if standing.verdict != Verdict.NOT_EXERCISED else 0)
            if standing.verdict == Verdict.FAIL:
                outcome.violated(self._missed(standing))

    def _missed(self, standing: Standing) -> Finding:
        goal, name = standing.goal, "/".join(filter(None, (standing.measure, standing.about)))
        hours = f" took {standing.worst[0].hours:.1f} h at worst" if goal.within_h else ""
        shown = [f"{each.what}" + (f": {each.hours:.1f} h." if goal.within_h else ".") for each in standing.worst]
        return self.finding(
            None,
            f"{name}/{goal.name}",
            f"{standing.missed} of {standing.of} miss what is promised of {name}",
            expected=goal.name,
            actual=f"{standing.missed} of {standing.of} miss it{',' if hours else ''}{hours}",
            because=[
                f"{standing.title[0].upper()}{standing.title[1:]}: that is {name}.",
                *shown,
                f"No fault disturbed them, and {goal.name} is promised: L1 is broken.",
            ],
            evidence=[seq for each in standing.worst for seq in each.evidence],
            consequence=(
                f"{standing.missed} of {standing.of} are not as customers and partners were promised, though nothing"
                " had gone wrong"
            ),
        )

    def _in_time(self, workflow: str, transactions: Sequence[Transaction], promised: Latency, outcome: Outcome) -> None:
        for limit in promised.limits():
            if len(transactions) < limit.one_of:
                continue
            outcome.judged(len(transactions))
            late = sorted((each for each in transactions if each.took_s > limit.within_s), key=_slowest_first)
            if len(late) * limit.one_of > len(transactions):
                outcome.violated(self._slow(workflow, limit, late, len(transactions)))

    def _slow(self, workflow: str, limit: Limit, late: Sequence[Transaction], of: int) -> Finding:
        worst, title = late[0], WORKFLOWS[workflow].title
        shown = [
            f"{each.key}: made known in journal {each.began.seq}, there {each.took_s:.1f} s later in {each.ended.seq}."
            for each in late[:SHOWN]
        ]
        return self.finding(
            None,
            f"{workflow}/{limit.name}",
            f"{len(late)} of {of} times {workflow} took longer than {limit.within_s:g} s",
            expected=f"{limit.name} within {limit.within_s:g} s",
            actual=f"{len(late)} of {of} later, at worst {worst.took_s:.1f} s",
            because=[
                f"{title[0].upper()}{title[1:]}: that is {workflow}.",
                *shown,
                f"No fault disturbed them, and {limit.name} within {limit.within_s:g} s is promised: L1 is broken.",
            ],
            evidence=[moment.seq for each in late[:SHOWN] for moment in (each.began, each.ended)],
            consequence=(
                f"{len(late)} of {of} wait up to {worst.took_s:.1f} s where {limit.within_s:g} s were promised: people"
                " see what was true before, and what follows from it is late as well"
            ),
        )

    def _backlog(self, waiting: Sequence[Transaction], most: int) -> Finding:
        latest = max(waiting, key=lambda each: each.began)
        when = f"At {latest.began.wire_s:.1f} s (the last was made known in journal {latest.began.seq})"
        return self.finding(
            None,
            "backlog",
            f"{len(waiting)} effects were due at the same time",
            expected=f"at most {most}",
            actual=str(len(waiting)),
            because=[
                f"{when} {len(waiting)} effects were due that no fault disturbed.",
                f"The target promises a backlog of {most} at most: L1 is broken.",
            ],
            evidence=[each.began.seq for each in (*waiting[:SHOWN], latest)],
            consequence=f"what comes in next waits behind {len(waiting)} others",
        )


def _slowest_first(transaction: Transaction) -> float:
    return -transaction.took_s


def _most_at_once(transactions: Sequence[Transaction]) -> list[Transaction]:
    """Those that were due together when most were."""
    steps = [(each.began.wire_s, 1) for each in transactions] + [(each.ended.wire_s, -1) for each in transactions]
    now = most = 0
    peak_s = 0.0
    for wire_s, step in sorted(steps):
        now += step
        if now > most:
            most, peak_s = now, wire_s
    return [each for each in transactions if each.began.wire_s <= peak_s < each.ended.wire_s]

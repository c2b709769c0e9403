"""R1: after an outage everything is caught up, in time and unaided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...contracts.result import Finding
from ...scenarios.layer import PARTY as LAYER
from ...simulators.journal import Entry
from ...simulators.world import ERPS
from .. import entry_detail
from ..invariant import Invariant, Outcome, Terms, invariant
from ..lanes import EFFECTS, is_decided
from ..lost import Lost, comes_about_at
from ..outage import Outage, outages
from ..stock import Stock
from ..trail import OrderTrail
from ..transaction import WORKFLOWS, Moment, Transaction
from .nothing_lost import NothingLost


@invariant
class Recovery(Invariant):
    """R1 — when a party that was away is back, or the layer itself, all that waited for it has its effect within
    `service_levels.recover_within_s` (else `deadlines.settle_within_s`), and no person has to help; a layer that was
    ended and started again becomes ready again.

    Counted is each effect that was due when they came back. Outages that last longer than
    `service_levels.bears_outage_s` may need a person. What target.yaml names under `recovery` for that person must work
    while the layer is there. Example: the ERP is away for two seconds, the layer stops calling
    it and never tries again, and somebody has to restart the layer on Monday.
    """

    id = "R1"
    title = "After an outage everything is caught up in time, unaided"
    clause = "target.yaml, service_levels.recover_within_s, else deadlines.settle_within_s; start.ready; recovery"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        known = outages(trail.outage_entries)
        self._operations(trail, known, outcome)
        if not known:
            return
        limit_s = terms.service_levels.recover_within_s or terms.settle_within_s
        borne = [each for each in known if each.took_s <= terms.service_levels.bears_outage_s]
        for transaction in trail.transactions:
            outage = _waited_for(transaction, borne)
            if outage is not None and outage.ended is not None:
                outcome.judged()
                lag_s = transaction.ended.wire_s - outage.ended.wire_s
                if lag_s > limit_s:
                    outcome.violated(self._late(trail, transaction, outage, lag_s, limit_s))
        if borne:
            for lost in NothingLost().open_effects(trail, terms, Outcome(self.id)):
                after = _held_up(trail, lost, borne)
                if after is not None:
                    outcome.judged()
                    outcome.lacking(self._never(trail, lost, after))

    def _operations(self, trail: OrderTrail, known: Sequence[Outage], outcome: Outcome) -> None:
        """What whoever runs the layer asked of it about this order."""
        for answer in trail.operations:
            if any(each.party == LAYER and each.covers(answer.wire_s) for each in known):
                continue
            outcome.judged()
            if answer.kind != "ok":
                outcome.violated(self._unusable(trail, answer))

    def world(
        self,
        trails: Mapping[str, OrderTrail],
        stocks: Mapping[tuple[str, str], Stock],
        terms: Terms,
        outcome: Outcome,
    ) -> None:
        away = {
            each.began.seq: each
            for trail in trails.values()
            if LAYER in trail.outages.values()
            for each in outages(trail.outage_entries)
            if each.party == LAYER
        }
        for outage in away.values():
            outcome.judged()
            if outage.lost:
                outcome.violated(self._not_back(outage))

    def _late(self, trail: OrderTrail, late: Transaction, outage: Outage, lag_s: float, limit_s: float) -> Finding:
        what = f"{late.workflow} of {late.key}"
        title = WORKFLOWS[late.workflow].title
        return self.finding(
            trail,
            f"late/{late.workflow}/{late.key}",
            f"{what} came {lag_s:.1f} s after {outage.party} was back",
            expected=f"within {limit_s:g} s",
            actual=f"{lag_s:.1f} s",
            because=[
                *_away(outage),
                f"{late.key} had been made known before that (journal {late.began.seq}), and waited: {title}.",
                f"It came about at {late.party} {lag_s:.1f} s after the return (journal {late.ended.seq}).",
                f"Promised are {limit_s:g} s: R1 is broken.",
            ],
            evidence=[outage.began.seq, late.began.seq, late.ended.seq],
            consequence=(
                f"an outage of {outage.took_s:.1f} s of {outage.party} is one of"
                f" {outage.took_s + lag_s:.1f} s for {late.key}"
            ),
        )

    def _never(self, trail: OrderTrail, lost: Lost, outage: Outage) -> Finding:
        told = trail.open_case() is not None
        return self.finding(
            trail,
            f"never/{lost.key}",
            f"{lost.missing}, though {outage.party} is back",
            expected="the effect, without help",
            actual=f"{lost.missing}" + (", and a person was asked to help" if told else ""),
            because=[
                f"{lost.cause.party} made it known (journal {lost.cause.seq}).",
                *_away(outage),
                f"By the deadline: {lost.missing}. What the outage held up was never caught up: R1 is broken.",
            ],
            evidence=[lost.cause, outage.began.seq],
            consequence=lost.consequence,
        )

    def _unusable(self, trail: OrderTrail, answer: Entry) -> Finding:
        problem = entry_detail.text(answer, "problem")
        return self.finding(
            trail,
            f"operation/{answer.name}",
            f"the layer's own {answer.name} can't be used",
            expected="an answer as contracts/layer/v1/openapi.yaml has it",
            actual=problem,
            because=[
                f"{answer.name} was asked of the layer in exchange {answer.exchange}, while it was there.",
                f"What came of it: {problem}.",
                "target.yaml names it as an operation of the layer: R1 is broken.",
            ],
            evidence=[answer.exchange],
            consequence=(
                f"whoever has to help order {trail.order_id} can't use {answer.name}, and types in by"
                " hand what was set aside"
            ),
        )

    def _not_back(self, outage: Outage) -> Finding:
        return self.finding(
            None,
            f"not-back/{outage.began.seq}",
            "the layer was started again and did not become ready",
            expected="ready within start.ready.within_s",
            actual=outage.lost.splitlines()[0],
            because=[
                f"{outage.fault} ended the layer's process (journal {outage.began.seq}).",
                "It was started again as before, with all that it had on disk.",
                f"{outage.lost.splitlines()[0]} R1 is broken.",
            ],
            evidence=[outage.began.seq],
            consequence=(
                f"from {outage.began.wire_s:.1f} s of the run on nothing is passed on to anybody, until somebody is"
                " called in"
            ),
        )


def _away(outage: Outage) -> Iterator[str]:
    yield f"{outage.party} was away from {outage.began.wire_s:.1f} s on ({outage.fault}, journal {outage.began.seq})."
    if outage.ended:
        yield f"It was back at {outage.ended.wire_s:.1f} s (journal {outage.ended.seq})."


def _waited_for(transaction: Transaction, borne: Sequence[Outage]) -> Outage | None:
    """The outage at the end of which the effect was due, the last one if there were several."""
    concerned = {transaction.party, transaction.source, LAYER}
    began, ended = transaction.began.wire_s, transaction.ended.wire_s
    held_up = [each for each in borne if each.party in concerned and each.ended and began < each.ended.wire_s < ended]
    return max(held_up, key=lambda each: each.ended or each.began, default=None)


def _held_up(trail: OrderTrail, lost: Lost, borne: Sequence[Outage]) -> Outage | None:
    """The last outage at whose end a missing effect was due, unless it was tried after that and the party said no: then
    it is something else that holds it up.
    """
    due_at = comes_about_at(trail, lost)
    concerned = {due_at, lost.cause.party, LAYER}
    held_up = [each for each in borne if each.party in concerned and each.ended and lost.cause.seq < each.ended.seq]
    last = max(held_up, key=lambda each: each.ended or each.began, default=None)
    return None if last is None or last.ended is None or _refused(trail, lost, due_at, last.ended) else last


def _refused(trail: OrderTrail, lost: Lost, party: str, since: Moment) -> bool:
    """Whether the party, or the ERP beside it that the layer has taken for it, has said no."""
    operation, parties = EFFECTS.get(lost.key.partition("/")[0], ""), ERPS if party in ERPS else (party,)
    return any(
        (entry.name, entry.kind) == (operation, "fail")
        and entry.party in parties
        and entry.seq > since.seq
        and is_decided(entry)
        and not entry_detail.text(entry, "fault")
        for entry in trail.entries
    )

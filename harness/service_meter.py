"""Service levels as seen from outside, metered from the journal as it is written, in fixed memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..contracts.result import BacklogLevel, PartyLevel, ServiceLevelsResult, WorkflowLevel
from ..scenarios.layer import PARTY as LAYER
from ..simulators.journal import Entry
from . import entry_detail
from .backlog import Backlog
from .promises import ServiceLevels
from .sketch import Sketch
from .transaction import WORKFLOWS, Transaction
from .transactions import CALLS, Transactions
from .wave import BROKEN

ANSWERS = frozenset({"ok", "fail", "info"})
TOO_MANY = "429"


@dataclass(slots=True)
class _Flow:
    done: int = 0
    disturbed: int = 0
    took: Sketch = field(default_factory=Sketch)
    longest_s: float = 0.0

    def take_in(self, other: _Flow) -> None:
        self.done += other.done
        self.disturbed += other.disturbed
        self.took.take_in(other.took)
        self.longest_s = max(self.longest_s, other.longest_s)


@dataclass(slots=True)
class _Party:
    calls: int = 0
    failed: int = 0
    turned_away: int = 0
    outages: int = 0
    down_s: float = 0.0
    down_since: float | None = None
    back_at: float | None = None
    caught_up_s: float = 0.0
    took: Sketch = field(default_factory=Sketch)

    def take_in(self, other: _Party) -> None:
        self.calls += other.calls
        self.failed += other.failed
        self.turned_away += other.turned_away
        self.outages += other.outages
        self.down_s += other.down_s
        self.caught_up_s = max(self.caught_up_s, other.caught_up_s)
        self.took.take_in(other.took)


class ServiceMeter:
    """Subscribe `take` to a journal after the fold whose `transactions` it listens to."""

    def __init__(self, transactions: Transactions) -> None:
        self._flows: dict[str, _Flow] = {}
        self._parties: dict[str, _Party] = {}
        self._asked: dict[int, float] = {}
        self._backlog = Backlog()
        self._transactions = [transactions]
        transactions.begun_listeners.append(lambda _, entry: self._backlog.change(1, entry.wire_s))
        transactions.dropped_listeners.append(lambda _, entry: self._backlog.change(-1, entry.wire_s))
        transactions.done_listeners.append(self._done)

    def take(self, entry: Entry) -> None:
        if entry.kind == "invoke" and entry.channel in CALLS:
            self._asked[entry.seq] = entry.wire_s
        elif entry.kind in ANSWERS and entry.exchange in self._asked:
            self._answered(entry, entry.wire_s - self._asked.pop(entry.exchange))
        elif entry.kind == "fault" and (reachable := entry_detail.member(entry, "reachable")) is not None:
            self._reached(entry, reachable)

    def take_in(self, other: ServiceMeter) -> None:
        """Take in what was metered in another world at the same time, in the end. The backlog is each layer's own: of
        two the greater counts.
        """
        for name, flow in other._flows.items():
            self._flows.setdefault(name, _Flow()).take_in(flow)
        for name, party in other._parties.items():
            self._parties.setdefault(name, _Party()).take_in(party)
        self._backlog.take_in(other._backlog)
        self._transactions += other._transactions

    def levels(self, promised: ServiceLevels) -> ServiceLevelsResult:
        """All of it, as of now."""
        return ServiceLevelsResult(
            workflows=tuple(self._workflow(name, promised) for name in WORKFLOWS if name in self._flows),
            parties=tuple(_level(name, party) for name, party in sorted(self._parties.items())),
            backlog=BacklogLevel(
                most=self._backlog.most,
                promised=promised.backlog_at_most,
                column_s=self._backlog.column_s,
                columns=tuple(self._backlog.columns),
            ),
        )

    def _answered(self, answer: Entry, took_s: float) -> None:
        party = self._parties.setdefault(answer.party, _Party())
        party.calls += 1
        status = entry_detail.text(answer, "status")
        party.failed += answer.kind == "info" or (answer.kind == "fail" and status in BROKEN)
        party.turned_away += status == TOO_MANY
        party.took.add(took_s)

    def _reached(self, entry: Entry, reachable: bool) -> None:
        party = self._parties.setdefault(entry.party, _Party())
        if reachable and party.down_since is not None:
            party.down_s += entry.wire_s - party.down_since
            party.down_since, party.back_at = None, entry.wire_s
        elif not reachable and party.down_since is None:
            party.down_since = entry.wire_s
            party.outages += 1

    def _done(self, transaction: Transaction) -> None:
        began_s, ended_s = transaction.began.wire_s, transaction.ended.wire_s
        self._backlog.change(-1, ended_s)
        flow = self._flows.setdefault(transaction.workflow, _Flow())
        flow.done += 1
        flow.disturbed += transaction.disturbed
        flow.longest_s = max(flow.longest_s, transaction.took_s)
        if not transaction.disturbed:
            flow.took.add(transaction.took_s)
        for name in {transaction.source, transaction.party, LAYER}:
            party = self._parties.get(name)
            if party is not None and party.back_at is not None and began_s < party.back_at < ended_s:
                party.caught_up_s = max(party.caught_up_s, ended_s - party.back_at)

    def _workflow(self, name: str, promised: ServiceLevels) -> WorkflowLevel:
        flow = self._flows[name]
        return WorkflowLevel(
            workflow=name,
            title=WORKFLOWS[name].title,
            done=flow.done,
            disturbed=flow.disturbed,
            open=sum(key[0] == name for each in self._transactions for key in each.open),
            p50_s=flow.took.quantile(0.5),
            p95_s=flow.took.quantile(0.95),
            p99_s=flow.took.quantile(0.99),
            longest_s=round(flow.longest_s, 4),
            promised_p95_s=promised.latency_of(name).p95_s,
        )


def _level(name: str, party: _Party) -> PartyLevel:
    return PartyLevel(
        party=name,
        calls=party.calls,
        failed=party.failed,
        turned_away=party.turned_away,
        answer_p50_s=party.took.quantile(0.5),
        answer_p95_s=party.took.quantile(0.95),
        outages=party.outages,
        down_s=round(party.down_s, 3),
        caught_up_s=round(party.caught_up_s, 3),
    )

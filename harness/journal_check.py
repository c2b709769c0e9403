"""A journal file before every invariant, as a stream: an order is judged, and let go, once the file has nothing more
to say of it.

What stays in memory are the orders that are open, those with a finding, and what an invariant of the world as a whole
needs of the rest (`Invariant.holds_on_to`, and transactions where a speed is promised). What only the plan of a run can
tell is not judged: twins, and a wave that a scenario has to itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..simulators import hash_chain
from .chain_check import chain_checked
from .fold import WAVES, Fold
from .invariant import Invariant, Outcome
from .judge import Judge, add
from .recorded import entries
from .telemetry.testimony import Testimony
from .trail import OrderTrail

ORDER_ID = b'"orderId":"'
HEAD = 512  # octets of a line, which is more than stands before its detail
PAST = "closed orders"


@dataclass(slots=True)
class Checked:
    """What came of it: `outcomes` by invariant, `errors` of the invariants themselves, `most_held` trails in memory."""

    outcomes: dict[str, Outcome]
    errors: dict[str, str]
    entries: int = 0
    orders: int = 0
    most_held: int = 0


def check(journal: Path, judge: Judge, link: str | None = None) -> Checked:
    """Judge all that a journal tells. The file is read twice: to see where each order is named last, then to fold it;
    and by a second process, where it is long, which checks its hash chain meanwhile.

    Raises: JournalDamaged as `journal.read` does.
    """
    with chain_checked(journal, link):
        last = _last_named(journal)
        while True:
            passing = _Passing(judge, last)
            checked = passing.through(journal)
            if not passing.spoken_of_again:
                return checked
            last |= passing.spoken_of_again  # by lines that do not name it at their head: an acknowledgment, a file


def _last_named(journal: Path) -> dict[str, int]:
    """Order → the number of the last line at whose head it is named."""
    last: dict[bytes, int] = {}
    for number, line in enumerate(hash_chain.lines(journal), 1):
        begin = line.find(ORDER_ID, 0, HEAD)
        if begin >= 0:
            begin += len(ORDER_ID)
            last[line[begin : line.find(b'"', begin)]] = number
    return {order_id.decode(): number for order_id, number in last.items()}


@dataclass(slots=True)
class _Passing:
    """One way through the file; each order is closed at the line where it is spoken of `last`. `spoken_of_again` are
    those for which a later line came after all. `_past` has the transactions of those that are let go, and meets every
    outage, as an open order does.
    """

    judge: Judge
    last: Mapping[str, int]
    fold: Fold = field(default_factory=Fold)
    spoken_of_again: dict[str, int] = field(default_factory=dict)
    _in_a_wave: bool = False
    _closed: set[str] = field(default_factory=set)
    _held: dict[str, OrderTrail] = field(default_factory=dict)
    _holding: list[Invariant] = field(init=False)
    _past: OrderTrail = field(init=False)
    _testimony: Testimony = field(init=False)

    def __post_init__(self) -> None:
        self._testimony = Testimony(self.judge.terms.telemetry, self.fold.transactions)
        self._holding = [law for law in self.judge.laws.values() if law.judges("world")]
        self._past = self.fold.trail(PAST)

    def through(self, journal: Path) -> Checked:
        checked = Checked({name: Outcome(name) for name in self.judge.laws}, self.judge.errors)
        fold = self.fold
        closing: dict[int, list[str]] = {}
        for order_id, seq in self.last.items():
            closing.setdefault(seq, []).append(order_id)
        for entry in entries(journal):
            fold.take(entry)
            if entry.channel == "run" and entry.name in WAVES:
                if self._in_a_wave:  # what came before the first one belongs to it
                    self._judge_the_wave(checked)
                self._in_a_wave = True
            self._testimony.take(entry)
            changed = fold.changed
            if not changed.isdisjoint(self._closed):
                again = changed & self._closed & fold.trails.keys()
                self.spoken_of_again.update(dict.fromkeys(again, entry.seq))
            changed.clear()
            for order_id in closing.get(entry.seq, ()):
                checked.most_held = max(checked.most_held, len(fold.trails) - 1 + len(self._held))
                self._close(order_id, checked)
        checked.entries, checked.orders = fold.entries, len(self._closed) + len(fold.trails) - 1
        self._judge_the_rest(checked)
        return checked

    def _judge_the_wave(self, checked: Checked) -> None:
        add(checked.outcomes, self.judge.testimony(self._testimony))
        self._testimony.end_wave()

    def _close(self, order_id: str, checked: Checked) -> None:
        """Judge an order of which nothing more comes. One with a finding stays open, and is judged again in the end: a
        case that names no order may have told of it, and the outage that held it up may not be over yet.
        """
        if order_id not in self.fold.trails:
            return  # named by somebody, and nothing came of it
        outcomes = self.judge.order(self.fold.trails[order_id])
        if any(outcome.findings for outcome in outcomes.values()):
            return
        trail = self.fold.close(order_id)
        self._closed.add(order_id)
        if self._is_needed(trail):
            self._held[order_id] = trail
            return
        add(checked.outcomes, outcomes)
        self._past.transactions += trail.transactions

    def _is_needed(self, trail: OrderTrail) -> bool:
        return any(law.holds_on_to(trail) for law in self._holding)

    def _judge_the_rest(self, checked: Checked) -> None:
        judge, fold = self.judge, self.fold
        trails = {**self._held, **fold.trails}
        for order_id, trail in trails.items():
            if order_id != PAST:
                add(checked.outcomes, judge.order(trail))
        add(checked.outcomes, judge.conduct(fold.conduct))
        self._judge_the_wave(checked)
        for key in (*fold.ledgers.stocks, *fold.ledgers.master):
            add(checked.outcomes, judge.ledger(fold.ledgers, key))
        add(checked.outcomes, judge.world(trails, fold.stocks))

"""C3: an older version never overwrites a newer."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ...contracts.objects import StockCount
from ..goods import moment
from ..invariant import Invariant, Outcome, Terms, invariant
from ..ledgers import Place
from ..master_data import MasterRecord
from ..seen import Seen
from ..stock import Stock
from ..trail import OrderTrail, QuantityShown


@invariant
class NewestWins(Invariant):
    """C3 — an older count never replaces a newer at the ERP, an older record of a customer or an item never a newer one
    anywhere, and no line is shown to have shipped less than was shown, and true, before.

    Which is newer is decided by the time of the count, and by the version of whoever owns the record, not by the order
    of arrival. The status of an order and the milestones of a parcel are S1's affair. Example: two changes of an
    address come in the wrong order, and the bills go to the old one for ever.
    """

    id = "C3"
    title = "An older version never overwrites a newer"
    clause = "order-to-cash, step 8, Stock and Master data"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        outcome.judged(len(trail.quantities_shown))
        for before, seen in quantity_setbacks(trail):
            line_id = seen.what.line_id
            told, was = f"{seen.what.shipped} shipped", f"{before.what.shipped} shipped"
            about = f"line {line_id} in the CRM"
            self._older(trail, outcome, f"shipped/{line_id}/{seen.seq}", about, (was, told), (before, seen))

    def stock(self, place: Place, stock: Stock, terms: Terms, outcome: Outcome) -> None:
        outcome.judged(len(stock.told))
        for before, seen in _older_counts(stock):
            about = f"the count of {place[1]} at {place[0]} in the ERP"
            was, told = (
                f"{each.what.counted} by {each.what.snapshot_id} of {each.what.counted_at:%d %b %H:%M}"
                for each in (before, seen)
            )
            self._older(None, outcome, f"count/{'/'.join(place)}/{seen.seq}", about, (was, told), (before, seen))

    def record(self, record: MasterRecord, terms: Terms, outcome: Outcome) -> None:
        outcome.judged(sum(len(copies) for copies in record.copies.values()))
        for copy, older, put_over, newer in record.setbacks():
            about = f"{record.kind} {record.key} at {copy.party}"
            was, told = (f"version {each.what.version}" for each in (newer, older))
            key = f"{record.kind}/{record.key}/{copy.party}/{copy.seq}"
            self._older(None, outcome, key, about, (was, told), (newer, put_over, older, copy))

    def _older(
        self,
        trail: OrderTrail | None,
        outcome: Outcome,
        what: str,
        about: str,
        said: tuple[str, str],
        evidence: tuple[Seen[Any], ...],
    ) -> None:
        """`said` is the newer that stood there, and the older that was put over it; the last of `evidence` did so."""
        was, told = said
        put_over, copy = evidence[-3 if len(evidence) > 2 else -2], evidence[-1]
        outcome.violated(
            self.finding(
                trail,
                what,
                f"{about} went from {was} back to {told}",
                expected=f"{was} stays: it is the newer one",
                actual=told,
                because=[
                    f"{put_over.place[0].upper()}{put_over.place[1:]} told {was}.",
                    f"{copy.place[0].upper()}{copy.place[1:]} put {told} over it: C3 is broken.",
                ],
                evidence=evidence,
                consequence=f"from {moment(copy)} on people go by {told} for {about}, and nothing will put it right",
            )
        )


def quantity_setbacks(trail: OrderTrail) -> list[tuple[Seen[QuantityShown], Seen[QuantityShown]]]:
    """Each quantity of a line that was true once and was put over a newer one that was true, after that one."""
    found: list[tuple[Seen[QuantityShown], Seen[QuantityShown]]] = []
    latest: dict[str, Seen[QuantityShown]] = {}
    for seen in trail.quantities_shown:
        line_id = seen.what.line_id
        before = latest.get(line_id)
        if before is None or seen.what.shipped >= before.what.shipped:
            latest[line_id] = seen
        elif before.what.shipped <= trail.shipped(line_id, before.seq) and seen.what.shipped in _truths(trail, line_id):
            found.append((before, seen))
    return found


def _truths(trail: OrderTrail, line_id: str) -> set[Decimal]:
    """All that was ever true of what had been shipped of a line."""
    moments = [seen.seq + 1 for seen in trail.shipments.values()]
    return {Decimal(0), *(trail.shipped(line_id, moment) for moment in moments)}


def _older_counts(stock: Stock) -> Iterator[tuple[Seen[StockCount], Seen[StockCount]]]:
    """Each count that was put over a newer one, after that one. The time of the count tells which is newer: files know
    of no sequence.
    """
    newest: Seen[StockCount] | None = None
    for seen in stock.told:
        if newest is None or seen.what.counted_at >= newest.what.counted_at:
            newest = seen
        else:
            yield newest, seen

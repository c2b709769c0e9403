"""Q3: the stock ledger closes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ...contracts.objects import InventoryMovement, ReturnReceipt, StockCount, StockPart
from ..consequences import stock_ledger as so
from ..invariant import Invariant, Outcome, Terms, invariant
from ..ledgers import Place
from ..seen import Seen
from ..stock import Correction, Counted, Stock
from ..trail import OrderTrail


@invariant
class StockLedger(Invariant):
    """Q3 — per item and warehouse: book stock = the sum of its movements, available to promise = on hand − reserved ≥ 0
    at every moment, each correction is booked as it was, each count is told as it was, and in the end the book has what
    the warehouse counts as saleable; where two ERPs share the goods out, their books together.

    Where a shipment, a receipt or a correction was not booked, or twice, or with other quantities, book and count
    differ for that reason, and E3, E1, Q1 or another finding says so; Q3 speaks of differences that no such thing
    explains. Example: goods that came back broken are booked as good, and three pieces in the book are not for sale.
    """

    id = "Q3"
    title = "The stock ledger closes"
    clause = "order-to-cash, Stock"
    waits = False

    def stock(self, place: Place, stock: Stock, terms: Terms, outcome: Outcome) -> None:
        for key, seen in stock.corrections.items():
            moved = seen.what.base if seen.what.adjustment.part == StockPart.AVAILABLE else Decimal(0)
            for booked in stock.bookings(key)[:1]:
                outcome.judged()
                if booked.what.quantity.value != moved:
                    self._misbooked(place, outcome, seen, booked, moved)
        counted = {seen.what.snapshot_id: seen for seen in stock.snapshots}
        for told in stock.told:
            snapshot = counted.get(told.what.snapshot_id)
            if snapshot is None:
                continue  # too long ago
            outcome.judged()
            if told.what.counted.value != snapshot.what.saleable.value:
                self._miscounted(place, outcome, snapshot, told)

    def _misbooked(
        self,
        place: Place,
        outcome: Outcome,
        seen: Seen[Correction],
        booked: Seen[InventoryMovement],
        moved: Decimal,
    ) -> None:
        warehouse, sku = place
        adjustment = seen.what.adjustment
        outcome.violated(
            self.finding(
                None,
                f"{warehouse}/{sku}/{adjustment.adjustment_id}",
                f"{sku} at {warehouse}: a correction of {moved} was booked as {booked.what.quantity.value}",
                expected=f"{moved} booked" if moved else "nothing booked: it concerns no saleable goods",
                actual=str(booked.what.quantity),
                because=[
                    f"People at {warehouse} corrected {adjustment.part} by {adjustment.quantity} (journal {seen.seq}).",
                    f"In the book that is {moved} in the item's base unit.",
                    f"The movement in {booked.place} says {booked.what.quantity}: Q3 is broken.",
                ],
                evidence=[seen, booked],
                consequence=so.book_beside_shelf(place, booked.what.quantity.value - moved, booked.what.quantity.uom),
            )
        )

    def _miscounted(self, place: Place, outcome: Outcome, snapshot: Seen[Counted], told: Seen[StockCount]) -> None:
        warehouse, sku = place
        outcome.violated(
            self.finding(
                None,
                f"{warehouse}/{sku}/{told.what.snapshot_id}",
                f"{sku} at {warehouse}: {snapshot.what.saleable} can be sold by the count, the ERP was told"
                f" {told.what.counted}",
                expected=str(snapshot.what.saleable),
                actual=str(told.what.counted),
                because=[
                    f"{warehouse} counted {snapshot.what.saleable} available and allocated (journal {snapshot.seq}).",
                    f"The count in {told.place} says {told.what.counted}: Q3 is broken.",
                ],
                evidence=[snapshot, told],
                consequence=so.told_another_count(place, snapshot.what.saleable, told.what.counted),
            )
        )

    def world(
        self, trails: Mapping[str, OrderTrail], stocks: Mapping[Place, Stock], terms: Terms, outcome: Outcome
    ) -> None:
        explained = _explained(trails, stocks)
        for place, stock in stocks.items():
            book = stock.on_hand
            if book is None or stock.movement_count <= len(stock.books):
                continue  # nothing but the opening balance: not exercised
            outcome.judged()
            total, on_hand, uom = stock.moved, book.value, book.uom
            if total != on_hand:
                actual = f"movements add up to {total}, the book has {on_hand}"
                self._report(outcome, place, "ledger", actual, so.does_not_add_up(place, total, on_hand, uom), stock)
            least = stock.least_available
            if least is not None and least.what.available_to_promise.value < 0:
                promised = least.what.available_to_promise.value
                actual = f"{promised} available to promise at one time"
                self._report(outcome, place, "promised", actual, so.oversold(place, promised, uom), stock)
            counted = stock.saleable
            if counted is not None and place not in explained and counted != on_hand:
                told = f"the book has {on_hand}, the warehouse counts {counted}"
                beside = so.book_beside_shelf(place, on_hand - counted, uom)
                self._report(outcome, place, "count", told, beside, stock, _restocked(trails, place))

    def holds_on_to(self, trail: OrderTrail) -> bool:
        return bool(trail.returns.receipts) or next(_told_otherwise(trail), None) is not None

    def _report(
        self,
        outcome: Outcome,
        place: Place,
        what: str,
        actual: str,
        consequence: str,
        stock: Stock,
        wrongs: Sequence[tuple[Seen[ReturnReceipt], Seen[ReturnReceipt]]] = (),
    ) -> None:
        """`wrongs` are receipts of returned goods, each with a booking that says otherwise what became of them."""
        warehouse, sku = place
        last, who = stock.last_movements[-1], "The ERP" if len(stock.books) < 2 else "Both ERPs"
        evidence: list[Seen[Any] | None] = [each for pair in wrongs for each in pair]
        evidence += [*stock.last_movements, stock.least_available if what == "promised" else stock.physical]
        outcome.violated(
            self.finding(
                None,
                f"{warehouse}/{sku}/{what}",
                f"{sku} at {warehouse}: {actual}",
                expected="movements = book = count, and never less than nothing to promise",
                actual=actual,
                because=[
                    f"{who} booked {stock.movement_count} movements of {sku} at {warehouse}, the last: {last.place}.",
                    *(["Every shipment of it was confirmed once, as it was."] if what == "count" else []),
                    *(
                        f"{receipt.what.receipt_id} was booked in {booked.place} with another disposition than"
                        f" {receipt.party} gave it (journal {receipt.seq})."
                        for receipt, booked in wrongs
                    ),
                    f"{actual[0].upper()}{actual[1:]}: Q3 is broken.",
                ],
                evidence=evidence,
                consequence=consequence,
            )
        )


def _explained(trails: Mapping[str, OrderTrail], stocks: Mapping[Place, Stock]) -> set[Place]:
    """Items whose book can't agree: something of theirs was not told, told twice or told wrong, or never was."""
    explained = {place for trail in trails.values() for place in _told_otherwise(trail)}
    for place, stock in stocks.items():
        if any(_unlike_corrected(stock, key, seen) for key, seen in stock.corrections.items()):
            explained.add(place)
    return explained


def _told_otherwise(trail: OrderTrail) -> Iterator[Place]:
    """Items of one order for which that is so: of shipments, and of receipts of returns."""
    returns = trail.returns
    shipped = ((seen, trail.confirmed(seen)) for seen in trail.shipments.values())
    yield from _unlike(shipped, trail.mistold)
    received = ((seen, returns.bookings(seen)) for seen in returns.receipts.values())
    yield from _unlike(received, returns.mistold)
    unknown = [
        seen for seen in trail.confirmations if not trail.shipment(seen.what.shipment_id, seen.what.warehouse_id)
    ]
    made_up = [seen for seen in returns.booked if not returns.receipt(seen.what.receipt_id, seen.what.warehouse_id)]
    told: list[Seen[Any]] = [*unknown, *made_up]
    for seen in told:
        yield from ((seen.what.warehouse_id, line.sku) for line in seen.what.lines)


def _unlike(facts: Iterable[tuple[Seen[Any], Sequence[Seen[Any]]]], mistold: Callable[[Any], bool]) -> Iterator[Place]:
    """The items of what a warehouse did that was not booked once, as it was; each with what was booked of it."""
    for fact, booked in facts:
        if len(booked) != 1 or mistold(booked[0]):
            yield from ((fact.party, line.sku) for seen in (fact, *booked) for line in seen.what.lines)


def _unlike_corrected(stock: Stock, key: str, seen: Seen[Correction]) -> bool:
    """Whether a correction is not in the book once, as it was; or is, though it concerns no saleable goods."""
    booked = [movement.what.quantity.value for movement in stock.bookings(key)]
    return booked != ([seen.what.base] if seen.what.adjustment.part == StockPart.AVAILABLE else [])


def _restocked(trails: Mapping[str, OrderTrail], place: Place) -> list[tuple[Seen[ReturnReceipt], Seen[ReturnReceipt]]]:
    """Receipts of the item that were booked with other dispositions than the warehouse gave them."""
    return [
        (receipt, booked)
        for trail in trails.values()
        for receipt in trail.returns.receipts.values()
        for booked in trail.returns.bookings(receipt)
        if receipt.party == place[0] and _dispositions(receipt, place[1]) != _dispositions(booked, place[1])
    ]


def _dispositions(receipt: Seen[ReturnReceipt], sku: str) -> list[str]:
    return sorted(line.disposition for line in receipt.what.lines if line.sku == sku)

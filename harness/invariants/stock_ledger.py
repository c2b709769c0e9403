"""Q3: the stock ledger closes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..invariant import Invariant, Outcome, Terms, invariant
from ..stock import Stock
from ..trail import OrderTrail

Place = tuple[str, str]


@invariant
class StockLedger(Invariant):
    """Q3 — per item and warehouse: book stock = the sum of its movements, available to promise = on hand − reserved ≥ 0
    at every moment, and in the end the book has what the warehouse counts.

    Where a shipment was not confirmed, or twice, or with other quantities, book and count differ for that reason, and
    E3, E1 or Q1 says so; Q3 speaks of differences that no such thing explains. Example: a layer that was given the
    rights of people corrects the book by a movement of its own, and three pieces in it are not on the shelf.
    """

    id = "Q3"
    title = "The stock ledger closes"
    clause = "order-to-cash, Stock"

    def world(
        self, trails: Mapping[str, OrderTrail], stocks: Mapping[Place, Stock], terms: Terms, outcome: Outcome
    ) -> None:
        explained = _explained(trails)
        for place, stock in stocks.items():
            book = stock.book
            if book is None or len(stock.movements) < 2:
                continue  # nothing but the opening balance: not exercised
            outcome.judged()
            total = sum((seen.what.quantity.value for seen in stock.movements), Decimal(0))
            on_hand = book.what.on_hand.value
            if total != on_hand:
                self._report(outcome, place, "ledger", f"movements add up to {total}, the book has {on_hand}", stock)
            least = stock.least_available
            if least is not None and least.what.available_to_promise.value < 0:
                promised = least.what.available_to_promise.value
                self._report(outcome, place, "promised", f"{promised} available to promise at one time", stock)
            physical = stock.physical
            if physical is not None and place not in explained and physical.what.on_hand.value != on_hand:
                counted = physical.what.on_hand.value
                self._report(outcome, place, "count", f"the book has {on_hand}, the warehouse counts {counted}", stock)

    def _report(self, outcome: Outcome, place: Place, what: str, actual: str, stock: Stock) -> None:
        warehouse, sku = place
        last = stock.movements[-1]
        evidence = [*stock.movements[-3:], stock.least_available if what == "promised" else stock.physical]
        outcome.violated(
            self.finding(
                None,
                f"{warehouse}/{sku}/{what}",
                f"{sku} at {warehouse}: {actual}",
                expected="movements = book = count, and never less than nothing to promise",
                actual=actual,
                because=[
                    f"The ERP booked {len(stock.movements)} movements of {sku} at {warehouse}, the last: {last.place}.",
                    *(["Every shipment of it was confirmed once, as it was."] if what == "count" else []),
                    f"{actual[0].upper()}{actual[1:]}: Q3 is broken.",
                ],
                evidence=evidence,
                consequence="the last piece is sold twice, or never",
            )
        )


def _explained(trails: Mapping[str, OrderTrail]) -> set[Place]:
    """Items whose book can't agree: a shipment of theirs was not told, told twice or told wrong, or never was."""
    explained: set[Place] = set()
    for trail in trails.values():
        for shipment in trail.shipments.values():
            told = trail.confirmed(shipment)
            if len(told) != 1 or trail.mistold(told[0]):
                lines = [*shipment.what.lines, *(line for seen in told for line in seen.what.lines)]
                explained.update((shipment.party, line.sku) for line in lines)
        for seen in trail.confirmations:
            if trail.shipment(seen.what.shipment_id, seen.what.warehouse_id) is None:
                explained.update((seen.what.warehouse_id, line.sku) for line in seen.what.lines)
    return explained

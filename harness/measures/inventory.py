"""inventory: items of which the books have what is on the shelf."""

from __future__ import annotations

from collections.abc import Iterator

from ..ledgers import Place
from ..measure import Measure, Sample, measure
from ..stock import Stock


@measure
class Inventory(Measure):
    """Items whose book stock in the ERP is, in the end, what the warehouse counts as saleable, by warehouse."""

    id = "inventory"
    title = "items of which the books have what is on the shelf"
    kind = "share"

    def stock(self, place: Place, stock: Stock) -> Iterator[Sample]:
        warehouse, sku = place
        if stock.book is None or stock.physical is None:
            return
        booked, counted = stock.book.what.on_hand.value, stock.saleable
        what = f"{sku} at {warehouse}: {booked} in the book, {counted} on the shelf"
        evidence = (stock.book.exchange or stock.book.seq, stock.physical.seq)
        yield Sample(what, warehouse, good=booked == counted, evidence=evidence)

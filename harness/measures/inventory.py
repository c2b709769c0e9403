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
        booked, counted = stock.on_hand, stock.saleable
        if booked is None or stock.physical is None:
            return
        what = f"{sku} at {warehouse}: {booked.value} in the book, {counted} on the shelf"
        evidence = (*(seen.exchange or seen.seq for seen in stock.books.values()), stock.physical.seq)
        yield Sample(what, warehouse, good=booked.value == counted, evidence=evidence)

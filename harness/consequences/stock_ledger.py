"""Q3: what comes of a book that says otherwise than the shelf, or of a count that was told otherwise than it was."""

from __future__ import annotations

from decimal import Decimal

from ...contracts.objects import Quantity
from ..goods import Goods, listed
from ..ledgers import Place


def book_beside_shelf(place: Place, beyond: Decimal, uom: str) -> str:
    """The book has so much more than the shelf; below zero: so much less."""
    warehouse, sku = place
    what = listed([Goods("", sku, Quantity(abs(beyond), uom))])
    if beyond > 0:
        return (
            f"{what} can be sold that {warehouse} does not have; whoever orders the last of them waits, and the"
            f" warehouse that ships short is the first to notice"
        )
    return f"{what} lie at {warehouse} that can't be sold, until somebody counts and corrects the book"


def oversold(place: Place, promised: Decimal, uom: str) -> str:
    """More was promised to customers than there was: `promised` is below zero."""
    warehouse, sku = place
    return (
        f"{listed([Goods('', sku, Quantity(-promised, uom))])} are promised to customers that {warehouse} does"
        " not have, and one of them waits"
    )


def does_not_add_up(place: Place, moved: Decimal, on_hand: Decimal, uom: str) -> str:
    what = listed([Goods("", place[1], Quantity(abs(on_hand - moved), uom))])
    return f"nobody can say where {what} at {place[0]} came from or went: an audit does not accept the book"


def told_another_count(place: Place, counted: Quantity, told: Quantity) -> str:
    if told.uom != counted.uom:
        return "inventory control compares the book with a count in another unit"
    off = told.value - counted.value
    what = listed([Goods("", place[1], Quantity(abs(off), counted.uom))])
    where = "are too much" if off > 0 else "are missing"
    return (
        f"inventory control looks for {what} that {where} at {place[0]} by this, and may correct a book that is right"
    )

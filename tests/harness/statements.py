"""Words of the mini language of histories (see histories.py) taken apart."""

from collections.abc import Iterable
from decimal import Decimal


def line(word: str) -> tuple[str, Decimal, str]:
    """`1:10@12.50` → line, quantity, price (10.00 when it is not said)."""
    name, _, rest = word.partition(":")
    quantity, _, price = rest.partition("@")
    return name, Decimal(quantity), price or "10.00"


def quantities(words: Iterable[str]) -> dict[str, Decimal]:
    """`1:10 2:3!` → quantity by line."""
    return {name: quantity for name, quantity, _ in (line(word.rstrip("!")) for word in words)}


def promise(word: str) -> tuple[str, tuple[Decimal, Decimal, Decimal]]:
    """`1:10b6` → line, (ordered, backordered, cancelled)."""
    name, _, rest = word.partition(":")
    rest, _, cancelled = rest.partition("c")
    quantity, _, backordered = rest.partition("b")
    return name, (Decimal(quantity), Decimal(backordered or 0), Decimal(cancelled or 0))


def options(words: Iterable[str], **defaults: str) -> tuple[list[str], dict[str, str]]:
    """The words without their `name value` pairs, and the values, given or by default."""
    left, values = list(words), dict(defaults)
    for name in defaults:
        if name in left:
            place = left.index(name)
            values[name] = left[place + 1]
            del left[place : place + 2]
    return left, values

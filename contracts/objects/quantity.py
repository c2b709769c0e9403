"""How much of something (contracts/canonical/v1/quantity.json, positive-quantity.json,
signed-quantity.json).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec


class UnitMismatchError(ValueError):
    """Two quantities in different units were added or compared; nobody here converts units silently."""


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """`value` without exponent and with at most three decimals, `uom` a unit of measure (EA, CA, PL, KGM).

    Sums and comparisons need the same unit and raise UnitMismatchError otherwise. 10 EA equals 10.0 EA.
    """

    value: Decimal
    uom: str

    @classmethod
    def zero(cls, uom: str) -> Quantity:
        return cls(Decimal(0), uom)

    @classmethod
    def of(cls, value: str | int, uom: str = "EA") -> Quantity:
        """From a decimal string or a whole number."""
        return cls(Decimal(value), uom)

    @classmethod
    def total(cls, quantities: Iterable[Quantity], uom: str) -> Quantity:
        """The sum; zero in `uom` when there is nothing to add."""
        result = cls.zero(uom)
        for quantity in quantities:
            result += quantity
        return result

    @property
    def is_zero(self) -> bool:
        return not self.value

    @property
    def is_positive(self) -> bool:
        return self.value > 0

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.value + self._same_unit(other), self.uom)

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.value - self._same_unit(other), self.uom)

    def __neg__(self) -> Quantity:
        return Quantity(-self.value if self.value else self.value, self.uom)

    def __lt__(self, other: Quantity) -> bool:
        return self.value < self._same_unit(other)

    def __le__(self, other: Quantity) -> bool:
        return self.value <= self._same_unit(other)

    def __gt__(self, other: Quantity) -> bool:
        return self.value > self._same_unit(other)

    def __ge__(self, other: Quantity) -> bool:
        return self.value >= self._same_unit(other)

    def __str__(self) -> str:
        return f"{self.value:f} {self.uom}"

    def _same_unit(self, other: Quantity) -> Decimal:
        if other.uom != self.uom:
            raise UnitMismatchError(f"{self} and {other} are in different units: convert one of them first")
        return other.value
